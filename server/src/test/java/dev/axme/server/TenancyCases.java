package dev.axme.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each route is about, for {@link TenancyTest}: who may be told what. */
final class TenancyCases {
  /**
   * Method, pattern, kind, what else may be answered, body. The kinds: <i>named</i> has a real id
   * of the first workspace in its path; <i>own</i> answers about the caller's own workspace;
   * <i>echo</i> takes such an id as one that nobody knows, and makes a record of the caller's own;
   * <i>open</i> is for everybody; <i>page</i> and <i>ownpage</i> are the same for browsers.
   */
  private static final String CASES =
      """
      POST   /v1/intents                                   own     -    {"intent_type":"a.b.v1"}
      GET    /v1/intents                                   own     -
      GET    /v1/intents/{id}                              named   -
      GET    /v1/intents/{id}/events                       named   -
      GET    /v1/intents/{id}/events/stream                named   -
      GET    /v1/intents/{id}/notifications                named   -
      POST   /v1/intents/{id}/resume                       named   -    {"approved":true}
      POST   /v1/intents/{id}/resolve                      named   -    {"status":"CANCELED"}
      POST   /v1/intents/{id}/controls                     named   -    {"controls_patch":{"a":1}}
      POST   /v1/intents/{id}/links/revoke                 named   -
      POST   /v1/intents/{id}/policy                       named   -    {"grants_patch":{"a":1}}
      GET    /v1/intents/{id}/deliveries                   named   -
      POST   /v1/intents/{id}/deliveries/{delivery_id}/replay named -
      GET    /v1/outbox                                    own     -
      GET    /v1/outbox/{delivery_id}                      named   -
      POST   /v1/outbox/{delivery_id}/replay               named   -
      POST   /v1/scenarios/apply                           own     -    {"scenario_id":"a.b","intent":{"type":"a.b.v1"}}
      POST   /v1/scenarios/validate                        own     -    {"scenario_id":"a.b"}
      GET    /v1/tool-registry/macros                      own     -
      GET    /v1/tool-registry/macros/{macro_id}           own     -
      GET    /v1/me/tasks                                  own     -
      GET    /v1/me                                        own     -
      GET    /v1/portal/personal/context                   own     -
      POST   /v1/portal/personal/workspace-selection       named   -    {"workspace_id":"WORKSPACE"}
      GET    /v1/auth/sessions                             own     -
      POST   /v1/portal/personal/profile                   own     -    {"display_name":"Mallory"}
      GET    /v1/people                                    own     -
      POST   /v1/people                                    own     -    {"email":"mallory@example.com"}
      POST   /v1/sign-in-links                             named   -    {"email":"owner@localhost"}
      POST   /v1/organizations                             own     -    {"name":"Mallory Inc"}
      GET    /v1/organizations/{org_id}                    named   -
      PATCH  /v1/organizations/{org_id}                    named   -    {"name":"Mallory's now"}
      GET    /v1/organizations/{org_id}/workspaces         named   -
      POST   /v1/organizations/{org_id}/workspaces         named   -    {"name":"spy","environment":"staging"}
      PATCH  /v1/organizations/{org_id}/workspaces/{workspace_id} named - {"name":"Mallory's now"}
      GET    /v1/service-accounts                          own     -
      POST   /v1/service-accounts                          own     -    {"name":"mallory-bot"}
      GET    /v1/service-accounts/{id...}                     named   -
      PATCH  /v1/service-accounts/{id...}                     named   -    {"status":"suspended"}
      DELETE /v1/service-accounts/{id...}                     named   -
      GET    /v1/service-accounts/{id...}/keys                named   -
      POST   /v1/service-accounts/{id...}/keys                named   -
      POST   /v1/service-accounts/{id...}/keys/{key_id}/revoke named  -
      GET    /v1/agents                                    own     -
      GET    /v1/agents/{address...}                       named   -
      GET    /v1/agents/{address...}/intents/stream        named   -
      GET    /v1/inbox                                     own     -
      GET    /v1/inbox/changes                             own     -
      GET    /v1/inbox/{thread_id}                         named   -
      POST   /v1/inbox/{thread_id}/reply                   echo    -    {"message":"spy"}
      POST   /v1/inbox/{thread_id}/read                    echo    -
      POST   /v1/inbox/{thread_id}/delegate                echo    -    {"delegate_to":"mallory"}
      POST   /v1/inbox/{thread_id}/approve                 echo    -    {}
      POST   /v1/inbox/{thread_id}/reject                  echo    -    {}
      POST   /v1/inbox/{thread_id}/messages/delete         echo    -    {"mode":"both","limit":1}
      POST   /v1/approvals/{approval_id}/decision          echo    -    {"decision":"approve"}
      POST   /v1/webhooks/subscriptions                    own     -    {"callback_url":"https://a.test/","event_types":["*"]}
      GET    /v1/webhooks/subscriptions                    own     -
      DELETE /v1/webhooks/subscriptions/{subscription_id}  named   -
      POST   /v1/webhooks/subscriptions/{subscription_id}/rotate named -
      POST   /v1/webhooks/subscriptions/{subscription_id}/test named -
      GET    /v1/webhooks/subscriptions/{subscription_id}/attempts named -
      POST   /v1/webhooks/events                           own     -    {"event_type":"invite.accepted","source":"spy","payload":{}}
      POST   /v1/webhooks/events/{event_id}/replay         named   -
      GET    /v1/capabilities                              own     -
      POST   /v1/alpha/bootstrap                           open    422
      GET    /health                                       open    200
      GET    /v1/health                                    open    200
      GET    /health/live                                  open    200
      GET    /health/ready                                 open    200
      GET    /version                                      open    200
      GET    /metrics                                      open    200
      GET    /openapi.json                                 open    200
      GET    /                                             open    303
      GET    /assets/{name}                                open    404
      GET    /sign-in                                      open    200,303
      GET    /sign-in/{token}                              open    410
      POST   /sign-in/{token}                              open    410,303 token=TOKEN
      POST   /theme                                        open    303  theme=dark
      POST   /sign-out                                     page    303,403
      GET    /tasks                                        ownpage -
      GET    /tasks/{id}                                   page    -
      GET    /tasks/{id}/payload                           page    -
      POST   /tasks/{id}                                   page    403  outcome=approved&csrf=CSRF
      GET    /t/{token}                                    open    404
      POST   /t/{token}                                    open    404  outcome=approved
      GET    /t/{token}/payload                            open    404
      """;

  private TenancyCases() {}

  /** A row of the table. */
  record Case(String method, String pattern, String kind, List<Integer> may, String body) {
    static Case of(String line) {
      String[] parts = line.split(" +", 5);
      List<Integer> may = new ArrayList<>();
      for (String status : parts[3].split(",", -1)) {
        if (!status.equals("-")) {
          may.add(Integer.valueOf(status));
        }
      }
      return new Case(parts[0], parts[1], parts[2], may, parts.length > 4 ? parts[4] : "");
    }

    String name() {
      return method + " " + pattern;
    }
  }

  /** By method and pattern. */
  static Map<String, Case> all() {
    Map<String, Case> cases = new LinkedHashMap<>();
    CASES.lines().map(Case::of).forEach(c -> cases.put(c.name(), c));
    return cases;
  }
}
