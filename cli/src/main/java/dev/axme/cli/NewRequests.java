package dev.axme.cli;

import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.AxmeException;
import dev.axme.sdk.Intent;
import dev.axme.sdk.IntentQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells whoever started the server that somebody waits: one line per new request, with the link
 * that opens it. It asks the server as any client does, and a crowd of requests becomes one line.
 */
final class NewRequests implements Runnable {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int SHOWN = 10;

  private final Cli cli;
  private final Serving serving;
  private final AxmeClient client;
  private final CountDownLatch stopped;
  private String newest = "";

  NewRequests(Cli cli, Serving serving, String key, CountDownLatch stopped) {
    this.cli = cli;
    this.serving = serving;
    this.stopped = stopped;
    this.client =
        AxmeClient.builder()
            .baseUrl(serving.baseUrl())
            .apiKey(key)
            .clientName("axme-up/" + Cli.VERSION)
            .retryFor(Duration.ZERO)
            .build();
  }

  @Override
  public void run() {
    boolean first = true;
    do {
      List<Intent> fresh = fresh();
      if (!first) {
        fresh.stream().limit(SHOWN).forEach(this::show);
        if (fresh.size() > SHOWN) {
          cli.print("          and more: " + cli.prose("`axme tasks list`"));
        }
      }
      first = false;
    } while (!stops());
  }

  /** What came since the last look; a server that does not answer now has nothing new. */
  private List<Intent> fresh() {
    List<Intent> fresh = new ArrayList<>();
    try {
      IntentQuery waiting = IntentQuery.newest().withStatus("WAITING").withLimit(SHOWN + 1);
      for (Intent intent : client.list(waiting).items()) {
        if (intent.id().toString().compareTo(newest) > 0 && intent.humanTask().isPresent()) {
          fresh.add(intent);
        }
      }
    } catch (AxmeException notNow) {
      return fresh;
    }
    if (!fresh.isEmpty()) {
      newest = fresh.getFirst().id().toString();
    }
    return fresh.reversed();
  }

  private void show(Intent intent) {
    cli.print(
        cli.ink().faint(Words.clock(intent.createdAt()))
            + "  "
            + Words.safe(Words.shortName(intent.from()))
            + " asks: "
            + cli.ink().bold(Words.safe(Words.cut(intent.title(), 60)))
            + "\n          "
            + serving.baseUrl()
            + "/tasks/"
            + intent.id());
  }

  private boolean stops() {
    try {
      return stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
