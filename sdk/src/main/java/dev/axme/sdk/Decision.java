package dev.axme.sdk;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person answers.
 *
 * @param outcome one of the task's allowed outcomes
 * @param comment why, in their words
 * @param fields further fields of the answer, for tasks with a form
 */
public record Decision(
    String outcome, Optional<String> comment, Map<String, @Nullable Object> fields) {

  public Decision {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  public static Decision approve() {
    return of("approved");
  }

  public static Decision reject() {
    return of("rejected");
  }

  public static Decision of(String outcome) {
    return new Decision(outcome, Optional.empty(), Map.of());
  }

  /** The same answer with a reason. */
  public Decision because(String words) {
    return new Decision(outcome, Optional.of(words), fields);
  }

  /** The same answer with one more field. */
  public Decision with(String name, Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(fields);
    more.put(name, value);
    return new Decision(outcome, comment, more);
  }

  /** The same answer with these fields too. */
  public Decision with(Map<String, ?> more) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(fields);
    all.putAll(more);
    return new Decision(outcome, comment, all);
  }

  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> result = new LinkedHashMap<>(fields);
    result.put("outcome", outcome);
    comment.ifPresent(text -> result.put("comment", text));
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("task_result", result);
    return body;
  }
}
