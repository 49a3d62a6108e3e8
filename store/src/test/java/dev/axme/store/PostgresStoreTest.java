package dev.axme.store;

import dev.axme.store.postgres.PostgresStore;
import dev.axme.store.testing.PostgresServer;

class PostgresStoreTest extends StoreContract {
  private final String url = PostgresServer.shared().createDatabase();

  @Override
  protected Store open() {
    return PostgresStore.open(url);
  }

  @Override
  protected String url() {
    return url;
  }

  @Override
  protected String kind() {
    return "postgres";
  }
}
