package dev.axme.server.traces;

import dev.axme.core.Intent;
import dev.axme.core.IntentCommand;
import dev.axme.server.http.Call;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * The trace that an intent is part of. Its sender names it, by {@code traceparent} or by the
 * protocol's own {@code X-Trace-Id}; it is kept with the intent, and whoever hears of the intent
 * hears of it too. The server adds no span of its own to it: receivers continue the sender's.
 */
public final class Traces {
  private static final String TRACEPARENT = "traceparent";
  private static final String TRACE_ID = "X-Trace-Id";
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Traces() {}

  /** The command as part of the trace that its call names, if it names one. */
  public static IntentCommand.Create of(Call call, IntentCommand.Create command) {
    return parent(call)
        .map(TraceParent::toString)
        .or(() -> call.header(TRACE_ID).filter(id -> UUID.matcher(id).matches()))
        .map(command::traced)
        .orElse(command);
  }

  /** What a call says of the trace that it is part of, if it says anything that is valid. */
  static Optional<TraceParent> parent(Call call) {
    return call.header(TRACEPARENT).flatMap(TraceParent::of);
  }

  /** The W3C name of the intent's trace. */
  public static Optional<TraceParent> parent(Intent intent) {
    return intent.request().trace().flatMap(TraceParent::of);
  }

  /** The headers that say it to whoever is called about the intent; empty without a trace. */
  public static SequencedMap<String, String> headers(Intent intent) {
    SequencedMap<String, String> headers = new LinkedHashMap<>();
    parent(intent)
        .ifPresentOrElse(
            parent -> {
              headers.put(TRACEPARENT, parent.toString());
              headers.put(TRACE_ID, asUuid(parent.traceId()));
            },
            () -> intent.request().trace().ifPresent(id -> headers.put(TRACE_ID, id)));
    return Collections.unmodifiableSequencedMap(headers);
  }

  /** The same 16 bytes as the protocol writes them. */
  private static String asUuid(String traceId) {
    return String.join(
        "-",
        traceId.substring(0, 8),
        traceId.substring(8, 12),
        traceId.substring(12, 16),
        traceId.substring(16, 20),
        traceId.substring(20));
  }
}
