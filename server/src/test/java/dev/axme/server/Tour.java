package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/** Calls every operation at least once, as people, agents, browsers and strangers would. */
final class Tour {
  private static final String ONE = "/v1/intents/{id}";

  private final Running running;
  private final Witness witness;
  private final String login;
  private final String agent;

  Tour(Running running, Witness witness) {
    this.running = running;
    this.witness = witness;
    this.login = running.login();
    this.agent = running.agent();
  }

  void everything() {
    health();
    intents();
    scenarios();
    changes();
    deliveries();
    tasks();
    errors();
    organizations();
    accounts();
    inbox();
    webhooks();
    people();
    pages();
  }

  private void health() {
    witness.call(200, "GET /metrics", "/metrics", "", "");
    for (String path : new String[] {"/health", "/v1/health", "/health/live", "/health/ready"}) {
      witness.call(200, "GET " + path, path, "", "");
    }
    witness.call(200, "GET /version", "/version", "", "");
    witness.call(200, "GET /openapi.json", "/openapi.json", "", "");
    witness.call(200, "GET /v1/capabilities", "/v1/capabilities", agent, "");
  }

  private String create(String body) {
    return witness
        .call(200, "POST /v1/intents", "/v1/intents", agent, body)
        .json()
        .path("intent_id")
        .textValue();
  }

  /** Every kind of intent, read while it is open. */
  private void intents() {
    read(
        create(
            """
            {"intent_type":"human_approval","to_agent":"agent://approver","from_agent":"agent://me",
             "payload":{"task":"Deploy","n":9007199254740993},"metadata":{"a":1},"reply_to":"agent://me",
             "ttl_seconds":3600,"remind_after_seconds":60,"max_reminders":2,"escalate_to":"org_owner",
             "human_task":{"title":"Deploy?","assignees":["org_owner"],"extra":"kept",
               "form_schema":{"type":"object","properties":{"why":{"type":"string"}}}}}
            """));
    read(create("{\"intent_type\":\"report.build.v1\",\"to_agent\":\"agent://nobody\"}"));
    witness.call(200, "GET /v1/intents", "/v1/intents?limit=1&status=pending", agent, "");
    witness.call(422, "GET /v1/intents", "/v1/intents?limit=x", agent, "");
  }

  private void scenarios() {
    String validate = "/v1/scenarios/validate";
    String bundle =
        "{\"scenario_id\":\"report.build\",\"intent\":{\"type\":\"report.build.v1\"},\"x\":1}";
    witness.call(200, "POST " + validate, validate, agent, bundle);
    witness.call(200, "POST " + validate, validate, agent, "{}");
    witness.call(422, "POST " + validate, validate, agent, "[]");
    String apply = "/v1/scenarios/apply";
    String agents =
        "{\"agents\":[{\"role\":\"a\",\"address\":\"tour-bot\",\"create_if_missing\":true}],"
            + "\"workflow\":{\"macro_id\":\"macro.agent_then_approval.v1\"},"
            + bundle.substring(1);
    witness.call(403, "POST " + apply, apply, agent, agents);
    witness.call(200, "POST " + apply, apply, login, agents);
    witness.call(200, "POST " + apply, apply, agent, agents);
    witness.call(200, "POST " + apply, apply, agent, bundle);
    witness.call(422, "POST " + apply, apply, agent, "{}");
    String macros = "/v1/tool-registry/macros";
    String macro = "GET " + macros + "/{macro_id}";
    witness.call(200, "GET " + macros, macros, agent, "");
    witness.call(200, macro, macros + "/macro.approval.single.v1", agent, "");
    witness.call(404, macro, macros + "/macro.none", agent, "");
  }

  private void read(String id) {
    witness.call(200, "GET " + ONE, "/v1/intents/" + id, agent, "");
    witness.call(200, "GET " + ONE + "/events", "/v1/intents/" + id + "/events", agent, "");
    String told = "/v1/intents/" + id + "/notifications";
    witness.call(200, "GET " + ONE + "/notifications", told, agent, "");
    String stream = "/v1/intents/" + id + "/events/stream?wait_seconds=1";
    for (Got.Frame frame :
        witness.call(200, "GET " + ONE + "/events/stream", stream, agent, "").frames()) {
      if (!frame.event().equals("stream.timeout")) {
        witness.event(frame.json());
      }
    }
  }

