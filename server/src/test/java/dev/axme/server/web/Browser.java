package dev.axme.server.web;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One browser: keeps cookies, follows nothing by itself. */
final class Browser {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");
  private static final Pattern HREF = Pattern.compile("(?:href|src)=\"(/[^\"]*)\"");

  private final String baseUrl;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>(Map.of("Accept", "text/html"));

  Browser(String baseUrl) {
    this.baseUrl = baseUrl;
  }

  /** Sends one more header with each request. */
  Browser with(String name, String value) {
    headers.put(name, value);
    return this;
  }

  Browser forget() {
    cookies.clear();
    return this;
  }

  /** What came back. */
  record Page(int status, String body, HttpResponse<String> response) {
    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** The hidden inputs of the form that posts to {@code action}. */
    Map<String, String> form(String action) {
      int start = body.indexOf("action=\"" + action);
      if (start < 0) {
        throw new AssertionError("Expected a form that posts to " + action + " in\n" + body);
      }
      Matcher hidden = HIDDEN.matcher(body.substring(start, body.indexOf("</form>", start)));
      Map<String, String> inputs = new LinkedHashMap<>();
      while (hidden.find()) {
        inputs.put(hidden.group(1), hidden.group(2));
      }
      return inputs;
    }

    List<String> links() {
      return HREF.matcher(body).results().map(m -> m.group(1)).distinct().toList();
    }
  }

  Page get(String path) {
    return send("GET", path, Map.of());
  }

  Page send(String method, String path, Map<String, String> form) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + path));
    headers.forEach(request::header);
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(c -> c.getKey() + "=" + c.getValue())
              .collect(Collectors.joining("; ")));
    }
    if (method.equals("POST")) {
      request.header("Content-Type", "application/x-www-form-urlencoded");
    }
    String body =
        form.entrySet().stream()
            .map(f -> encoded(f.getKey()) + "=" + encoded(f.getValue()))
            .collect(Collectors.joining("&"));
    try {
      HttpResponse<String> response =
          HTTP.send(
              request.method(method, BodyPublishers.ofString(body)).build(),
              HttpResponse.BodyHandlers.ofString());
      response.headers().allValues("set-cookie").forEach(this::keep);
      return new Page(response.statusCode(), response.body(), response);
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + " failed", e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void keep(String setCookie) {
    String pair = setCookie.substring(0, setCookie.indexOf(';'));
    cookies.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  Page post(String path, Map<String, String> form) {
    return send("POST", path, form);
  }

  /** Opens a link and presses its button. */
  Browser signIn(String path) {
    Page confirm = get(path);
    Page in = post(path, confirm.form("/sign-in/"));
    if (in.status() != 303) {
      throw new AssertionError("Expected to be signed in, but found " + in.status() + in.body());
    }
    return this;
  }

  /** The form of a request's page, with what a person adds to it. */
  Map<String, String> decision(String id, String outcome, String comment) {
    Map<String, String> form = new LinkedHashMap<>(get("/tasks/" + id).form("/tasks/" + id));
    form.put("outcome", outcome);
    form.put("comment", comment);
    return form;
  }
}
