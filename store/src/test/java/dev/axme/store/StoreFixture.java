package dev.axme.store;

import dev.axme.store.verify.PlainSql;

/** What the parts of {@link StoreContract} run on. */
interface StoreFixture {
  /** The store under test, shared by the tests of a class: each uses a workspace of its own. */
  Store store();

  /** Another connection to the same database. */
  PlainSql sql();

  default Scribe scribe() {
    return new Scribe(store());
  }
}
