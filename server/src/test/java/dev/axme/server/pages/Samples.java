package dev.axme.server.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.axme.server.pages.TaskView.Answer;
import dev.axme.server.pages.TaskView.Course;
import dev.axme.server.pages.TaskView.Deadline;
import dev.axme.server.pages.TaskView.Standing;
import dev.axme.server.pages.TaskView.Subject;
import dev.axme.server.pages.TaskView.Tokens;
import dev.axme.server.pages.TaskView.Typed;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Views that tests draw: one request, in each of the states that it can be in. */
final class Samples {

  static final Instant NOW = Instant.parse("2026-11-24T14:00:00Z");
  static final Instant ASKED = NOW.minus(Duration.ofMinutes(12));
  static final Instant DUE = NOW.plus(Duration.ofDays(6).plusHours(23));
  static final Frame MAYA =
      new Frame(
          NOW,
          ZoneId.of("Europe/Berlin"),
          Theme.SYSTEM,
          new Frame.Viewer("Maya", 3, new Frame.SignOut("/sign-out", "csrf-1")));
  static final Frame NOBODY = new Frame(NOW, ZoneId.of("Europe/Berlin"), Theme.SYSTEM, null);
  static final String ID = "0198c0de-7a11-7000-8000-000000000001";
  static final String DIGEST = "3f2a91c4e5b60718293a4b5c6d7e8f903f2a91c4e5b60718293a4b5c6d7e8f90";

  static final String DEPLOY =
      """
      {
        "task": "Deploy model v2.3 to production",
        "risk_level": "high",
        "service": "recommendations",
        "traffic_percent": 100,
        "canary": false,
        "dashboard_url": "https://grafana.example.com/d/recs?from=now-6h",
        "regions": ["eu-west-1", "us-east-1"],
        "window": {"from": "22:00", "to": "23:30"},
        "cost": {"amount": 12400.00, "currency": "EUR", "budget_id": 9007199254740993},
        "change": {
          "before": {"image": "registry/recommendations:v2.2", "env": "production", "replicas": 4},
          "after": {"image": "registry/recommendations:v2.3", "env": "production", "replicas": 6}
        },
        "checks": [
          {"name": "unit tests", "passed": true, "seconds": 412},
          {"name": "offline evaluation", "passed": true, "seconds": 1903}
        ],
        "notes": null
      }
      """;

  static final String FORM =
      """
      {
        "task_type": "form",
        "allowed_outcomes": ["submitted", "rejected"],
        "required_comment": true,
        "evidence_required": true,
        "form_schema": {
          "type": "object",
          "required": ["budget", "region", "approved", "expedite", "why"],
          "properties": {
            "approved": {"type": "boolean"},
            "budget": {"type": "integer", "title": "Budget in EUR", "minimum": 0, "maximum": 50000,
                       "description": "Without VAT."},
            "rate": {"type": "number", "default": 1.50},
            "region": {"type": "string", "enum": ["eu-west-1", "us-east-1"], "default": "eu-west-1"},
            "tier": {"type": "integer", "enum": [1, 2, 3, 4, 5, 6]},
            "expedite": {"type": "boolean"},
            "why": {"type": "string", "maxLength": 500},
            "owner_email": {"type": "string", "format": "email", "maxLength": 80},
            "start": {"type": "string", "format": "date"},
            "tags": {"type": "array", "items": {"type": "string"}},
            "days": {"type": "array", "items": {"type": "string", "enum": ["Mon", "Tue", "Wed"]}},
            "limits": {"type": "object", "properties": {"cpu": {"type": "integer"}}}
          }
        }
      }
      """;

  private Samples() {}

  static JsonNode json(String text) {
    try {
      return RawJson.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Expected JSON", e);
    }
  }

  static Standing mayDecide() {
    return mayDecide(Typed.NOTHING);
  }

  static Standing mayDecide(Typed typed) {
    return new Standing.MayDecide("/tasks/" + ID, new Tokens("csrf-1", "nonce-1"), typed);
  }

  static Standing decided(String outcome, String comment, String fields) {
    Instant at = NOW.minusSeconds(20);
    return new Standing.Decided(outcome, "Maya", at, new Answer(comment, json(fields)));
  }

  static TaskView deploy(Standing standing, @Nullable Notice notice) {
    return new TaskView(
        MAYA,
        ID,
        Headline.of("agent://acme/prod/deploy-agent", "Deploy model v2.3 to production"),
        Question.of(json("{\"task_type\": \"approval\"}")),
        new Subject(
            json(DEPLOY),
            DIGEST,
            "All checks are green. The old version stays warm for 24 hours.",
            "/tasks/" + ID + "/payload"),
        Deadline.expires(ASKED, DUE),
        history(standing),
        standing,
        Course.NONE,
        notice);
  }

