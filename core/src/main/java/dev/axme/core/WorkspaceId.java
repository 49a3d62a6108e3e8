package dev.axme.core;

import java.util.UUID;

/** The identity of a workspace, the boundary of tenancy. */
public record WorkspaceId(UUID value) {
  /** Reads the usual text form; throws {@link IllegalArgumentException} for anything else. */
  public static WorkspaceId of(String text) {
    return new WorkspaceId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
