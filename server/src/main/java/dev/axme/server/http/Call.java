package dev.axme.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.identity.Caller;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One request, whole: its body has been read. */
public final class Call {
  private static final Pattern SECRET_PATH = Pattern.compile("^(/(?:t|sign-in)/).+");

  private final String method;
  private final String path;
  private final Map<String, List<String>> query;
  private final Function<String, @Nullable String> header;
  private final byte[] body;
  private final String remote;
  private final String requestId;
  private final Map<String, String> pathValues;
  private final Optional<Caller> caller;

  /** A request as the port read it. */
  Call(
      String method,
      String path,
      Map<String, List<String>> query,
      Function<String, @Nullable String> header,
      byte[] body,
      String remote,
      String requestId) {
    this(method, path, query, header, body, remote, requestId, Map.of(), Optional.empty());
  }

  private Call(
      String method,
      String path,
      Map<String, List<String>> query,
      Function<String, @Nullable String> header,
      byte[] body,
      String remote,
      String requestId,
      Map<String, String> pathValues,
      Optional<Caller> caller) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.header = header;
    this.body = body;
    this.remote = remote;
    this.requestId = requestId;
    this.pathValues = pathValues;
    this.caller = caller;
  }

  Call matched(Map<String, String> values) {
    return new Call(method, path, query, header, body, remote, requestId, values, caller);
  }

  /** The same call by somebody who was authenticated. */
  public Call by(Caller who) {
    return new Call(
        method, path, query, header, body, remote, requestId, pathValues, Optional.of(who));
  }

  public String method() {
    return method;
  }

  /** The path as it was sent, still percent-encoded; {@code //} is kept. */
  public String path() {
    return path;
  }

  /** The path as a log may keep it: without the secret of a link. */
  String loggedPath() {
    return SECRET_PATH.matcher(path).replaceFirst("$1…");
  }

  /** A header of the request; an empty one counts as absent. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(header.apply(name)).filter(v -> !v.isBlank());
  }

  /** The first value of a query parameter; an empty one counts as absent. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name)).map(List::getFirst).filter(v -> !v.isEmpty());
  }

  /** How many entries a page may have: what the caller says, from 1 to {@code most}; else 422. */
  public int limit(int usual, int most) {
    String text = query("limit").orElse(Integer.toString(usual));
    if (!text.matches("[1-9][0-9]{0,8}") || Integer.parseInt(text) > most) {
      throw Problem.invalid("limit", "must be a whole number from 1 to " + most + ".");
    }
    return Integer.parseInt(text);
  }

  /** A name of the route's pattern, percent-decoded once. */
  public String pathValue(String name) {
    String value = pathValues.get(name);
    if (value == null) {
      throw new IllegalStateException("Expected {" + name + "} in the pattern of " + loggedPath());
    }
    return decode(value.replace("+", "%2B"));
  }

  /** Who calls; only on routes that demand it. */
  public Caller caller() {
    return caller.orElseThrow(
        () -> new IllegalStateException("Expected a caller on " + loggedPath()));
  }

  public byte[] body() {
    return body;
  }

  /** The body as a JSON object. */
  public ObjectNode json() {
    return Json.readObject(body);
  }

  /** The body as an HTML form. */
  public Map<String, List<String>> form() {
    return parameters(new String(body, StandardCharsets.UTF_8));
  }

  /** A cookie of the request. */
  public Optional<String> cookie(String name) {
    return header("cookie").stream()
        .flatMap(c -> Stream.of(c.split(";", -1)))
        .map(String::strip)
        .filter(c -> c.startsWith(name + "="))
        .map(c -> c.substring(name.length() + 1))
        .findFirst();
  }

  /** The address of the other end. */
  public String remote() {
    return remote;
  }

  public String requestId() {
    return requestId;
  }

  static Map<String, List<String>> parameters(@Nullable String encoded) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    if (encoded == null || encoded.isEmpty()) {
      return values;
    }
    for (String pair : encoded.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
    return values;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Problem(400, "bad_request", "The address has a broken % escape: " + text);
    }
  }
}
