package dev.axme.sdk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Workflows of agents and people, each described by one JSON object: a scenario. */
public final class Scenarios {
  private static final String PATH = "/v1/scenarios";

  private final Transport transport;

  Scenarios(Transport transport) {
    this.transport = transport;
  }

  /** Says everything that is wrong with a scenario, and does nothing. */
  public Validation validate(Map<String, ?> scenario) {
    return Validation.of(transport.post(PATH + "/validate", scenario));
  }

  /**
   * Starts a scenario: its agents get accounts, its workflow begins. All of it is on disk when this
   * returns. A scenario that names an {@code idempotency_key} starts once.
   */
  public AppliedScenario apply(Map<String, ?> scenario) {
    String key =
        scenario.get("idempotency_key") instanceof String own && !own.isEmpty()
            ? own
            : UUID.randomUUID().toString();
    return AppliedScenario.of(transport.post(PATH + "/apply", scenario, key));
  }

  /** The workflows that the server has ready under a name. */
  public List<Macro> macros() {
    return transport.get("/v1/tool-registry/macros").each("macros").stream()
        .map(Macro::of)
        .toList();
  }

  /**
   * What is wrong with a scenario.
   *
   * @param errors why it cannot be applied, each with its place
   * @param warnings what can be applied, but is probably not meant
   */
  public record Validation(
      boolean valid,
      List<String> errors,
      List<String> warnings,
      Map<String, @Nullable Object> raw) {
    static Validation of(Fields json) {
      return new Validation(
          json.flag("valid"), json.texts("errors"), json.texts("warnings"), json.raw());
    }
  }

  /** A scenario that was started; its workflow is the intent of that id. */
  public record AppliedScenario(
      UUID intentId, String compileId, Map<String, @Nullable Object> raw) {
    static AppliedScenario of(Fields json) {
      return new AppliedScenario(
          json.id("intent_id"),
          json.optional("compile_id").orElseGet(() -> json.text("workflow_compile_id")),
          json.raw());
    }
  }

  /** A workflow that a scenario can name instead of listing steps. */
  public record Macro(String id, Optional<String> description, Map<String, @Nullable Object> raw) {
    static Macro of(Fields json) {
      return new Macro(json.text("macro_id"), json.optional("description"), json.raw());
    }
  }
}