  private static List<HistoryLine> history(Standing standing) {
    HistoryLine asked = HistoryLine.asked("agent://acme/prod/deploy-agent", ASKED);
    HistoryLine assigned = HistoryLine.assigned("Maya", ASKED);
    return switch (standing) {
      case Standing.Decided d ->
          List.of(asked, assigned, HistoryLine.decided(d.outcome(), d.by(), d.at()));
      case Standing.Expired e -> List.of(asked, assigned, HistoryLine.expired(e.at()));
      case Standing.Canceled c -> List.of(asked, assigned, HistoryLine.canceled(c.by(), c.at()));
      case Standing.MayDecide m -> waiting(asked, assigned);
      case Standing.MayLook m -> waiting(asked, assigned);
    };
  }

  private static List<HistoryLine> waiting(HistoryLine asked, HistoryLine assigned) {
    return List.of(
        asked,
        assigned,
        HistoryLine.reminded(1, NOW.minusSeconds(60)),
        HistoryLine.willRemind(NOW.plus(Duration.ofHours(19))),
        HistoryLine.willEscalate("on-call", NOW.plus(Duration.ofDays(2))),
        HistoryLine.willExpire(DUE));
  }

  /** A form with fields of every kind, not decided yet. */
  static TaskView form(Typed typed) {
    return new TaskView(
        MAYA,
        ID,
        Headline.of("procurement-agent", "Which budget may the new cluster have?"),
        Question.of(json(FORM)),
        new Subject(json("{\"cluster\": \"gpu-7\"}"), DIGEST, null, null),
        Deadline.none(ASKED),
        List.of(HistoryLine.asked("procurement-agent", ASKED)),
        mayDecide(typed),
        Course.NONE,
        null);
  }

  /** A request about a payload of the test's own. */
  static TaskView about(JsonNode payload) {
    return new TaskView(
        MAYA,
        ID,
        Headline.of("an-agent", "Look at this"),
        Question.of(json("{}")),
        new Subject(payload, DIGEST, null, "/tasks/" + ID + "/payload"),
        Deadline.none(ASKED),
        List.of(),
        mayDecide(),
        Course.NONE,
        null);
  }

  /** A step of a workflow: an agent and a person came before it. */
  static TaskView step(Standing standing, String next) {
    TaskView plain = deploy(standing, null);
    return new TaskView(
        plain.frame(),
        plain.intentId(),
        plain.headline(),
        plain.question(),
        plain.subject(),
        Deadline.goesOn(ASKED, DUE, "roll_back"),
        plain.history(),
        standing,
        new Course("final_sign_off", earlier(), next),
        null);
  }

  private static List<EarlierStep> earlier() {
    String url = "/tasks/" + ID + "/payload?result=" + DIGEST;
    return List.of(
        new EarlierStep(
            "readiness_check",
            "compliance-agent",
            ASKED.minusSeconds(600),
            null,
            json(
                "{\"ready\": true, \"open_findings\": 2, \"report_url\": \"https://reports.example.com/r/17\"}"),
            url),
        new EarlierStep(
            "readiness_check.approval",
            "Jonas",
            ASKED.minusSeconds(60),
            new EarlierStep.Decision("approved", "Both findings are known."),
            json("{\"ticket\": \"OPS-4711\"}"),
            url),
        new EarlierStep("trace", "trace-agent", ASKED.minusSeconds(30), null, null, url),
        new EarlierStep("cool_down", "", ASKED, null, json("{}"), null));
  }

  static TaskListView list() {
    return new TaskListView(
        MAYA,
        3,
        List.of(
            open("1", "Deploy model v2.3 to production", Risk.HIGH, 12, DUE),
            open(
                "2",
                "Pay invoice 4711 to Northwind, 12 400.00 EUR",
                Risk.MEDIUM,
                61,
                NOW.plusSeconds(2280)),
            open("3", "Which of the two customers named Lee is meant?", null, 60 * 22, null)),
        List.of(
            ended(
                "4",
                "Rotate the signing key of staging",
                TaskListView.Ending.decided("approved"),
                "you"),
            ended(
                "5",
                "Delete the bucket logs-2019",
                TaskListView.Ending.decided("rejected"),
                "Jonas"),
            ended("6", "Send the newsletter", TaskListView.Ending.EXPIRED, null)),
        "/tasks?cursor=abc");
  }

  private static TaskListView.Open open(
      String id, String title, @Nullable Risk risk, int minutesAgo, @Nullable Instant due) {
    TaskListView.Subject subject =
        new TaskListView.Subject("/tasks/" + id, title, "agent://acme/prod/deploy-agent");
    String step = risk == Risk.MEDIUM ? "release_payment" : null;
    return new TaskListView.Open(
        subject, step, risk, NOW.minus(Duration.ofMinutes(minutesAgo)), due);
  }

  private static TaskListView.Ended ended(
      String id, String title, TaskListView.Ending ending, @Nullable String by) {
    TaskListView.Subject subject = new TaskListView.Subject("/tasks/" + id, title, "ops-agent");
    return new TaskListView.Ended(subject, ending, by, NOW.minus(Duration.ofHours(5)));
  }
}
