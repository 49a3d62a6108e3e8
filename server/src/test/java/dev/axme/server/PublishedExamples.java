package dev.axme.server;

/** Scenarios in the shapes of the five that {@code examples run} brings along. */
final class PublishedExamples {
  static final String DELIVERY_STREAM =
      """
      {"scenario_id":"delivery.stream","title":"One agent","description":"It builds a report.",
       "agents":[{"role":"reporter","address":"stream-report-agent","display_name":"Report Agent",
                  "delivery_mode":"stream","create_if_missing":true}],
       "workflow":{"steps":[{"step_id":"build","tool_id":"tool.agent.task.v1",
                             "assigned_to":"reporter","step_deadline_seconds":60}]},
       "intent":{"type":"report.build.v1","payload":{"report":"weekly","month":11},
                 "max_delivery_attempts":3}}
      """;

  static final String HUMAN_CLI =
      """
      {"scenario_id":"human.cli","title":"Check, then sign off",
       "agents":[{"role":"checker","address":"cli-check-agent","display_name":"Change Checker",
                  "delivery_mode":"stream","create_if_missing":true}],
       "humans":[{"role":"operator","display_name":"Operator"}],
       "workflow":{"entry_step":"check","steps":[
         {"step_id":"check","tool_id":"tool.agent.task.v1","assigned_to":"checker",
          "step_deadline_seconds":60,"on_success":"sign_off"},
         {"step_id":"sign_off","tool_id":"tool.approval.human_signoff","assigned_to":"operator",
          "requires_approval":true,"step_deadline_seconds":3600,"remind_after_seconds":600,
          "remind_interval_seconds":600,"max_reminders":3,
          "human_task":{"title":"Deploy 2.3?","task_type":"approval",
                        "allowed_outcomes":["approved","rejected"]},
          "on_success":"complete"}]},
       "intent":{"type":"change.check.v1","payload":{"change":"CHG-7","service":"api"}}}
      """;

  static final String HUMAN_EMAIL =
      """
      {"scenario_id":"human.email","title":"Check, then ask by mail",
       "agents":[{"role":"budget","address":"email-budget-agent","display_name":"Budget Agent",
                  "delivery_mode":"stream","create_if_missing":true}],
       "humans":[{"role":"manager","display_name":"Manager"}],
       "workflow":{"steps":[
         {"step_id":"validate","tool_id":"tool.agent.task.v1","assigned_to":"budget",
          "step_deadline_seconds":60,"on_success":"approve"},
         {"step_id":"approve","tool_id":"tool.human.approval.v1","assigned_to":"manager",
          "step_deadline_seconds":86400,
          "human_task":{"title":"Approve the budget","notify_email":"manager@example.test",
            "form_schema":{"type":"object","required":["approved"],
              "properties":{"approved":{"type":"boolean"},"notes":{"type":"string"}}}},
          "on_success":"complete"}]},
       "intent":{"type":"budget.approve.v1","payload":{"amount":12000,"currency":"EUR"}}}
      """;

  static final String INTERNAL_TIMEOUT =
      """
      {"scenario_id":"internal.timeout","title":"Nobody answers",
       "agents":[{"role":"worker","address":"timeout-worker-agent","display_name":"Slow Worker",
                  "delivery_mode":"stream","create_if_missing":true}],
       "workflow":{"steps":[{"step_id":"work","tool_id":"tool.agent.task.v1",
                             "assigned_to":"worker","step_deadline_seconds":15}]},
       "intent":{"type":"work.slow.v1","payload":{"job":1}}}
      """;

  static final String FULL_MULTI_AGENT =
      """
      {"scenario_id":"full.multi_agent","title":"Two agents and a person",
       "agents":[{"role":"compliance","address":"compliance-checker-agent",
                  "display_name":"Compliance Checker","delivery_mode":"stream",
                  "create_if_missing":true},
                 {"role":"risk","address":"risk-assessment-agent",
                  "display_name":"Risk Assessment","delivery_mode":"stream",
                  "create_if_missing":true}],
       "humans":[{"role":"operations","display_name":"Operations"}],
       "workflow":{"entry_step":"compliance","steps":[
         {"step_id":"compliance","tool_id":"tool.agent.task.v1","assigned_to":"compliance",
          "step_deadline_seconds":60,"on_success":"risk"},
         {"step_id":"risk","tool_id":"tool.agent.task.v1","assigned_to":"risk",
          "step_deadline_seconds":60,"on_success":"sign_off"},
         {"step_id":"sign_off","tool_id":"tool.approval.human_signoff","assigned_to":"operations",
          "requires_approval":true,"step_deadline_seconds":3600,
          "human_task":{"title":"Sign off the change","notify_email":"operations@example.test"},
          "on_success":"complete"}]},
       "intent":{"type":"change.assess.v1","payload":{"change":"CHG-9","region":"eu"}}}
      """;

  private PublishedExamples() {}
}
