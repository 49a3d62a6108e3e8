package dev.axme.bench.load;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Creates approvals without end, as the shortest approval of the protocol does (PROTOCOL 6.7): a
 * body of about 600 bytes, with a correlation id as random as the published clients make it.
 */
public final class Creates implements Traffic {
  /** The body; its hole is the correlation id. */
  public static final String BODY =
      """
      {"intent_type":"human_approval","to_agent":"agent://approver","correlation_id":"%s",\
      "payload":{"task":"Transfer 12,500.00 EUR to Contoso Logistics GmbH for invoice 2026-1187",\
      "risk_level":"high","amount":12500.00,"currency":"EUR",\
      "to":{"name":"Contoso Logistics GmbH","iban":"DE89370400440532013000","bic":"COBADEFFXXX"},\
      "invoice":"2026-1187","reason":"The agent matched the invoice to purchase order PO-55821 and \
      the goods receipt of 11 November; the three-way match is complete.",\
      "flags":["new_payee","amount_over_limit"],"run":"run_01JD4K7M2N8P"}}"""
          .formatted(RequestTemplate.HOLE);

  private final RequestTemplate template;
  private final SplittableRandom random = new SplittableRandom();
  private final Consumer<String> created;

  private Creates(RequestTemplate template, Consumer<String> created) {
    this.template = template;
    this.created = created;
  }

  /** Creates with this key, each under its own idempotency key when {@code idempotent}. */
  public static Creates on(URI server, String apiKey, boolean idempotent) {
    return new Creates(template(server, apiKey, idempotent), id -> {});
  }

  /** As {@link #on}, keeping the ids of what was created. */
  public static Creates collecting(URI server, String apiKey, List<String> ids) {
    return new Creates(template(server, apiKey, false), ids::add);
  }

  /** Creates a number of approvals over 64 connections and answers their ids. */
  public static List<String> make(URI server, String apiKey, int count) throws java.io.IOException {
    var ids = new ArrayList<String>(count);
    var all = new Creates(template(server, apiKey, false), ids::add);
    var limited =
        new Traffic() {
          private int sent;

          @Override
          public boolean next(int connection, ByteBuffer out) {
            return sent++ < count && all.next(connection, out);
          }

          @Override
          public void answered(int connection, int status, AnswerBody body) {
            all.answered(connection, status, body);
          }
        };
    var long1 = java.time.Duration.ofHours(1);
    HttpLoop.run(server, Math.min(64, count), limited, long1, long1, (passed, answers) -> {});
    return ids;
  }

  private static RequestTemplate template(URI server, String apiKey, boolean idempotent) {
    String key = idempotent ? "Idempotency-Key: " + RequestTemplate.HOLE + "\r\n" : "";
    return RequestTemplate.post(server, "/v1/intents", "x-api-key: " + apiKey + "\r\n" + key, BODY);
  }

  @Override
  public boolean next(int connection, ByteBuffer out) {
    template.fill(out, random);
    return true;
  }

  @Override
  public void answered(int connection, int status, AnswerBody body) {
    if (status / 100 == 2) {
      created.accept(body.string("intent_id"));
    } else if (status != 503) {
      throw new IllegalStateException("Create answered " + status + ": " + body.text());
    }
  }
}
