package dev.axme.server.push;

import dev.axme.core.Intent;
import dev.axme.store.Directory.Account;
import dev.axme.store.Mail;
import dev.axme.store.Parcel;
import dev.axme.store.Store;
import java.util.ArrayList;
import java.util.List;

/** What lay in a mailbox before it was pushed to. */
final class Backlog {
  private static final int AT_ONCE = 200;

  private final Store store;

  Backlog(Store store) {
    this.store = store;
  }

  /**
   * Puts into the outbox what waits for this agent and nobody has taken. What is there already
   * stays as it is, or, with {@code again}, is due now with all its attempts ahead of it: its
   * endpoint is another one. Blocks.
   */
  void push(Account account, boolean again) {
    long after = 0;
    List<Mail> page = page(account, after);
    while (!page.isEmpty()) {
      List<Parcel> parcels = new ArrayList<>();
      for (Mail mail : page) {
        Intent intent = store.root(mail.place()).intent(mail.intent()).orElseThrow();
        if (Waiting.at(account.address(), intent)) {
          parcels.add(PushBody.of(mail.place(), intent).parcel(account).at(mail.position()));
        }
      }
      store.outbox().add(parcels);
      if (again) {
        parcels.forEach(p -> store.outbox().replay(p.workspace(), p.id(), store.now()));
      }
      after = page.getLast().position();
      page = page(account, after);
    }
  }

  private List<Mail> page(Account account, long after) {
    return store.work(account.workspace(), account.address(), after, false, AT_ONCE);
  }
}
