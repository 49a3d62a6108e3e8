package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.cli.Typed.At;
import dev.axme.sdk.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workflow as a diagram, from its file alone. */
class WorkflowGraphTest {
  @TempDir private Path home;

  @Test
  void everyKindOfStepHasItsShapeAndEveryWayItsEdge() {
    String diagram =
        diagram(
            """
            {'scenario_id':'refund.big','title':'Refund','intent':{'type':'refund'},
             'agents':[{'role':'checker','address':'compliance','display_name':'Compliance'}],
             'humans':[{'role':'lead','display_name':'Team lead'}],
             'workflow':{'entry_step':'check','steps':[
              {'step_id':'check','assigned_to':'checker','requires_approval':true,
               'step_deadline_seconds':120,'retry':{'max_retries':2,'retry_delay_seconds':30},
               'on_failure':'tell'},
              {'step_id':'pause','runtime_type':'delay','runtime_config':{'seconds':90}},
              {'step_id':'sign','tool_id':'tool.approval.human_signoff','assigned_to':'lead',
               'human_task':{'title':'Pay?'},'step_deadline_seconds':86400,'escalate_to':'cfo',
               'remind_after_seconds':3600,'on_success':'end'},
              {'step_id':'tell','tool_id':'tool.internal.notification','config':{'to':'ann@example.org'}},
              {'step_id':'up','runtime_type':'escalation','escalate_to':'cfo'},
              {'step_id':'nag','runtime_type':'reminder','remind_after_seconds':60},
              {'step_id':'limit','runtime_type':'timeout','runtime_config':{'seconds':7200}},
              {'step_id':'note','tool_id':'tool.other'}]}}""");

    assertThat(diagram)
        .isEqualTo(
            """
            flowchart TD
              start(["Refund"])
              s1["check<br/>agent Compliance<br/>tried 2 more times, after 30 seconds<br/>within 2 minutes"]
              s1a{{"check.approval<br/>human approver"}}
              s2("pause<br/>wait 90 seconds")
              s3{{"sign<br/>human Team lead<br/>Pay?<br/>within 1 day<br/>reminder after 1 hour<br/>then escalates to cfo"}}
              s4>"tell<br/>notify ann@example.org"]
              s5>"up<br/>escalate to cfo"]
              s6[/"nag<br/>set reminders<br/>reminder after 1 minute"/]
              s7[/"limit<br/>set deadline 2 hours"/]
              s8[["note<br/>tool.other"]]
              done(["completed"])
              failed(["failed"])
              start --> s1
              s1 --> s1a
              s1a -. rejected .-> s4
              s1a --> s2
              s1 -. fails or late .-> s4
              s2 --> s3
              s3 --> done
              s3 -. rejected or late .-> failed
              s4 --> s5
              s5 --> s6
              s6 --> s7
              s7 --> s8
              s8 --> done
            """);
  }

  @Test
  void whatPeopleWriteIsNeverTakenForMarkup() {
    String diagram =
        diagram(
            """
            {'title':'a \\"b\\" <b>c</b> #1 & `d`','workflow':{'steps':[
              {'step_id':'x]-->y','human_task':{'title':'line\\none'}}]}}""");

    assertThat(diagram)
        .contains("start([\"a #34;b#34; #60;b#62;c#60;/b#62; #35;1 #38; #96;d#96;\"])")
        .contains("s1{{\"x]--#62;y<br/>human approver<br/>line one\"}}");
  }

  @Test
  void aWayToNowhereShowsAsSuch() {
    String diagram =
        diagram(
            "{'workflow':{'steps':[{'step_id':'a','assigned_to':'agent://x','on_success':'b'}]}}");

    assertThat(diagram).contains("s2[\"no such step<br/>b\"]").contains("s1 --> s2");
  }

  @Test
  void aPersonIsKnownByTheirAddressAndAsTheOnlyOneThereIs() {
    String diagram =
        diagram(
            """
            {'humans':[{'role':'boss','display_name':'The boss'}],'workflow':{'steps':[
              {'step_id':'a','assigned_to':'ann@example.org'},
              {'step_id':'b','runtime_type':'human_approval'},
              {'step_id':'c','assigned_to':'agent://agent_core'}]}}""");

    assertThat(diagram)
        .contains(
            "s1{{\"a<br/>human ann@example.org\"}}",
            "s2{{\"b<br/>human The boss\"}}",
            "s3[[\"c<br/>passes on\"]]");
  }

  @Test
  void withoutStepsItIsOneBox() {
    assertThat(diagram("{'agents':[{'role':'r','address':'worker'}],'intent':{'type':'t'}}"))
        .contains("s1[\"worker\"]", "start --> s1", "s1 --> done");
    assertThat(diagram("{'workflow':{'macro_id':'macro.approval.single.v1'}}"))
        .contains("s1[[\"macro.approval.single.v1\"]]");
  }

  @Test
  void theCommandNeedsNoServerAndNamesWhatItCannotRead() throws IOException {
    Path file = Files.writeString(home.resolve("s.json"), "{\"workflow\":{\"macro_id\":\"m.v1\"}}");
    Path broken = Files.writeString(home.resolve("b.json"), "{\n \"workflow\": [,]}");
    At shell = At.home(home).with("AXME_BASE_URL", "http://127.0.0.1:1");

    Typed graph = shell.axme("scenarios", "graph", file.toString());
    Typed bad = shell.axme("scenarios", "graph", broken.toString());
    Typed none = shell.axme("scenarios", "graph", home.resolve("none.json").toString());

    assertThat(graph.exitCode()).isZero();
    assertThat(graph.out()).startsWith("flowchart TD\n");
    assertThat(graph.err()).contains("the steps of m.v1 are the server's");
    assertThat(bad.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(bad.err()).contains("b.json").contains("line 2, column 15");
    assertThat(none.exitCode()).isEqualTo(Exit.USAGE);
    assertThat(none.err()).contains("There is no file");
  }

  private static String diagram(String json) {
    return WorkflowGraph.of(JsonView.of(Json.parseObject(json.replace('\'', '"')))).mermaid();
  }
}
