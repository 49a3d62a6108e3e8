package dev.axme.store;

import dev.axme.core.RootId;
import dev.axme.core.Timer;
import dev.axme.core.WorkspaceId;
import java.time.Instant;

/** A timer as it was found. */
public record DueTimer(WorkspaceId workspace, RootId root, Timer timer, Instant due) {}
