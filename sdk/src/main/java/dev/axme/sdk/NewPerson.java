package dev.axme.sdk;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A person who was just added. Both secrets are shown this once.
 *
 * @param loginKey decides as this person, in a terminal or a program
 * @param signInUrl signs one browser in, once
 */
public record NewPerson(
    Person person, String loginKey, String signInUrl, Map<String, @Nullable Object> raw) {
  static NewPerson of(Fields json) {
    return new NewPerson(
        Person.of(json.in("person")), json.text("login_key"), json.text("sign_in_url"), json.raw());
  }
}
