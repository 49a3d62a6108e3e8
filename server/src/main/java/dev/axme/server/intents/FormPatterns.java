package dev.axme.server.intents;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.regex.RegularExpression;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;

/**
 * Patterns of a form: matched in linear time by RE2, small when compiled, and together bounded in
 * the steps that one check may take.
 */
final class FormPatterns {
  private static final int LONGEST = 1_000;
  private static final long LARGEST = 5_000;
  private static final long STEPS = 100_000_000;
  private static final java.util.regex.Pattern REPEAT =
      java.util.regex.Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?\\}");
  private static final java.util.regex.Pattern ESCAPE =
      java.util.regex.Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|(?s:.))");

  private long left = STEPS;

  /** A pattern that this server does not run. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message, null, false, false);
    }
  }

  /** Compiles an ECMA pattern, as far as RE2 knows it. */
  static Pattern compile(String pattern) {
    if (pattern.length() > LONGEST) {
      throw new Refused("is a pattern of more than " + LONGEST + " characters");
    }
    if (new Scan(pattern).size() > LARGEST) {
      throw new Refused("is a pattern that repeats too much: write smaller numbers in braces");
    }
    try {
      return Pattern.compile(ESCAPE.matcher(pattern).replaceAll(FormPatterns::translated));
    } catch (PatternSyntaxException e) {
      throw new Refused(
          "is no pattern that RE2 can run, which has no look-around and no back-references: "
              + e.getDescription());
    }
  }

  /** RE2 writes {@code \x{00e9}} where ECMA writes {@code \u00e9}. */
  private static String translated(java.util.regex.MatchResult escape) {
    String text = escape.group(1) == null ? escape.group() : "\\x{" + escape.group(1) + "}";
    return Matcher.quoteReplacement(text);
  }

  /** For the schemas of schemas, whose patterns are few and small. */
  static RegularExpression unbounded(String pattern) {
    Pattern compiled = compile(pattern);
    return text -> compiled.matcher(text).find();
  }

  /** For one check: throws {@link Refused} when its patterns have taken too many steps. */
  RegularExpression expression(String pattern) {
    Pattern compiled = compile(pattern);
    return text -> {
      left -= (long) compiled.programSize() * (text.length() + 1);
      if (left < 0) {
        throw new Refused("is too long for the patterns of this form");
      }
      return compiled.matcher(text).find();
    };
  }

  /**
   * How large a pattern grows when its repetitions are written out, which is what RE2 does: a few
   * nested braces would fill the memory.
   */
  private static final class Scan {
    private final String pattern;
    private final Deque<long[]> outer = new ArrayDeque<>();
    private int at;
    private long before;
    private long last;

    Scan(String pattern) {
      this.pattern = pattern;
    }

    long size() {
      while (at < pattern.length()) {
        step(pattern.charAt(at));
      }
      long sum = before + last;
      for (long[] group : outer) {
        sum += group[0];
      }
      return sum;
    }

    private void step(char c) {
      switch (c) {
        case '\\' -> escape();
        case '[' -> {
          at = classEnd();
          atom(1);
        }
        case '(' -> {
          outer.push(new long[] {before + last});
          before = 0;
          last = 0;
          at++;
        }
        case ')' -> {
          long group = before + last;
          before = outer.isEmpty() ? 0 : outer.pop()[0];
          last = group + 1;
          at++;
        }
        case '{' -> repeat();
        default -> {
          atom(1);
          at++;
        }
      }
    }

    private void atom(long size) {
      before += last;
      last = size;
    }

    private void escape() {
      if (at + 1 < pattern.length() && pattern.charAt(at + 1) == 'Q') {
        throw new Refused("uses \\Q, which is no part of ECMA patterns");
      }
      atom(1);
      at += 2;
    }

    private void repeat() {
      Matcher braces = REPEAT.matcher(pattern).region(at, pattern.length());
      if (!braces.lookingAt()) {
        atom(1);
        at++;
        return;
      }
      String most = braces.group(2);
      long least = Long.parseLong(braces.group(1));
      long times = most == null || most.isEmpty() ? least + 1 : Long.parseLong(most);
      last = Math.min(last * Math.max(1, times), LARGEST + 1);
      at = braces.end();
    }

    /** Behind the bracket that ends the class which begins here. */
    private int classEnd() {
      int i = at + 1;
      if (i < pattern.length() && pattern.charAt(i) == '^') {
        i++;
      }
      for (boolean first = true; i < pattern.length(); first = false) {
        char c = pattern.charAt(i);
        int named = c == '[' && pattern.startsWith("[:", i) ? pattern.indexOf(":]", i + 2) : -1;
        if (c == ']' && !first) {
          return i + 1;
        }
        i = named >= 0 ? named + 2 : i + (c == '\\' ? 2 : 1);
      }
      return pattern.length();
    }
  }
}