  private Got change(int status, String verb, String id, String key, String body) {
    return witness.call(
        status, "POST " + ONE + "/" + verb, "/v1/intents/" + id + "/" + verb, key, body);
  }

  /** Everything that can happen to an intent, read after its end. */
  private void changes() {
    String report = running.mail();
    change(
        200, "controls", report, agent, "{\"controls_patch\":{\"timeout_seconds\":60,\"x\":[1]}}");
    change(200, "controls", report, agent, "{\"expected_policy_generation\":7}");
    change(200, "policy", report, agent, "{\"envelope_patch\":{\"ttl_seconds\":90}}");
    change(200, "resume", report, agent, "{\"approve_current_step\":true,\"reason\":\"go\"}");
    change(200, "resume", report, agent, "{\"next_handler\":\"agent://somebody\"}");
    read(report);
    change(200, "resume", report, login, "{\"action\":\"complete\",\"pages\":42}");
    change(409, "resume", report, login, "{\"action\":\"complete\"}");
    change(409, "controls", report, agent, "{}");
    change(409, "policy", report, agent, "{}");
    read(report);
    String failed = running.mail();
    change(200, "resolve", failed, agent, "{\"status\":\"FAILED\",\"error\":{\"code\":\"no\"}}");
    change(409, "resolve", failed, agent, "{\"status\":\"FAILED\"}");
    read(failed);
    String canceled = running.ask();
    change(200, "resolve", canceled, agent, "{\"status\":\"CANCELED\",\"reason\":\"over\"}");
    read(canceled);
    change(422, "resolve", running.mail(), agent, "{\"status\":\"MAYBE\"}");
    change(422, "controls", running.mail(), agent, "{\"controls_patch\":7}");
    change(422, "policy", running.mail(), agent, "{\"grants_patch\":7}");
  }

  private void deliveries() {
    JsonNode pushed = running.undelivered();
    String id = pushed.path("delivery_id").textValue();
    String intent = "/v1/intents/" + pushed.path("subject_id").textValue() + "/deliveries";
    String replay = "POST " + ONE + "/deliveries/{delivery_id}/replay";
    witness.call(200, "GET " + ONE + "/deliveries", intent, agent, "");
    witness.call(200, replay, intent + "/" + id + "/replay", agent, "");
    witness.call(404, replay, intent + "/" + Running.nobody() + "/replay", agent, "");
    witness.call(404, replay, "/v1/intents/x/deliveries/x/replay", agent, "");
    String outbox = "/v1/outbox";
    String one = outbox + "/{delivery_id}";
    witness.call(200, "GET " + outbox, outbox + "?channel=push&state=pending&limit=1", login, "");
    witness.call(422, "GET " + outbox, outbox + "?state=lost", login, "");
    witness.call(403, "GET " + outbox, outbox, agent, "");
    witness.call(200, "GET " + one, outbox + "/" + id, login, "");
    witness.call(404, "GET " + one, outbox + "/" + Running.nobody(), login, "");
    String again = "POST " + one + "/replay";
    witness.call(403, again, outbox + "/" + id + "/replay", agent, "");
    witness.call(404, again, outbox + "/" + Running.nobody() + "/replay", login, "");
    running
        .decide(
            "/v1/intents/" + pushed.path("subject_id").textValue() + "/resolve",
            "{\"status\":\"CANCELED\"}")
        .ok();
    witness.call(409, replay, intent + "/" + id + "/replay", agent, "");
    AgentEndpoint.await(() -> running.attempts(id) == 2);
    witness.call(200, again, outbox + "/" + id + "/replay", login, "");
  }

  private void tasks() {
    String tasks = "GET /v1/me/tasks";
    String approved = running.ask();
    witness.call(200, tasks, "/v1/me/tasks", login, "");
    witness.call(403, tasks, "/v1/me/tasks", agent, "");
    witness.call(422, tasks, "/v1/me/tasks?cursor=x", login, "");
    change(403, "resume", approved, agent, "{\"task_result\":{\"outcome\":\"approved\"}}");
    change(422, "resume", approved, login, "{\"task_result\":{\"outcome\":\"perhaps\"}}");
    change(
        200,
        "resume",
        approved,
        login,
        "{\"task_result\":{\"outcome\":\"approved\",\"comment\":\"go\",\"data\":{\"a\":1}}}");
    read(approved);
    String rejected = running.ask();
    change(200, "resume", rejected, login, "{\"approved\":false,\"comment\":\"no\"}");
    read(rejected);
    witness.call(200, tasks, "/v1/me/tasks?status=ended", login, "");
  }

