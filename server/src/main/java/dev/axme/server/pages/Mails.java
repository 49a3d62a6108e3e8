package dev.axme.server.pages;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/**
 * Every mail, as HTML and as plain text: values in, text out. Safe for any thread.
 *
 * <p>The HTML carries its styles in itself and loads nothing: no script, no image, no font.
 */
public final class Mails {
  private static final int LONGEST_SUBJECT = 150;

  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Mails.class.getClassLoader(), "dev.axme.server.pages.templates");

  /** The subject: the same for all mails of one conversation. */
  public String subject(MailView view) {
    return Labels.clip(Visible.of(MailPage.line(view.headline())), LONGEST_SUBJECT);
  }

  /** For readers of HTML. */
  public String html(MailView view) {
    StringOutput html = new StringOutput(16 * 1024);
    templates.render("mail.jte", MailPage.of(view), html);
    return Visible.of(html.toString());
  }

  /** For everybody else; nothing is missing in it. */
  public String text(MailView view) {
    return MailText.of(MailPage.of(view));
  }
}
