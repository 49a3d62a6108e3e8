package dev.axme.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.store.verify.PlainSql;
import dev.axme.store.verify.StoreVerifier;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What every store must do; each kind of store runs all of it. Afterwards the whole database must
 * be what its log comes to. All tests of a class share one store, each in workspaces of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StoreContract
    implements LogContract,
        RequestContract,
        ListContract,
        MailboxContract,
        TimerContract,
        OutboxContract,
        SignInContract,
        OrganizationContract,
        NewAccountContract,
        ThreadContract,
        WebhookContract,
        WaitingContract {
  private Store store;
  private PlainSql sql;

  /** Opens a store on an empty database, which {@link #url} then names. */
  protected abstract Store open() throws IOException;

  /** A URL under which {@link PlainSql} finds the store's database. */
  protected abstract String url();

  protected abstract String kind();

  @BeforeAll
  void openBoth() throws IOException {
    store = open();
    sql = PlainSql.open(url());
  }

  @AfterAll
  void closeBoth() {
    assertThat(StoreVerifier.verify(store, sql)).as("differences to the log").isEmpty();
    sql.close();
    store.close();
  }

  @Override
  public Store store() {
    return store;
  }

  @Override
  public PlainSql sql() {
    return sql;
  }

  @Test
  void theStoreSaysWhatItIs() {
    assertThat(store.kind()).isEqualTo(kind());
  }
}