  private void errors() {
    String post = "POST /v1/intents";
    witness.call(401, post, "/v1/intents", "", "{}");
    witness.call(401, "GET /v1/intents", "/v1/intents", "axme_sa_x_y", "");
    witness.call(400, post, "/v1/intents", agent, "{");
    witness.call(422, post, "/v1/intents", agent, "{}");
    witness.call(413, post, "/v1/intents", agent, "{\"x\":\"" + "y".repeat(1 << 21) + "\"}");
    String body = "{\"intent_type\":\"a.b.v1\"}";
    witness.call(200, post, "/v1/intents", agent, body, "Idempotency-Key", "tour");
    witness.call(409, post, "/v1/intents", agent, "{\"type\":\"c\"}", "Idempotency-Key", "tour");
    String nobody = Running.nobody();
    for (String sub : new String[] {"", "/events", "/events/stream", "/notifications"}) {
      witness.call(404, "GET " + ONE + sub, "/v1/intents/" + nobody + sub, agent, "");
      witness.call(401, "GET " + ONE + sub, "/v1/intents/" + nobody + sub, "", "");
    }
    for (String verb : new String[] {"resume", "resolve", "controls", "policy"}) {
      change(404, verb, nobody, login, "{\"status\":\"CANCELED\",\"approved\":true}");
      change(400, verb, nobody, login, "[");
      change(401, verb, nobody, "", "{}");
    }
  }

  private void organizations() {
    String all = "/v1/organizations";
    String one = all + "/{org_id}";
    String body =
        """
        {"name":"Tour Inc","requested_by_actor_id":"actor://me","legal_name":"Tour Inc.",
         "primary_domain":"tour.example","metadata":{"tier":[1,2]}}
        """;
    Got made = witness.call(200, "POST " + all, all, login, body);
    String path = all + "/" + made.json().at("/organization/org_id").textValue();
    witness.call(422, "POST " + all, all, login, "{}");
    witness.call(403, "POST " + all, all, agent, body);
    witness.call(200, "GET " + one, path, login, "");
    witness.call(404, "GET " + one, all + "/" + Running.nobody(), login, "");
    witness.call(200, "PATCH " + one, path, login, "{\"status\":\"archived\"}");
    witness.call(422, "PATCH " + one, path, login, "{\"status\":\"gone\"}");
    String workspaces = path + "/workspaces";
    String post = "POST " + one + "/workspaces";
    String main = "{\"name\":\"Main\",\"environment\":\"sandbox\",\"region\":\"eu\"}";
    Got workspace = witness.call(200, post, workspaces, login, main);
    witness.call(409, post, workspaces, login, main);
    witness.call(422, post, workspaces, login, "{\"name\":\"Other\"}");
    witness.call(400, post, workspaces, login, "{\"org_id\":\"another\"}");
    witness.call(200, "GET " + one + "/workspaces", workspaces, login, "");
    String id = workspace.json().at("/workspace/workspace_id").textValue();
    String change = "PATCH " + one + "/workspaces/{workspace_id}";
    witness.call(200, change, workspaces + "/" + id, login, "{\"status\":\"suspended\"}");
    witness.call(404, change, workspaces + "/" + Running.nobody(), login, "{}");
  }

