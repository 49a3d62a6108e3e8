package dev.axme.engine;

import dev.axme.core.Actor;
import dev.axme.core.IntentCommand;
import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Blob;
import dev.axme.store.Credential;
import dev.axme.store.Directory;
import dev.axme.store.DueTimer;
import dev.axme.store.Place;
import dev.axme.store.RequestKey;
import java.util.List;
import java.util.Optional;

/**
 * A command on its way to the committer, parsed and with everything that it needs.
 *
 * @param fresh the root was named for this command and is new
 * @param blobs the payloads that the command names
 * @param request the idempotency key, if the caller gave one
 * @param warnings what the answer says beside the outcome
 * @param timer the timer that this fires, for the server's own commands
 * @param newcomers the accounts that are added with the intent, all of them in its workspace
 */
public record Submission(
    WorkspaceId workspace,
    RootId root,
    boolean fresh,
    Actor actor,
    Optional<Credential> credential,
    IntentCommand command,
    List<Blob> blobs,
    Optional<RequestKey> request,
    List<String> warnings,
    Optional<DueTimer> timer,
    List<Directory.Account> newcomers) {
  private static final int OVERHEAD = 512;

  public Submission {
    blobs = List.copyOf(blobs);
    warnings = List.copyOf(warnings);
    newcomers = List.copyOf(newcomers);
    if (!newcomers.isEmpty()) {
      check(workspace, newcomers);
    }
  }

  /** One that adds nobody. */
  public Submission(
      WorkspaceId workspace,
      RootId root,
      boolean fresh,
      Actor actor,
      Optional<Credential> credential,
      IntentCommand command,
      List<Blob> blobs,
      Optional<RequestKey> request,
      List<String> warnings,
      Optional<DueTimer> timer) {
    this(
        workspace,
        root,
        fresh,
        actor,
        credential,
        command,
        blobs,
        request,
        warnings,
        timer,
        List.of());
  }

  /** What the database would refuse at every attempt, or what would take locks out of order. */
  private static void check(WorkspaceId workspace, List<Directory.Account> newcomers) {
    if (!Claims.agree(newcomers)) {
      throw new IllegalArgumentException("Expected newcomers that differ, found " + newcomers);
    }
    if (!newcomers.stream().allMatch(a -> a.workspace().equals(workspace))) {
      throw new IllegalArgumentException(
          "Expected newcomers in " + workspace + ", found " + newcomers);
    }
  }

  /** Where its root is kept. */
  public Place place() {
    return new Place(workspace, root);
  }

  /** The same about an intent that is kept elsewhere. */
  public Submission at(Place place) {
    return new Submission(
        place.home(),
        place.root(),
        fresh,
        actor,
        credential,
        command,
        blobs,
        request,
        warnings,
        timer,
        newcomers);
  }

  /** The same with another command, and the payloads that it names. */
  public Submission with(IntentCommand other, List<Blob> names) {
    return new Submission(
        workspace,
        root,
        fresh,
        actor,
        credential,
        other,
        names,
        request,
        warnings,
        timer,
        newcomers);
  }

  /** The same with the accounts that it needs and that are not there yet. */
  public Submission bringing(List<Directory.Account> accounts) {
    return new Submission(
        workspace,
        root,
        fresh,
        actor,
        credential,
        command,
        blobs,
        request,
        warnings,
        timer,
        accounts);
  }

  /** The server's own command about something that is kept at {@code place}. */
  public static Submission own(Place place, IntentCommand command) {
    return by(new Actor.Clock(), place, command, Optional.empty());
  }

  /** What an agent is seen to have done to something that is kept at {@code place}. */
  public static Submission seen(Actor.Agent agent, Place place, IntentCommand command) {
    return by(agent, place, command, Optional.empty());
  }

  static Submission fire(DueTimer due) {
    IntentCommand command = new IntentCommand.FireTimer(due.timer(), due.due());
    Place place = new Place(due.workspace(), due.root());
    return by(new Actor.Clock(), place, command, Optional.of(due));
  }

  /** Asked for by no credential, and without a key. */
  private static Submission by(
      Actor actor, Place place, IntentCommand command, Optional<DueTimer> timer) {
    return new Submission(
        place.home(),
        place.root(),
        false,
        actor,
        Optional.empty(),
        command,
        List.of(),
        Optional.empty(),
        List.of(),
        timer);
  }

  /** About how much memory this holds while it waits. */
  int bytes() {
    return OVERHEAD * (1 + newcomers.size()) + blobs.stream().mapToInt(b -> b.bytes().length).sum();
  }
}
