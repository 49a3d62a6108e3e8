package dev.axme.server.pages;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A mail as plain text that stands on its own.
 *
 * <p>What others wrote never begins at the left edge, except for the headline, which is one line:
 * so none of it can pass for a heading, an address or a footer of ours.
 */
final class MailText {
  private static final String INDENT = "  ";
  private static final int LABEL = 20;

  private final StringBuilder text = new StringBuilder();
  private final MailPage page;

  private MailText(MailPage page) {
    this.page = page;
  }

  static String of(MailPage page) {
    return new MailText(page).write();
  }

  private String write() {
    paragraph(page.headline());
    paragraph(page.news());
    paragraph(page.ending());
    paragraph(page.next());
    if (!page.step().isEmpty()) {
      paragraph("It is the step \"" + page.step() + "\" of a longer piece of work.");
    }
    page.risk().ifPresent(risk -> paragraph(risk.word() + " risk"));
    paragraph(page.deadline());
    if (!page.words().isEmpty()) {
      text.append(page.speaker()).append(":\n");
      quote(page.words(), INDENT + "| ");
      text.append('\n');
    }
    if (page.showsPayload()) {
      payload();
    }
    earlier();
    page.door().ifPresent(this::door);
    footer();
    return Visible.of(text.toString());
  }

  private void paragraph(String words) {
    if (!words.isEmpty()) {
      text.append(words).append("\n\n");
    }
  }

  private void payload() {
    text.append("What exactly:\n");
    if (page.payload().empty()) {
      text.append(INDENT).append("Nothing was sent beside the title.\n");
    }
    for (PayloadTable.Row row : page.payload().rows()) {
      row(INDENT.repeat(row.level() + 1), MailPage.line(row.label()), row.value());
    }
    text.append('\n');
    paragraph(page.hidden());
  }

  private void row(String indent, String label, Value value) {
    String name = label + ":";
    Optional<String> brief = brief(value);
    text.append(indent).append(name);
    if (brief.isPresent()) {
      text.append(" ".repeat(Math.max(1, LABEL - name.length()))).append(brief.get()).append('\n');
      return;
    }
    text.append('\n');
    lines(value).forEach(line -> quote(line, indent + INDENT));
  }

  /** The value, if it fits behind its label. */
  private static Optional<String> brief(Value value) {
    return switch (value) {
      case Value.Text t -> t.text().matches("[^\r\n]*") ? Optional.of(t.text()) : Optional.empty();
      case Value.Digits n -> Optional.of(n.text());
      case Value.Remark r -> Optional.of("(" + r.text() + ")");
      case Value.Link l -> Optional.of(l.url());
      case Value.Move m -> Optional.of(MailPage.line(m.from()) + " to " + MailPage.line(m.to()));
      case Value.Folded _, Value.Items _, Value.Grid _, Value.Change _, Value.Group _ ->
          Optional.empty();
    };
  }

  private static List<String> lines(Value value) {
    return switch (value) {
      case Value.Folded f -> List.of("| " + MailPage.line(f.head()), MailPage.folded(f));
      case Value.Items i -> i.items().stream().map(s -> "- " + MailPage.line(s)).toList();
      case Value.Grid g -> g.rows().stream().map(r -> "- " + cells(g.columns(), r)).toList();
      case Value.Change c ->
          c.lines().stream().map(l -> l.kind().sign() + " " + MailPage.kept(l.text())).toList();
      case Value.Text t -> t.text().lines().map(l -> "| " + l).toList();
      case Value.Digits _, Value.Remark _, Value.Link _, Value.Move _, Value.Group _ -> List.of();
    };
  }

  private static String cells(List<String> columns, List<String> row) {
    return IntStream.range(0, row.size())
        .filter(i -> !row.get(i).isEmpty())
        .mapToObj(i -> MailPage.line(columns.get(i)) + ": " + MailPage.line(row.get(i)))
        .collect(Collectors.joining("; "));
  }

  private void quote(String words, String before) {
    words.lines().forEach(line -> text.append(before).append(line).append('\n'));
  }

  private void earlier() {
    if (page.earlier().isEmpty()) {
      return;
    }
    text.append("What came before:\n");
    page.earlier().forEach(e -> text.append(INDENT).append("- ").append(e).append('\n'));
    text.append('\n');
  }

  private void door(MailView.Door door) {
    text.append("Decide here (").append(page.choices()).append("):\n");
    text.append(door.url()).append("\n");
    text.append("Opening it decides nothing yet.\n\n");
    if (!door.commands().isEmpty()) {
      text.append("The address works on the server's own network only. On a terminal:\n");
      door.commands().forEach(c -> text.append(INDENT).append(c).append('\n'));
      text.append('\n');
    }
  }

  private void footer() {
    text.append("-- \n").append(page.why()).append('\n');
    if (page.asks()) {
      text.append("Addresses in the request are the sender's, not ours.\n");
    }
    text.append("Request ").append(MailPage.line(page.view().subject().intentId())).append('\n');
  }
}