  private void accounts() {
    String all = "/v1/service-accounts";
    String one = all + "/{id}";
    witness.call(200, "GET /v1/me", "/v1/me", login, "");
    witness.call(200, "GET /v1/me", "/v1/me", agent, "");
    String body = "{\"name\":\"report-service\",\"display_name\":\"Reports\"}";
    Got made = witness.call(200, "POST " + all, all, login, body);
    String id = made.json().path("service_account_id").textValue();
    witness.call(409, "POST " + all, all, login, body);
    witness.call(422, "POST " + all, all, login, "{}");
    witness.call(403, "POST " + all, all, agent, body);
    witness.call(200, "GET " + all, all + "?limit=1", login, "");
    witness.call(200, "GET " + one, all + "/" + id, login, "");
    witness.call(404, "GET " + one, all + "/sa_nobody", login, "");
    witness.call(200, "PATCH " + one, all + "/" + id, login, "{\"description\":\"d\"}");
    String keys = all + "/" + id + "/keys";
    Got key = witness.call(200, "POST " + one + "/keys", keys, login, "");
    String keyId = key.json().at("/key/key_id").textValue();
    witness.call(200, "GET " + one + "/keys", keys, login, "");
    String revoke = "POST " + one + "/keys/{key_id}/revoke";
    witness.call(200, revoke, keys + "/" + keyId + "/revoke", login, "");
    witness.call(404, revoke, keys + "/sak_nobody/revoke", login, "");
    witness.call(200, "GET /v1/agents", "/v1/agents", agent, "");
    String stream = "GET /v1/agents/{address}/intents/stream";
    String deliveries = "/v1/agents/report-service/intents/stream?wait_seconds=1";
    witness.call(200, stream, deliveries, login, "");
    witness.call(403, stream, deliveries, agent, "");
    witness.call(404, stream, deliveries.replace("report-service", "nobody-here"), agent, "");
    witness.call(422, stream, deliveries + "&since=x", login, "");
    witness.call(200, "GET /v1/agents/{address}", "/v1/agents/report-service", agent, "");
    witness.call(404, "GET /v1/agents/{address}", "/v1/agents/nobody-here", agent, "");
    witness.call(200, "DELETE " + one, all + "/" + id, login, "");
  }

  private void inbox() {
    String inbox = "GET /v1/inbox";
    witness.call(200, inbox, "/v1/inbox?owner_agent=agent", agent, "");
    witness.call(422, inbox, "/v1/inbox?status=nonsense", agent, "");
    witness.call(200, inbox + "/changes", "/v1/inbox/changes?limit=1", agent, "");
    witness.call(422, inbox + "/changes", "/v1/inbox/changes?cursor=x", agent, "");
    String thread = "/v1/inbox/" + running.mail() + "?owner_agent=agent";
    witness.call(200, inbox + "/{thread_id}", thread, agent, "");
    witness.call(404, inbox + "/{thread_id}", "/v1/inbox/" + Running.nobody(), agent, "");
    threads();
  }

  private void threads() {
    String mail = running.mail();
    thread(200, mail, "reply", "{\"message\":\"Which month?\"}");
    thread(200, Running.nobody(), "reply", "{\"message\":\"Hello\"}");
    thread(200, mail, "read", "");
    thread(200, mail, "delegate", "{\"delegate_to\":\"boss\",\"note\":\"yours\"}");
    thread(200, mail, "messages/delete", "{\"mode\":\"self\",\"limit\":1}");
    thread(200, mail, "messages/delete", "{\"mode\":\"both\",\"limit\":1}");
    thread(200, mail, "approve", "{\"comment\":\"seen\"}");
    thread(200, mail, "reject", "");
    thread(422, mail, "reply", "{}");
    thread(422, mail, "delegate", "{\"delegate_to\":\"agent\"}");
    thread(422, mail, "messages/delete", "{}");
    for (String verb : new String[] {"read", "approve", "reject", "messages/delete"}) {
      thread(404, Running.nobody(), verb, "{\"limit\":1}");
      thread(400, mail, verb, "{");
    }
    String asked = running.ask();
    String approve = "POST /v1/inbox/{thread_id}/approve";
    String path = "/v1/inbox/" + asked + "/approve?owner_agent=approver";
    witness.call(403, approve, path, agent, "");
    witness.call(200, approve, path, login, "{\"comment\":\"go\"}");
    String decide = "POST /v1/approvals/{approval_id}/decision";
    String approval = "/v1/approvals/" + asked + "/decision";
    witness.call(200, decide, approval, login, "{\"decision\":\"approve\"}");
    witness.call(409, decide, approval, login, "{\"decision\":\"reject\"}");
    String other = "/v1/approvals/" + Running.nobody() + "/decision";
    witness.call(200, decide, other, agent, "{\"decision\":\"reject\"}");
    witness.call(409, decide, other, agent, "{\"decision\":\"approve\"}");
    witness.call(422, decide, other, agent, "{}");
    witness.call(401, decide, other, "", "{}");
  }

  private void thread(int status, String id, String verb, String body) {
    String path = "/v1/inbox/" + id + "/" + verb + "?owner_agent=agent";
    witness.call(status, "POST /v1/inbox/{thread_id}/" + verb, path, agent, body);
  }

