package dev.axme.server.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.server.http.Json;
import dev.axme.server.scenarios.StepKind.Assigned;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepKindTest {
  /** The rows of the table one by one, then each row against every later one that would fit. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "DELAY         | NOBODY | 'runtime_type':'delay'",
        "DELAY         | NOBODY | 'tool_id':'tool.internal.delay'",
        "NOTIFICATION  | NOBODY | 'runtime_type':'notification'",
        "NOTIFICATION  | NOBODY | 'tool_id':'tool.internal.notification'",
        "ESCALATION    | NOBODY | 'runtime_type':'escalation'",
        "ESCALATION    | NOBODY | 'tool_id':'tool.internal.escalation'",
        "CONFIGURATION | NOBODY | 'runtime_type':'reminder'",
        "CONFIGURATION | NOBODY | 'runtime_type':'timeout'",
        "HUMAN         | NOBODY | 'tool_id':'tool.approval.human_signoff'",
        "HUMAN         | NOBODY | 'tool_id':'tool.human.approval.v1'",
        "HUMAN         | NOBODY | 'tool_id':'tool.notification.notify_owner'",
        "HUMAN         | NOBODY | 'runtime_type':'human_approval'",
        "HUMAN         | NOBODY | 'human_task':{}",
        "HUMAN         | HUMAN  | 'tool_id':''",
        "AGENT         | AGENT  | 'tool_id':''",
        "AGENT         | AGENT  | 'tool_id':'tool.approval.check_window'",
        "AGENT         | AGENT  | 'tool_id':'tool.anything'",
        "HUMAN         | NOBODY | 'requires_approval':true",
        "NOTHING       | NOBODY | 'tool_id':'tool.anything'",
        "NOTHING       | NOBODY | 'input':{}",
        "DELAY         | NOBODY | 'runtime_type':'delay','tool_id':'tool.internal.notification'",
        "DELAY         | AGENT  | 'runtime_type':'delay','human_task':{},'requires_approval':true",
        "NOTIFICATION  | HUMAN  | 'runtime_type':'notification'",
        "NOTIFICATION  | AGENT  | 'runtime_type':'notification'",
        "NOTIFICATION  | NOBODY | 'runtime_type':'notification','tool_id':'tool.internal.escalation'",
        "HUMAN         | NOBODY | 'runtime_type':'notification','human_task':{}",
        "AGENT         | AGENT  | 'runtime_type':'notification','requires_approval':true",
        "HUMAN         | NOBODY | 'runtime_type':'notification','requires_approval':true",
        "ESCALATION    | HUMAN  | 'runtime_type':'escalation','human_task':{}",
        "ESCALATION    | AGENT  | 'runtime_type':'reminder','tool_id':'tool.internal.escalation'",
        "CONFIGURATION | HUMAN  | 'runtime_type':'reminder','human_task':{}",
        "CONFIGURATION | AGENT  | 'runtime_type':'timeout'",
        "HUMAN         | AGENT  | 'tool_id':'tool.approval.human_signoff'",
        "HUMAN         | AGENT  | 'human_task':{}",
        "HUMAN         | HUMAN  | 'requires_approval':true",
        "AGENT         | AGENT  | 'requires_approval':true"
      })
  void theFirstRowThatFitsSaysWhatAStepIs(StepKind kind, Assigned assigned, String step) {
    assertThat(StepKind.of(read(step), assigned)).isEqualTo(kind);
  }

  private static BundleStep read(String members) {
    String json = "{'step_id':'s'," + members + "}";
    Findings findings = new Findings();
    BundleStep step =
        BundleStep.read(
            new Part(
                Json.readObject(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
                "workflow.steps[0]",
                Shape.STEP,
                findings));
    assertThat(findings.errors()).isEmpty();
    return step;
  }
}
