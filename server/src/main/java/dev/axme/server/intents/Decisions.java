package dev.axme.server.intents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.HumanTask;
import dev.axme.core.Intent;
import dev.axme.core.IntentCommand;
import dev.axme.core.IntentId;
import dev.axme.core.Mailbox;
import dev.axme.core.Outcomes;
import dev.axme.core.Refusal;
import dev.axme.core.TaskId;
import dev.axme.engine.Answer;
import dev.axme.engine.Submission;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.identity.Caller;
import dev.axme.store.Place;
import dev.axme.store.RequestKey;
import dev.axme.store.Store;
import java.util.List;
import java.util.Optional;

/**
 * The one path by which an intent is resumed and a person decides, whatever the channel. A task
 * with a form costs a detour: the rules refuse an unchecked answer, a worker checks it against that
 * task's form, and it is submitted once more.
 */
public final class Decisions {
  private final Store store;
  private final Lookup lookup;

  public Decisions(Store store) {
    this.store = store;
    this.lookup = new Lookup(store);
  }

  /** Who is told what became of a resume. */
  public interface Told {
    /** The committer's answer to {@code submission}; runs on the event loop. */
    Reply answered(Submission submission, Answer answer);

    /** The answer does not fit the task's form; runs on a worker. */
    Reply mistaken(List<Forms.Mistake> mistakes);
  }

  /** Answers the question {@code task} of {@code id}, and never another one, as the body says. */
  public Reply answer(
      Caller caller,
      IntentId id,
      TaskId task,
      ObjectNode body,
      Optional<RequestKey> request,
      Told told) {
    ResumeIntent resume = new ResumeIntent(caller, body);
    IntentCommand.Resume command = resume.command(id, Optional.empty());
    IntentCommand.Answer said = command.answer().orElseThrow();
    IntentCommand.Answer bound =
        new IntentCommand.Answer(
            said.outcome(),
            said.comment(),
            said.hasEvidence(),
            said.fields(),
            Optional.of(task),
            false);
    return new Attempt(resume, told)
        .commit(Submissions.of(caller, with(command, bound), resume.fields().blobs(), request));
  }

  /** Resumes {@code id} as {@code body} says (section 3.7). */
  public Reply submit(
      Caller caller,
      IntentId id,
      ObjectNode body,
      Optional<Mailbox> handOver,
      Optional<RequestKey> request,
      Told told) {
    ResumeIntent resume = new ResumeIntent(caller, body);
    IntentCommand.Resume command = resume.command(id, handOver);
    Submission submission = Submissions.of(caller, command, resume.fields().blobs(), request);
    return new Attempt(resume, told).commit(submission);
  }

  private final class Attempt {
    private final ResumeIntent resume;
    private final Told told;

    Attempt(ResumeIntent resume, Told told) {
      this.resume = resume;
      this.told = told;
    }

    Reply commit(Submission submission) {
      return new Reply.Commit(submission, answer -> answered(submission, answer));
    }

    private Reply answered(Submission submission, Answer answer) {
      if (Lookup.missed(answer)) {
        return new Reply.Later(() -> commit(lookup.elsewhere(submission)));
      }
      if (answer instanceof Answer.Refused refused
          && refused.refusal() instanceof Refusal.FormUnchecked form) {
        return new Reply.Later(() -> checked(submission, form));
      }
      return told.answered(submission, answer);
    }

    /** A checked answer is refused as unchecked no more, so that this happens once. */
    private Reply checked(Submission submission, Refusal.FormUnchecked form) {
      Place place = submission.place();
      IntentCommand.Resume command = (IntentCommand.Resume) submission.command();
      JsonNode schema = new Bodies(store, place, List.of()).json(form.form());
      ResumeIntent.Said said = said(command);
      boolean success = success(place, command.intent(), form.task(), said.outcome());
      Forms.Checked checked = Forms.check(schema, said.fields(), success, said.comment());
      if (!checked.mistakes().isEmpty()) {
        return told.mistaken(checked.mistakes());
      }
      Fields fields = new Fields(Json.object());
      IntentCommand.Answer answer =
          new ResumeIntent.Said(said.outcome(), said.comment(), checked.fields())
              .with(Optional.of(form.task()), fields);
      return commit(submission.with(with(command, answer), fields.blobs()));
    }

    private ResumeIntent.Said said(IntentCommand.Resume command) {
      return resume
          .answer()
          .orElseGet(
              () ->
                  new ResumeIntent.Said(
                      command.proceed().orElse(false) ? Outcomes.APPROVED : Outcomes.REJECTED,
                      command.reason(),
                      Json.object()));
    }

    private boolean success(Place place, IntentId intent, TaskId task, String said) {
      return store
          .root(place)
          .intent(intent)
          .flatMap(Intent::openTask)
          .filter(t -> t.id().equals(task))
          .flatMap((HumanTask t) -> t.outcome(said))
          .map(Outcomes::success)
          .orElse(false);
    }
  }

  private static IntentCommand.Resume with(
      IntentCommand.Resume command, IntentCommand.Answer answer) {
    return new IntentCommand.Resume(
        command.intent(),
        command.report(),
        Optional.of(answer),
        command.proceed(),
        command.handOver(),
        command.reason(),
        command.expectedGeneration());
  }

  /** The problem for an answer that does not fit the form: one line that names every field. */
  public static Problem mistaken(List<Forms.Mistake> mistakes) {
    ObjectNode details = Json.object();
    var list = details.putArray("fields");
    StringBuilder line = new StringBuilder("The answer does not fit the form: ");
    for (int i = 0; i < mistakes.size(); i++) {
      Forms.Mistake mistake = mistakes.get(i);
      list.addObject().put("pointer", mistake.pointer()).put("message", mistake.message());
      if (i < 5) {
        line.append(i == 0 ? "" : "; ")
            .append(mistake.pointer())
            .append(' ')
            .append(mistake.message());
      }
    }
    return new Problem(422, "validation_error", line.append('.').toString(), details);
  }
}