  private void webhooks() {
    String all = "/v1/webhooks/subscriptions";
    String one = all + "/{subscription_id}";
    String body =
        """
        {"callback_url":"http://127.0.0.1:1025/tour","event_types":["intent.*","inbox.reply_received"],
         "generate_secret":true,"description":"a tour"}
        """;
    Got made = witness.call(200, "POST " + all, all, agent, body);
    String path = all + "/" + made.json().at("/subscription/subscription_id").textValue();
    String[] once = {"Idempotency-Key", "subscribe-once"};
    witness.call(200, "POST " + all, all, login, body, once);
    witness.call(409, "POST " + all, all, login, body.replace("tour", "trip"), once);
    witness.call(422, "POST " + all, all, agent, "{}");
    witness.call(200, "GET " + all, all + "?include_inactive=true", agent, "");
    witness.call(403, "GET " + all, all + "?all=true", agent, "");
    witness.call(200, "POST " + one + "/rotate", path + "/rotate", agent, "");
    witness.call(200, "POST " + one + "/test", path + "/test", agent, "");
    witness.call(200, "GET " + one + "/attempts", path + "/attempts?limit=1", agent, "");
    witness.call(422, "GET " + one + "/attempts", path + "/attempts?state=x", agent, "");
    witness.call(422, "POST " + one + "/rotate", path + "/rotate", agent, "{\"secret\":\"x\"}");
    String events = "/v1/webhooks/events";
    String event =
        "{\"event_type\":\"inbox.reply_received\",\"source\":\"tour\",\"payload\":{\"a\":1}}";
    Got published = witness.call(200, "POST " + events, events, agent, event);
    witness.call(422, "POST " + events, events, agent, "{}");
    witness.call(
        413,
        "POST " + events,
        events,
        agent,
        event.replace("1", "\"" + "y".repeat(1 << 21) + "\""));
    String replay = events + "/" + published.json().path("event_id").textValue() + "/replay";
    witness.call(200, "POST " + events + "/{event_id}/replay", replay, agent, "");
    String nobody = events + "/" + Running.nobody() + "/replay";
    witness.call(404, "POST " + events + "/{event_id}/replay", nobody, agent, "");
    witness.call(200, "DELETE " + one, path, agent, "");
    witness.call(409, "POST " + one + "/rotate", path + "/rotate", agent, "");
    witness.call(409, "POST " + one + "/test", path + "/test", agent, "");
    witness.call(404, "DELETE " + one, all + "/" + Running.nobody(), agent, "");
  }

  private void people() {
    String people = "/v1/people";
    String body = "{\"email\":\"ann@example.com\",\"name\":\"Ann\",\"role\":\"finance\"}";
    Got ann = witness.call(200, "POST " + people, people, login, body);
    witness.call(409, "POST " + people, people, login, body);
    witness.call(422, "POST " + people, people, login, "{\"email\":\"ann\"}");
    witness.call(200, "GET " + people, people, login, "");
    witness.call(403, "GET " + people, people, ann.json().path("login_key").textValue(), "");
    witness.call(200, "POST /v1/sign-in-links", "/v1/sign-in-links", login, "");
    witness.call(403, "POST /v1/sign-in-links", "/v1/sign-in-links", agent, "");
    String portal = "/v1/portal/personal/";
    JsonNode context =
        witness.call(200, "GET " + portal + "context", portal + "context", login, "").json();
    String select = portal + "workspace-selection";
    witness.call(200, "POST " + select, select, login, context.path("context").toString());
    witness.call(403, "POST " + select, select, login, "{\"workspace_id\":\"elsewhere\"}");
    String profile = portal + "profile";
    witness.call(200, "POST " + profile, profile, login, "{\"display_name\":\"Owner\"}");
    witness.call(403, "POST " + profile, profile, agent, "{}");
    witness.call(422, "POST " + profile, profile, login, "{\"company\":7}");
    witness.call(200, "GET /v1/auth/sessions", "/v1/auth/sessions", login, "");
    witness.call(403, "GET /v1/auth/sessions", "/v1/auth/sessions", agent, "");
    String bootstrap = "/v1/alpha/bootstrap";
    String email = "{\"email\":\"eve@other.test\",\"use_case\":\"tests\"}";
    String[] once = {"Idempotency-Key", "bootstrap-once"};
    witness.call(200, "POST " + bootstrap, bootstrap, "", email, once);
    witness.call(409, "POST " + bootstrap, bootstrap, "", email, once);
    witness.call(422, "POST " + bootstrap, bootstrap, "", "{}");
  }

