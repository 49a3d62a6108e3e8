package dev.axme.server.intents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.HumanTask;
import dev.axme.core.IntentCommand;
import dev.axme.core.IntentId;
import dev.axme.engine.Submission;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import java.util.List;

/** Takes back the links to the question that a request asks now. */
record Revoking(Answers answers) {
  Reply reply(Call call, IntentId id) {
    ObjectNode body = call.body().length == 0 ? Json.object() : call.json();
    body.fieldNames()
        .forEachRemaining(
            name -> {
              throw Problem.invalid(name, "is not expected here: send an empty body.");
            });
    Submission submission =
        Submissions.of(
            call.caller(),
            new IntentCommand.RevokeLinks(id),
            List.of(),
            RequestKeys.of(call, body));
    return answers.commit(
        submission,
        (intent, _, _, _, _) ->
            Json.ok()
                .put("intent_id", id.toString())
                .put("links_generation", intent.lastTask().map(HumanTask::links).orElseThrow()));
  }
}
