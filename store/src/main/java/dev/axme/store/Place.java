package dev.axme.store;

import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;

/** Where an intent is kept: its root and the workspace that it was sent from. */
public record Place(WorkspaceId home, RootId root) {}