  private void pages() {
    witness.call(303, "GET /", "/", "", "");
    witness.call(200, "GET /sign-in", "/sign-in", "", "");
    witness.call(303, "GET /tasks", "/tasks", "", "");
    String link = URI.create(running.server().signInUrl()).getPath();
    String in = "/sign-in/{token}";
    Got confirm = witness.call(200, "GET " + in, link, "", "");
    String css = confirm.body().replaceFirst("(?s).*(/assets/[^\"]+\\.css[^\"]*).*", "$1");
    witness.call(200, "GET /assets/{name}", css, "", "");
    witness.call(404, "GET /assets/{name}", "/assets/none", "", "");
    String form = "application/x-www-form-urlencoded";
    String token = link.substring(link.lastIndexOf('/') + 1);
    witness.call(403, "POST " + in, link, "", "x=y", "Content-Type", form);
    Got signedIn = witness.call(303, "POST " + in, link, "", "token=" + token);
    witness.call(410, "GET " + in, link, "", "");
    String cookie = signedIn.header("set-cookie").orElseThrow().replaceFirst(";.*", "");
    Browsing browsing = new Browsing(running, witness, cookie);
    browsing.decides(running.ask());
    links(running.ask());
    browsing.looksAround();
  }

  /** Somebody with a link, before and after it was taken back. */
  private void links(String id) {
    String revoke = "/v1/intents/{id}/links/revoke";
    String old = running.link(id, 0);
    witness.call(200, "GET /t/{token}/payload", old + "/payload", "", "");
    witness.call(404, "GET /t/{token}", "/t/broken", "", "");
    witness.call(409, "POST /t/{token}", old, "", "outcome=approved");
    witness.call(403, "POST " + revoke, revoke.replace("{id}", id), agent, "");
    witness.call(200, "POST " + revoke, revoke.replace("{id}", id), login, "");
    witness.call(410, "GET /t/{token}", old, "", "");
    String link = running.link(id, 1);
    String page = witness.call(200, "GET /t/{token}", link, "", "").body();
    String answer = "outcome=approved&nonce=" + Browsing.hidden(page, "nonce");
    witness.call(303, "POST /t/{token}", link, "", answer);
    witness.call(409, "POST " + revoke, revoke.replace("{id}", id), login, "");
  }

  /** A browser that is signed in. */
  private record Browsing(Running running, Witness witness, String cookie) {
    private static final String TASK = "/tasks/{id}";

    Got get(int status, String operation, String path) {
      return witness.call(status, "GET " + operation, path, "", "", "Cookie", cookie);
    }

    void decides(String id) {
      String page = get(200, TASK, "/tasks/" + id).body();
      get(200, TASK + "/payload", "/tasks/" + id + "/payload");
      String answer =
          "outcome=approved&csrf=" + hidden(page, "csrf") + "&nonce=" + hidden(page, "nonce");
      witness.call(303, "POST " + TASK, "/tasks/" + id, "", answer, "Cookie", cookie);
      assertThat(running.intent(id).path("status").asText()).isEqualTo("COMPLETED");
      witness.call(401, "POST " + TASK, "/tasks/" + id, "", answer);
      witness.call(403, "POST " + TASK, "/tasks/" + id, "", "x=y", "Cookie", cookie);
    }

    void looksAround() {
      String page = get(200, "/tasks", "/tasks").body();
      get(404, TASK, "/tasks/" + Running.nobody());
      witness.call(303, "POST /theme", "/theme", "", "theme=dark", "Cookie", cookie);
      witness.call(400, "POST /theme", "/theme", "", "theme=pink", "Cookie", cookie);
      String csrf = "csrf=" + hidden(page, "csrf");
      witness.call(303, "POST /sign-out", "/sign-out", "", csrf, "Cookie", cookie);
      get(303, "/tasks", "/tasks");
    }

    private static String hidden(String page, String name) {
      return page.replaceFirst("(?s).*name=\"" + name + "\"\\s+value=\"([^\"]+)\".*", "$1");
    }
  }
}
