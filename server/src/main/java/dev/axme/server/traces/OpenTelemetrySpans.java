package dev.axme.server.traces;

import dev.axme.engine.Attempt;
import dev.axme.server.http.Call;
import dev.axme.server.http.Route;
import dev.axme.store.Parcel;
import dev.axme.store.StoreException;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Spans by OpenTelemetry. Each is made when what it tells of is over, with its two times. */
final class OpenTelemetrySpans implements Spans {
  private static final long GOODBYE_SECONDS = 2;
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<Long> COMMANDS = AttributeKey.longKey("axme.commit.commands");
  private static final AttributeKey<Long> BYTES = AttributeKey.longKey("axme.commit.bytes");
  private static final AttributeKey<String> CHANNEL = AttributeKey.stringKey("axme.channel");
  private static final AttributeKey<String> RESULT = AttributeKey.stringKey("axme.result");
  private static final AttributeKey<String> PARCEL = AttributeKey.stringKey("axme.delivery_id");

  private final OpenTelemetrySdk sdk;
  private final Tracer tracer;
  private final Function<Parcel, Optional<TraceParent>> traces;

  private OpenTelemetrySpans(
      OpenTelemetrySdk sdk, String version, Function<Parcel, Optional<TraceParent>> traces) {
    this.sdk = sdk;
    this.tracer = sdk.getTracer("dev.axme.server", version);
    this.traces = traces;
  }

  static Spans of(
      Map<String, String> variables,
      String version,
      Function<Parcel, Optional<TraceParent>> traces) {
    Map<String, String> properties = new HashMap<>();
    properties.put("otel.traces.exporter", "otlp");
    properties.put("otel.metrics.exporter", "none");
    properties.put("otel.logs.exporter", "none");
    properties.put("otel.exporter.otlp.protocol", "http/protobuf");
    if (!variables.getOrDefault("OTEL_RESOURCE_ATTRIBUTES", "").contains("service.name=")) {
      properties.put("otel.service.name", "axme");
    }
    variables.forEach(
        (name, value) -> properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value));
    OpenTelemetrySdk sdk =
        AutoConfiguredOpenTelemetrySdk.builder()
            .addPropertiesSupplier(() -> properties)
            .disableShutdownHook()
            .build()
            .getOpenTelemetrySdk();
    return new OpenTelemetrySpans(sdk, version, traces);
  }

  private static SpanContext remote(TraceParent parent) {
    return SpanContext.createFromRemoteParent(
        parent.traceId(),
        parent.parentId(),
        TraceFlags.fromHex(parent.flags(), 0),
        TraceState.getDefault());
  }

  private Span begun(SpanBuilder builder, long nanos) {
    return builder.setStartTimestamp(Clock.systemUTC().instant().minusNanos(nanos)).startSpan();
  }

  /** A probe's and a scraper's requests say nothing that anybody would look for. */
  private static boolean boring(Optional<Route> route) {
    return route
        .map(Route::pattern)
        .filter(p -> p.startsWith("/health") || p.equals("/metrics"))
        .isPresent();
  }

  @Override
  public void answered(Answered answered) {
    if (boring(answered.route())) {
      return;
    }
    Call call = answered.call();
    String name = call.method() + answered.route().map(r -> " " + r.pattern()).orElse("");
    SpanBuilder builder =
        tracer
            .spanBuilder(name)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute(METHOD, call.method())
            .setAttribute(STATUS, (long) answered.status());
    answered.route().ifPresent(r -> builder.setAttribute(ROUTE, r.pattern()));
    Traces.parent(call)
        .ifPresentOrElse(
            p -> builder.setParent(Context.root().with(Span.wrap(remote(p)))),
            builder::setNoParent);
    Span span = begun(builder, answered.nanos());
    if (answered.status() >= 500) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }

  @Override
  public void committed(int commands, long bytes, long nanos) {
    begun(
            tracer
                .spanBuilder("commit")
                .setNoParent()
                .setAttribute(COMMANDS, (long) commands)
                .setAttribute(BYTES, bytes),
            nanos)
        .end();
  }

  @Override
  public void failed(StoreException.Kind kind) {
    Span span = tracer.spanBuilder("commit").setNoParent().startSpan();
    span.setStatus(StatusCode.ERROR, kind.name().toLowerCase(Locale.ROOT));
    span.end();
  }

  @Override
  public void woken(long nanos) {}

  @Override
  public void sent(Parcel parcel, Attempt attempt) {
    SpanBuilder builder =
        tracer
            .spanBuilder("deliver " + parcel.channel())
            .setNoParent()
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute(CHANNEL, parcel.channel())
            .setAttribute(PARCEL, parcel.id().toString())
            .setAttribute(RESULT, attempt.result().name().toLowerCase(Locale.ROOT));
    if (attempt.status() > 0) {
      builder.setAttribute(STATUS, (long) attempt.status());
    }
    traces.apply(parcel).ifPresent(p -> builder.addLink(remote(p)));
    Span span = begun(builder, attempt.took().toNanos());
    if (attempt.result() != Attempt.Result.DONE) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }

  @Override
  public void close() {
    sdk.shutdown().join(GOODBYE_SECONDS, TimeUnit.SECONDS);
  }
}
