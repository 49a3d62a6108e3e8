package dev.axme.server.identity;

import dev.axme.server.http.Problem;
import dev.axme.store.Directory.Workspace;
import java.util.Optional;

/** Holds requests that name an organization or workspace to the caller's own. */
final class Tenancy {
  private Tenancy() {}

  /** Throws 403 when another organization or workspace is named; none at all means one's own. */
  static void check(Caller caller, Optional<String> orgId, Optional<String> workspaceId) {
    Workspace own = caller.workspace();
    if (differs(orgId, own.organization().id().toString())) {
      throw new Problem(
          403, "forbidden", "org_id does not match the caller's: outside actor membership scope.");
    }
    if (differs(workspaceId, own.id().toString())) {
      throw new Problem(
          403,
          "forbidden",
          "workspace_id does not match target workspace_id: outside actor membership scope.");
    }
  }

  static boolean differs(Optional<String> named, String own) {
    return named.filter(id -> !id.equalsIgnoreCase(own)).isPresent();
  }
}
