package dev.axme.server.pages;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/**
 * Every page, as HTML: one method a page, values in, text out. Safe for any thread; a page takes no
 * lock and does no I/O.
 *
 * <p>The pages need no script and no inline style: they work under {@link #POLICY}.
 */
public final class Pages {

  /** The Content-Security-Policy that all pages are written for. */
  public static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
          + " base-uri 'none'; frame-ancestors 'none'";

  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Pages.class.getClassLoader(), "dev.axme.server.pages.templates");

  /** One task: to decide, to look at, or how it ended. */
  public String task(TaskView view) {
    return render("task.jte", TaskPage.of(view));
  }

  /** What waits for a person. */
  public String tasks(TaskListView view) {
    return render("tasks.jte", view);
  }

  /** How to get in. */
  public String signIn(SignInView view) {
    return render("signin.jte", view);
  }

  /** The button behind a one-time link. */
  public String confirmSignIn(ConfirmSignInView view) {
    return render("confirm.jte", view);
  }

  /** Something to say and nothing else. */
  public String message(MessageView view) {
    return render("message.jte", view);
  }

  private String render(String template, Object model) {
    StringOutput html = new StringOutput(16 * 1024);
    templates.render(template, model, html);
    return Visible.of(html.toString());
  }
}
