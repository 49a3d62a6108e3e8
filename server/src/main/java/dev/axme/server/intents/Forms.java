package dev.axme.server.intents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Forms of human tasks: hostile schemas are refused, answers are coerced and checked. Both take
 * time and belong on a worker.
 */
public final class Forms {
  private static final String COMMENT = "comment";
  private static final int MOST_MISTAKES = 20;

  /** How many values of an answer times values of a schema are looked at. */
  private static final long MOST_WORK = 1_000_000;

  private static final int MOST_ENTRIES = 10_000;
  private static final int DEEPEST = 64;

  private Forms() {}

  /** What is wrong with one field; {@code pointer} is empty for the answer as a whole. */
  public record Mistake(String pointer, String message) {}

  /** The fields as the schema types them, and what is wrong with them. */
  public record Checked(ObjectNode fields, List<Mistake> mistakes) {
    public Checked {
      mistakes = List.copyOf(mistakes);
    }
  }

  /** Throws a 422 problem when {@code schema} is not one that this server is willing to run. */
  public static void check(ObjectNode schema) {
    FormSchema.check(schema);
  }

  /** Coerces and checks an answer (section 6.4). */
  public static Checked check(
      JsonNode schema, ObjectNode fields, boolean success, Optional<String> comment) {
    if (!(schema instanceof ObjectNode object)) {
      return new Checked(fields, List.of());
    }
    List<Mistake> tooMuch = tooMuch(object, fields);
    if (!tooMuch.isEmpty()) {
      return new Checked(fields, success ? tooMuch : List.of());
    }
    FormAnswer form = new FormAnswer(object);
    ObjectNode typed = form.typed(fields, success);
    boolean commented = form.declares(COMMENT);
    if (!success && !commented) {
      return new Checked(typed, List.of());
    }
    ObjectNode whole = typed.deepCopy();
    if (commented && !whole.has(COMMENT)) {
      comment.ifPresent(c -> whole.put(COMMENT, c));
    }
    List<Mistake> mistakes = mistakes(object, whole);
    return new Checked(typed, success ? mistakes : aboutComment(mistakes));
  }

  /** A rejection owes no fields; only what the form says about its comment holds for it. */
  private static List<Mistake> aboutComment(List<Mistake> mistakes) {
    return mistakes.stream().filter(m -> m.pointer().equals("/" + COMMENT)).toList();
  }

  private static List<Mistake> mistakes(ObjectNode schema, ObjectNode answer) {
    List<Mistake> tooMuch = tooMuch(schema, answer);
    return tooMuch.isEmpty() ? validate(schema, answer) : tooMuch;
  }

  private static List<Mistake> tooMuch(ObjectNode schema, ObjectNode answer) {
    List<Mistake> tooMuch = new ArrayList<>();
    long values = values(answer, "", 0, tooMuch);
    if (tooMuch.isEmpty() && values * FormSchema.size(schema) > MOST_WORK) {
      tooMuch.add(
          new Mistake("", "The answer has too many values to be checked against this form"));
    }
    return tooMuch;
  }

  /** Counts the values and notes what no form asks for. */
  private static long values(JsonNode value, String at, int depth, List<Mistake> tooMuch) {
    if (value.isArray() && value.size() > MOST_ENTRIES) {
      tooMuch.add(new Mistake(at, "must have at most " + MOST_ENTRIES + " entries"));
    } else if (depth > DEEPEST) {
      tooMuch.add(new Mistake(at, "is nested too deeply"));
    } else if (FormAnswer.hugeNumber(value)) {
      tooMuch.add(new Mistake(at, "is a number with too large an exponent"));
    }
    if (!tooMuch.isEmpty()) {
      return 1;
    }
    long values = 1;
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      String name = member.getKey().replace("~", "~0").replace("/", "~1");
      values += values(member.getValue(), at + "/" + name, depth + 1, tooMuch);
    }
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        values += values(value.get(i), at + "/" + i, depth + 1, tooMuch);
      }
    }
    return values;
  }

  private static List<Mistake> validate(ObjectNode schema, ObjectNode answer) {
    SpecificationVersion draft = FormSchema.draft(schema);
    try {
      Map<String, Mistake> byPlace = new LinkedHashMap<>();
      for (Error error : FormLibrary.check(schema, draft, answer)) {
        Mistake mistake = FormWords.of(error);
        byPlace.putIfAbsent(mistake.pointer(), mistake);
        if (byPlace.size() == MOST_MISTAKES) {
          break;
        }
      }
      return List.copyOf(byPlace.values());
    } catch (FormPatterns.Refused e) {
      return List.of(new Mistake("", "The answer " + e.getMessage()));
    } catch (StackOverflowError e) {
      // The library recurses on both trees; the limits above keep it far from here.
      return List.of(new Mistake("", "The answer is too deep to be checked"));
    }
  }
}
