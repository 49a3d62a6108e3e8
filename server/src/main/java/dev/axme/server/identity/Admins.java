package dev.axme.server.identity;

import dev.axme.store.Directory;
import java.util.Optional;

/** Who runs a workspace. */
public final class Admins {
  private Admins() {}

  /** Throws 403 unless the caller administers their own workspace; may block. */
  public static void require(Caller caller, Directory directory) {
    Reach.of(caller, directory).workspace(Optional.empty(), Optional.empty(), Roles.ADMINS);
  }
}
