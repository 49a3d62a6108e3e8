package dev.axme.server.pages;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A page that only says something: what is wrong, and what to do about it. */
public record MessageView(Frame frame, String title, String text, @Nullable Link link) {

  /** Where to go from here. */
  public record Link(String url, String words) {}

  private static final Link HOME = new Link("/tasks", "See what waits for you");

  public static MessageView notFound(Frame frame) {
    return new MessageView(
        frame,
        "There is nothing here",
        "The address may be cut off, or the request belongs to a workspace that you are not in.",
        home(frame));
  }

  public static MessageView forbidden(Frame frame) {
    return new MessageView(
        frame,
        "This is not for you to decide",
        "You are signed in, but this request is given to other people. Nothing was changed.",
        home(frame));
  }

  /** The form did not come from a page of ours, or the session has ended since. */
  public static MessageView notOurs(Frame frame) {
    return new MessageView(
        frame,
        "Nothing was changed",
        "This form was not sent from a page of your present session. Open the request again and"
            + " decide there.",
        home(frame));
  }

  public static MessageView badRequest(Frame frame, String text) {
    return new MessageView(frame, "That could not be read", text, home(frame));
  }

  public static MessageView tooLarge(Frame frame) {
    return new MessageView(
        frame,
        "That is too much text",
        "Nothing was changed. Go back, what you typed is still there, and shorten it.",
        null);
  }

  public static MessageView tooMany(Frame frame) {
    return new MessageView(
        frame, "Too many tries", "Nothing was changed. Wait a minute, then try again.", null);
  }

  public static MessageView linkUsed(Frame frame) {
    return new MessageView(
        frame,
        "This link has been used",
        "A sign-in link works once. If it was you, you are signed in in that browser. Otherwise ask"
            + " for a new one.",
        new Link("/sign-in", "How to get a new link"));
  }

  public static MessageView linkExpired(Frame frame) {
    return new MessageView(
        frame,
        "This link has expired",
        "A sign-in link works for a short time only. Ask for a new one.",
        new Link("/sign-in", "How to get a new link"));
  }

  /** The link to a question is cut off, made up or another server's: it says nothing of any. */
  public static MessageView linkBroken(Frame frame) {
    return new MessageView(
        frame,
        "This link does not work",
        "A part of it may be missing: open it again from the message that it came in, or copy all of"
            + " it. Nothing was changed.",
        null);
  }

  /** {@code by} took back all links to the question; this one shows nothing of it any more. */
  public static MessageView linkRevoked(Frame frame, String by, Instant at) {
    return new MessageView(
        frame,
        "This link was taken back",
        Headline.nameOf(by)
            + " took it back "
            + frame.times().due(at).text()
            + ". It shows and answers nothing any more, and nothing was changed. If you still wait"
            + " to decide, ask for a new link.",
        null);
  }

  /** The question ended so long ago that its link tells nothing of it any more. */
  public static MessageView linkPast(Frame frame) {
    return new MessageView(
        frame,
        "This link is too old",
        "What it asked was settled more than a week ago. There is nothing left to do.",
        null);
  }

  /** The store does not answer, so nothing can be promised. */
  public static MessageView away(Frame frame) {
    return new MessageView(
        frame,
        "The server cannot save right now",
        "Nothing was decided. It tries again by itself: wait a minute, then reload this page."
            + " Requests that wait keep waiting.",
        null);
  }

  /** Something is wrong inside; the id finds it in the log. */
  public static MessageView broken(Frame frame, String requestId) {
    return new MessageView(
        frame,
        "Something went wrong on the server",
        "Open the request again to see whether your answer was taken. The log has more under the id "
            + requestId
            + ".",
        home(frame));
  }

  private static @Nullable Link home(Frame frame) {
    return frame.viewer() == null ? null : HOME;
  }
}
