package dev.axme.server.pages;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads our own pages as strictly as they are written: quoted attributes, closed elements. */
final class Html {

  private static final Pattern TAG =
      Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\\s+[a-zA-Z-]+(?:=\"[^\"]*\")?)*)\\s*(/?)>");
  private static final Pattern ATTRIBUTE = Pattern.compile("([a-zA-Z-]+)(?:=\"([^\"]*)\")?");
  private static final Set<String> VOID = Set.of("meta", "link", "input", "br", "hr");

  private Html() {}

  /** The names of all attributes. */
  static List<String> attributes(String page) {
    List<String> names = new ArrayList<>();
    for (Matcher tag = TAG.matcher(page); tag.find(); ) {
      for (Matcher a = ATTRIBUTE.matcher(tag.group(3)); a.find(); ) {
        names.add(a.group(1).toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  /** The values of one attribute. */
  static List<String> values(String page, String name) {
    List<String> values = new ArrayList<>();
    for (Matcher tag = TAG.matcher(page); tag.find(); ) {
      for (Matcher a = ATTRIBUTE.matcher(tag.group(3)); a.find(); ) {
        if (a.group(1).equals(name)) {
          values.add(a.group(2));
        }
      }
    }
    return values;
  }

  /** Whether each element that opens also closes, in order, and no stray bracket is left. */
  static boolean balanced(String page) {
    Deque<String> open = new ArrayDeque<>();
    for (Matcher tag = TAG.matcher(page); tag.find(); ) {
      String name = tag.group(2).toLowerCase(Locale.ROOT);
      if (VOID.contains(name) || !tag.group(4).isEmpty()) {
        continue;
      }
      if (tag.group(1).isEmpty()) {
        open.push(name);
      } else if (open.isEmpty() || !open.pop().equals(name)) {
        return false;
      }
    }
    String rest = TAG.matcher(page.substring("<!doctype html>".length())).replaceAll("");
    return open.isEmpty() && !rest.contains("<");
  }
}
