package dev.axme.bench.load;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/** Approves waiting intents, each once, as a person does; ends when none is left. */
public final class Decides implements Traffic {
  /** What the command line and the page send. */
  public static final String BODY =
      "{\"task_result\":{\"outcome\":\"approved\",\"comment\":\"matches the order\"}}";

  private final RequestTemplate template;
  private final Deque<String> waiting;

  public Decides(URI server, String loginKey, Collection<String> waiting) {
    this.template =
        RequestTemplate.post(
            server,
            "/v1/intents/" + RequestTemplate.HOLE + "/resume",
            "x-api-key: " + loginKey + "\r\n",
            BODY);
    this.waiting = new ArrayDeque<>(waiting);
  }

  @Override
  public boolean next(int connection, ByteBuffer out) {
    String id = waiting.poll();
    if (id == null) {
      return false;
    }
    template.fill(out, id);
    return true;
  }

  @Override
  public void answered(int connection, int status, AnswerBody body) {
    if (status / 100 != 2 && status != 503) {
      throw new IllegalStateException("Decide answered " + status + ": " + body.text());
    }
  }
}
