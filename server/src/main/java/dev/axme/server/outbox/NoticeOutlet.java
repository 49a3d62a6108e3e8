package dev.axme.server.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Append;
import dev.axme.core.Effect;
import dev.axme.core.IntentId;
import dev.axme.core.Notice;
import dev.axme.core.Root;
import dev.axme.core.RootId;
import dev.axme.core.StepId;
import dev.axme.core.TaskId;
import dev.axme.core.WorkspaceId;
import dev.axme.server.http.Json;
import dev.axme.store.Parcel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * People should hear of it: one parcel for all of them. Whom that reaches is found out when it is
 * sent, so that the committer looks nobody up; each of them then gets a parcel of their own.
 */
public final class NoticeOutlet implements Outlet {
  /** The channel that finds out whom it reaches. */
  public static final String CHANNEL = "notice";

  private static final String EVERYBODY = "people";

  /** What a notice's parcel says. */
  public record Body(
      RootId root,
      IntentId intent,
      Notice.Kind kind,
      Optional<TaskId> task,
      Optional<StepId> step,
      int number) {
    /** Reads what {@link #json} wrote. */
    public static Body of(String body) {
      JsonNode json = Json.read(body.getBytes(StandardCharsets.UTF_8));
      return new Body(
          RootId.of(json.path("root").textValue()),
          IntentId.of(json.path("intent").textValue()),
          Notice.Kind.valueOf(json.path("kind").textValue()),
          Optional.ofNullable(json.path("task").textValue()).map(TaskId::of),
          Optional.ofNullable(json.path("step").textValue()).map(StepId::new),
          json.path("number").intValue());
    }

    /** The same as JSON. */
    public String json() {
      ObjectNode json = Json.object();
      json.put("root", root.toString());
      json.put("intent", intent.toString());
      json.put("kind", kind.name());
      task.ifPresent(t -> json.put("task", t.toString()));
      step.ifPresent(s -> json.put("step", s.toString()));
      json.put("number", number);
      return Json.text(json);
    }
  }

  @Override
  public List<Parcel> of(WorkspaceId home, Root after, Append append, List<Effect> effects) {
    List<Parcel> parcels = new ArrayList<>();
    for (Effect effect : effects) {
      if (effect instanceof Effect.Tell tell) {
        String body =
            new Body(
                    after.id(), tell.intent(), tell.kind(), tell.task(), tell.step(), tell.number())
                .json();
        parcels.add(
            Parcel.fresh(
                home,
                Parcel.id(append.at(), CHANNEL, body),
                CHANNEL,
                EVERYBODY,
                tell.intent().value(),
                body,
                append.at()));
      }
    }
    return parcels;
  }
}
