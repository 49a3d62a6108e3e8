package dev.axme.channels.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * One POST of JSON, in UTF-8. What would put a second header or request into it is a bug of the
 * caller.
 */
public record Post(String url, SequencedMap<String, String> headers, String body) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]{0,4096}");

  public Post {
    headers = new LinkedHashMap<>(headers);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (!NAME.matcher(header.getKey()).matches() || !VALUE.matcher(header.getValue()).matches()) {
        throw new IllegalArgumentException("Expected a header of one line: " + header.getKey());
      }
    }
  }
}
