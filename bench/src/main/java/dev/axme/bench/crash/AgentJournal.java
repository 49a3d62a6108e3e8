package dev.axme.bench.crash;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one agent saw and did, in order. All that a killed agent leaves is this file. */
record AgentJournal(Agent agent, List<Entry> entries) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  AgentJournal {
    entries = List.copyOf(entries);
  }

  /**
   * One line: exactly one of these.
   *
   * @param since a connection began, with this number
   * @param delivery a delivery came on it
   * @param sending a call is about to be sent
   * @param answer a call was answered
   */
  record Entry(
      @Nullable Long since,
      @Nullable Delivery delivery,
      @Nullable Call sending,
      Call.@Nullable Answer answer) {
    static Entry connected(long since) {
      return new Entry(since, null, null, null);
    }

    static Entry of(Delivery delivery) {
      return new Entry(null, delivery, null, null);
    }

    static Entry of(Call sending) {
      return new Entry(null, null, sending, null);
    }

    static Entry of(Call.Answer answer) {
      return new Entry(null, null, null, answer);
    }
  }

  static AgentJournal read(Agent agent, Path file) throws IOException {
    var entries = new ArrayList<Entry>();
    for (String line : Files.readAllLines(file)) {
      entries.add(entry(line));
    }
    return new AgentJournal(agent, entries);
  }

  private static Entry entry(String line) {
    try {
      return MAPPER.readValue(line, Entry.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Expected a line of a journal, found: " + line, e);
    }
  }

  /** The calls that were begun and whose answer never came, the oldest first. */
  List<Call> unanswered() {
    Map<String, Call> open = new LinkedHashMap<>();
    for (Entry entry : entries) {
      Optional.ofNullable(entry.sending()).ifPresent(call -> open.put(call.key(), call));
      Optional.ofNullable(entry.answer()).ifPresent(answer -> open.remove(answer.call().key()));
    }
    return List.copyOf(open.values());
  }

  /** The calls that were answered. */
  List<Call.Answer> answers() {
    return entries.stream().flatMap(e -> Optional.ofNullable(e.answer()).stream()).toList();
  }

  /** How many deliveries came, again and again counted. */
  long deliveries() {
    return entries.stream().filter(e -> e.delivery() != null).count();
  }
}
