package dev.axme.server.identity;

import dev.axme.store.Directory.Account;
import dev.axme.store.Directory.PersonRow;

/** A person to be added, with the account and key by which they decide. */
record Newcomer(PersonRow person, Account login, NewKey key) {}
