package dev.axme.sdk;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Somebody who may decide. */
public record Person(
    String id,
    String email,
    Optional<String> name,
    List<String> roles,
    String address,
    Optional<Instant> createdAt,
    Map<String, @Nullable Object> raw) {

  static Person of(Fields json) {
    return new Person(
        json.text("person_id"),
        json.text("email"),
        json.optional("name"),
        json.texts("roles"),
        json.text("address"),
        json.instant("created_at"),
        json.raw());
  }
}
