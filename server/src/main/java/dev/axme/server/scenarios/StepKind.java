package dev.axme.server.scenarios;

import java.util.Set;

/** What a step turns out to be. */
enum StepKind {
  DELAY,
  NOTIFICATION,
  ESCALATION,
  CONFIGURATION,
  HUMAN,
  AGENT,
  NOTHING;

  /** A person acknowledges something; apart from its words it is a sign-off. */
  static final String NOTIFY_OWNER = "tool.notification.notify_owner";

  private static final Set<String> SIGN_OFFS =
      Set.of("tool.approval.human_signoff", "tool.human.approval.v1", NOTIFY_OWNER);

  /** Whom a step is assigned to, as far as its kind depends on it. */
  enum Assigned {
    AGENT,
    HUMAN,
    NOBODY
  }

  /** The table of protocol section 5.2, row by row: the first that fits. */
  static StepKind of(BundleStep step, Assigned assigned) {
    boolean asks = step.requiresApproval() || step.task().isPresent();
    if (step.is("delay")) {
      return DELAY;
    }
    if (step.is("notification") && !asks) {
      return NOTIFICATION;
    }
    if (step.is("escalation")) {
      return ESCALATION;
    }
    if (step.is("reminder") || step.is("timeout")) {
      return CONFIGURATION;
    }
    if (step.tool().filter(SIGN_OFFS::contains).isPresent()
        || step.is("human_approval")
        || step.task().isPresent()
        || assigned == Assigned.HUMAN) {
      return HUMAN;
    }
    if (assigned == Assigned.AGENT) {
      return AGENT;
    }
    return step.requiresApproval() ? HUMAN : NOTHING;
  }
}
