package dev.axme.server.inbox;

import dev.axme.core.Address;
import dev.axme.core.Effect;
import dev.axme.core.Intent;
import dev.axme.core.Mailbox;
import dev.axme.core.Phase;
import dev.axme.core.WorkspaceId;
import dev.axme.server.intents.Wire;
import dev.axme.store.Mail;
import dev.axme.store.Threads.Copy;
import dev.axme.store.Threads.Entry;
import dev.axme.store.Threads.Whole;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;

/**
 * A thread as one address sees it (section 7.1): what came to its inbox of one intent, and what was
 * done to it since. A thread that somebody began has no intent.
 *
 * @param seen whether the caller's workspace knows anything of it
 * @param home the workspace in which the thread as a whole lies
 * @param mail what came to any inbox of the caller's workspace
 * @param entries the newest of them, the oldest first
 */
record InboxThread(
    WorkspaceId workspace,
    Address owner,
    UUID id,
    boolean seen,
    WorkspaceId home,
    Optional<About> about,
    List<Mail> mail,
    Optional<Copy> copy,
    Optional<Whole> whole,
    List<Entry> entries) {

  /** The intent that it is about. */
  record About(Intent intent, WorkspaceId home, Wire wire) {}

  /** An inbox of some workspace. */
  record Inbox(WorkspaceId workspace, Address owner) {}

  Optional<Intent> intent() {
    return about.map(About::intent);
  }

  /** Whether the intent was sent to the owner, or is shown to them as if it was. */
  boolean received() {
    return asked() || came(Effect.Mail.WORK) || copy.filter(Copy::whole).isPresent();
  }

  /** Whether the owner was told how it ended. */
  boolean completed() {
    return about.isPresent()
        && (came(Effect.Mail.COMPLETION) || copy.filter(c -> !c.whole()).isPresent());
  }

  private boolean asked() {
    return about
        .filter(a -> a.home().equals(workspace) && asksInbox(a.intent()))
        .filter(a -> a.intent().request().to().address().equals(owner))
        .isPresent();
  }

  /** What people of one workspace are asked is no business of another, nor is a workflow. */
  private static boolean asksInbox(Intent intent) {
    return intent.lastTask().isPresent()
        && intent.run().isEmpty()
        && intent.request().to().abroad().isEmpty();
  }

  private boolean came(Effect.Mail kind) {
    return mail.stream().anyMatch(m -> m.kind() == kind && m.to().equals(owner));
  }

  /** Whether it is in the owner's inbox. */
  boolean here() {
    return received() || completed() || copy.isPresent();
  }

  /** Whether the owner sent the intent. Who did may write to the thread before it comes back. */
  boolean sent() {
    return about
        .filter(a -> a.home().equals(workspace))
        .filter(a -> a.intent().request().from().equals(owner))
        .isPresent();
  }

  /** The position of the owner's workspace at which it changed last. */
  long latest() {
    long came =
        mail.stream().filter(m -> m.to().equals(owner)).mapToLong(Mail::position).max().orElse(0);
    return Math.max(came, copy.map(Copy::position).orElse(0L));
  }

  boolean unread() {
    return latest() > copy.map(Copy::readTo).orElse(0L) || copy.isEmpty();
  }

  /** {@code pending}, {@code active} or {@code done}: what happened last counts. */
  String status() {
    Optional<String> marked =
        whole
            .filter(w -> since().filter(w.markedAt()::isBefore).isEmpty())
            .flatMap(Whole::mark)
            .map(m -> m.name().toLowerCase(Locale.ROOT));
    return marked.orElseGet(() -> intent().map(InboxThread::status).orElse("pending"));
  }

  /** {@code pending} until somebody works on it, {@code done} when nothing more will come. */
  private static String status(Intent intent) {
    return switch (intent.phase()) {
      case Phase.Ended _ -> "done";
      case Phase.InProgress _ -> "active";
      case Phase.Mailed _, Phase.Passed _, Phase.Asked _, Phase.Awaiting _, Phase.Sleeping _ ->
          "pending";
    };
  }

  /** Since when the intent stands as it does. */
  private Optional<Instant> since() {
    return intent()
        .map(
            i ->
                switch (i.phase()) {
                  case Phase.Ended _ -> i.updatedAt();
                  case Phase.Asked asked -> asked.task().openedAt();
                  case Phase.InProgress _,
                      Phase.Mailed _,
                      Phase.Passed _,
                      Phase.Awaiting _,
                      Phase.Sleeping _ ->
                      i.createdAt();
                });
  }

  Instant updatedAt() {
    Instant done = whole.map(Whole::updatedAt).orElse(Instant.EPOCH);
    return intent().map(Intent::updatedAt).filter(done::isBefore).orElse(done);
  }

  Instant createdAt() {
    return about
        .map(a -> received() ? a.intent().createdAt() : a.intent().updatedAt())
        .or(() -> whole.map(Whole::createdAt))
        .orElse(Instant.EPOCH);
  }

  /** Every inbox that it came to, and whether it shows what the intent asks; the sender's too. */
  SequencedMap<Inbox, Boolean> reached() {
    SequencedMap<Inbox, Boolean> inboxes = new LinkedHashMap<>();
    mail.forEach(
        m -> inboxes.merge(at(m.to()), m.kind() != Effect.Mail.COMPLETION, Boolean::logicalOr));
    about.ifPresent(a -> reached(a, inboxes));
    if (here() || sent()) {
      inboxes.merge(at(owner), received() || sent(), Boolean::logicalOr);
    }
    return inboxes;
  }

  private static void reached(About about, SequencedMap<Inbox, Boolean> inboxes) {
    Intent intent = about.intent();
    if (intent.run().isEmpty() && (intent.lastTask().isEmpty() || asksInbox(intent))) {
      add(about, intent.request().to(), true, inboxes);
      add(about, intent.delivery().to(), true, inboxes);
    }
    if (intent.phase() instanceof Phase.Ended) {
      intent.request().replyTo().ifPresent(to -> add(about, to, false, inboxes));
    }
    add(about, Mailbox.here(intent.request().from()), true, inboxes);
  }

  private static void add(
      About about, Mailbox to, boolean whole, SequencedMap<Inbox, Boolean> inboxes) {
    if (!to.address().core()) {
      Inbox inbox = new Inbox(to.abroad().orElse(about.home()), to.address());
      inboxes.merge(inbox, whole, Boolean::logicalOr);
    }
  }

  private Inbox at(Address address) {
    return new Inbox(workspace, address);
  }
}
