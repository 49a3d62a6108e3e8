package dev.axme.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How an end reads. */
class ResultTest {
  private static final String ID = "0199aaaa-0000-7000-8000-000000000001";

  @Test
  void aYesNamesWhoSaidIt() {
    Result result =
        end("COMPLETED", "{\"approved\":true,\"outcome\":\"approved\",\"decided_by\":\"alice\"}");

    assertThat(result).isInstanceOf(Result.Approved.class);
    assertThat(result.sentence()).isEqualTo("Approved by alice.");
  }

  @Test
  void aNoIsNotAFailure() {
    Result result =
        end("FAILED", "{\"approved\":false,\"outcome\":\"rejected\",\"comment\":\"too risky\"}");

    assertThat(result).isInstanceOf(Result.Rejected.class);
    assertThat(result.sentence()).isEqualTo("Rejected: too risky");
  }

  @Test
  void expiredCanceledFailedAndCompletedAreFourDifferentThings() {
    assertThat(end("TIMED_OUT", "{}")).isInstanceOf(Result.Expired.class);
    assertThat(end("CANCELED", "{}")).isInstanceOf(Result.Canceled.class);
    assertThat(end("FAILED", "{}")).isInstanceOf(Result.Failed.class);
    assertThat(end("COMPLETED", "{\"pages\":42}")).isInstanceOf(Result.Completed.class);
  }

  private static Result end(String status, String data) {
    return Result.of(
        IntentEvent.of(
            new Fields(
                Json.parseObject(
                    "{\"intent_id\":\""
                        + ID
                        + "\",\"seq\":5,\"event_type\":\"intent.x\",\"status\":\""
                        + status
                        + "\",\"at\":\"2026-11-24T10:00:00Z\",\"details\":{},\"data\":"
                        + data
                        + "}"))));
  }
}
