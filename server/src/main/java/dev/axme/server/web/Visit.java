package dev.axme.server.web;

import dev.axme.core.Author;
import dev.axme.core.Person;
import dev.axme.server.identity.Caller;
import dev.axme.server.identity.Sessions;
import dev.axme.server.pages.Frame;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/** A request of a browser that is signed in. */
record Visit(Sessions.Current session, Frame frame) {
  Caller caller() {
    return session.caller();
  }

  Person person() {
    return caller()
        .person()
        .orElseThrow(() -> new IllegalStateException("Expected a session to be a person's"));
  }

  /** The name that this viewer reads for somebody. */
  String name(Author author) {
    boolean me =
        author.kind() == Author.Kind.PERSON && author.ref().equalsIgnoreCase(person().email());
    return me ? "you" : author.name();
  }

  /** Whether a posted form carries this session's token. */
  boolean posted(Map<String, List<String>> form, String field) {
    List<String> sent = form.getOrDefault(field, List.of());
    return sent.size() == 1
        && MessageDigest.isEqual(
            sent.getFirst().getBytes(StandardCharsets.UTF_8),
            session.csrf().getBytes(StandardCharsets.UTF_8));
  }
}
