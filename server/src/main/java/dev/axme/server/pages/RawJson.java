package dev.axme.server.pages;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/** JSON as text, up to a length; {@code cut} says that there is more. */
public record RawJson(String text, boolean cut) {

  /** The most characters of raw JSON that a page carries. */
  public static final int LONGEST = 64 * 1024;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final JsonMapper STRICT =
      MAPPER
          .rebuild()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(Integer.MAX_VALUE).build())
          .build();

  /** Reads JSON so that each number keeps the digits it was written with. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** As {@link #mapper}, and refuses anything behind the value. */
  static JsonMapper strictMapper() {
    return STRICT;
  }

  static RawJson pretty(JsonNode node) {
    return pretty(node, LONGEST);
  }

  static RawJson pretty(JsonNode node, int longest) {
    return write(node, longest, true);
  }

  static RawJson compact(JsonNode node, int longest) {
    return write(node, longest, false);
  }

  /** Copies token by token, so that neither depth nor size of the rest costs anything. */
  private static RawJson write(JsonNode node, int longest, boolean pretty) {
    BoundedWriter out = new BoundedWriter(longest);
    try (JsonParser tokens = node.traverse();
        JsonGenerator json = FACTORY.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
      if (pretty) {
        json.setPrettyPrinter(printer());
      }
      while (!out.full && tokens.nextToken() != null) {
        json.copyCurrentEvent(tokens);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Expected writing to memory to work", e);
    }
    return new RawJson(out.text.toString(), out.full);
  }

  private static DefaultPrettyPrinter printer() {
    Separators separators =
        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER);
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators);
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    return printer;
  }

  /** Takes what fits and forgets the rest. */
  private static final class BoundedWriter extends Writer {
    private final StringBuilder text = new StringBuilder();
    private final int longest;
    private boolean full;

    BoundedWriter(int longest) {
      this.longest = longest;
    }

    @Override
    public void write(char[] chars, int offset, int length) {
      int room = longest - text.length();
      text.append(chars, offset, Math.min(room, length));
      full |= length > room;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
