package dev.axme.server.web;

import dev.axme.core.Author;
import dev.axme.core.Payload;
import dev.axme.core.Person;
import dev.axme.server.identity.Caller;
import dev.axme.server.identity.Secrets;
import dev.axme.server.identity.Sessions;
import dev.axme.server.links.LinkTokens;
import dev.axme.server.pages.Frame;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request of a browser that is signed in, or of somebody with the link to one question.
 *
 * @param link the token of the link; empty for a browser that is signed in
 */
record Visit(Caller caller, Proof proof, Optional<String> link, Frame frame) {
  /**
   * What shows that a form is ours.
   *
   * @param csrf what each form sends; empty for a link, where the nonce and the address do as well
   * @param holder what nonces are bound to: the hash of the session or of the link
   */
  record Proof(String csrf, String holder) {}

  /** A browser that is signed in. */
  static Visit of(Sessions.Current session, Frame frame) {
    Proof proof = new Proof(session.csrf(), session.hash());
    return new Visit(session.caller(), proof, Optional.empty(), frame);
  }

  /** Somebody with a link. */
  static Visit of(Caller caller, String token, Frame frame) {
    return new Visit(caller, new Proof("", Secrets.hash(token)), Optional.of(token), frame);
  }

  /** The address of a request's page, for this viewer. */
  String url(Shown shown) {
    return link.map(token -> LinkTokens.PATH + token).orElseGet(shown::place);
  }

  /** The address of what it is about. */
  String payloadUrl(Shown shown) {
    return url(shown) + "/payload";
  }

  /** The address of what an earlier step came to. */
  String resultUrl(Shown shown, Payload result) {
    return payloadUrl(shown) + "?" + Shown.RESULT + "=" + result.digest();
  }

  Person person() {
    return caller()
        .person()
        .orElseThrow(() -> new IllegalStateException("Expected a visitor to be a person"));
  }

  /** The name that this viewer reads for somebody. */
  String name(Author author) {
    boolean me =
        author.kind() == Author.Kind.PERSON && author.ref().equalsIgnoreCase(person().email());
    return me ? "you" : author.name();
  }

  /** Whether a posted form carries this session's token; a link needs none. */
  boolean posted(Map<String, List<String>> form, String field) {
    if (link.isPresent()) {
      return true;
    }
    List<String> sent = form.getOrDefault(field, List.of());
    return sent.size() == 1
        && MessageDigest.isEqual(
            sent.getFirst().getBytes(StandardCharsets.UTF_8),
            proof.csrf().getBytes(StandardCharsets.UTF_8));
  }
}
