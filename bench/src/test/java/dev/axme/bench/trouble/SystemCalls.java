package dev.axme.bench.trouble;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code strace -f -tt -y -o FILE} recorded, oldest first. Where calls of two threads are
 * related (one waits for the other), the order of the lines is the order of what happened.
 */
final class SystemCalls {
  private static final Pattern LINE = Pattern.compile("(\\d+) +\\d\\d:\\d\\d:[\\d.]+ (.*)");
  private static final String UNFINISHED = " <unfinished ...>";
  private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");
  private static final Pattern CALL =
      Pattern.compile("(\\w+)\\((\\d+<[^>]*>)?(.*)\\) += (-?\\d+).*", Pattern.DOTALL);

  private static final Set<String> READS = Set.of("read", "readv", "recvfrom", "recvmsg");
  private static final Set<String> WRITES =
      Set.of("write", "writev", "sendto", "sendmsg", "pwrite64", "pwritev");
  private static final Set<String> SYNCS = Set.of("fsync", "fdatasync");

  private final List<Call> calls;

  private SystemCalls(List<Call> calls) {
    this.calls = calls;
  }

  /**
   * One call.
   *
   * @param file what it was about, as {@code 54<socket:[93511]>}; empty when it was no file
   * @param begun the number of the line on which it began
   * @param ended the number of the line on which it was over
   */
  record Call(String name, String file, String rest, long result, int begun, int ended) {
    boolean reads(String start) {
      return READS.contains(name) && rest.contains("\"" + start);
    }

    boolean writes(String start) {
      return WRITES.contains(name) && rest.contains("\"" + start);
    }

    boolean ofLog() {
      return file.endsWith("-wal>");
    }

    boolean writesLog() {
      return WRITES.contains(name) && ofLog() && result > 0;
    }

    boolean syncsLog() {
      return SYNCS.contains(name) && ofLog() && result == 0;
    }
  }

  /** A request and its answer on one connection, and whether the log was synced between them. */
  record Exchange(Call request, Call answer, boolean durable) {}

  static SystemCalls parse(List<String> lines) {
    var calls = new ArrayList<Call>();
    Map<String, String> open = new HashMap<>();
    Map<String, Integer> begun = new HashMap<>();
    for (int number = 0; number < lines.size(); number++) {
      Matcher line = LINE.matcher(lines.get(number));
      if (!line.matches()) {
        continue;
      }
      String thread = line.group(1);
      String text = line.group(2);
      if (text.endsWith(UNFINISHED)) {
        open.put(thread, text.substring(0, text.length() - UNFINISHED.length()));
        begun.put(thread, number);
        continue;
      }
      int from = number;
      Matcher resumed = RESUMED.matcher(text);
      if (resumed.matches()) {
        text = Optional.ofNullable(open.remove(thread)).orElse("") + resumed.group(1);
        from = Optional.ofNullable(begun.remove(thread)).orElse(number);
      }
      call(text, from, number).ifPresent(calls::add);
    }
    return new SystemCalls(calls);
  }

  private static Optional<Call> call(String text, int begun, int ended) {
    Matcher m = CALL.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    String file = Optional.ofNullable(m.group(2)).orElse("");
    long result = Long.parseLong(m.group(4));
    return Optional.of(new Call(m.group(1), file, m.group(3), result, begun, ended));
  }

  /** The answered requests that begin with this text, such as {@code POST /v1/intents }. */
  List<Exchange> exchanges(String requestStart) {
    var found = new ArrayList<Exchange>();
    for (Call request : calls) {
      if (request.reads(requestStart)) {
        first(c -> c.file.equals(request.file) && c.writes("HTTP/1.1 "), request.ended)
            .ifPresent(
                answer -> found.add(new Exchange(request, answer, durable(request, answer))));
      }
    }
    return found;
  }

  /** After the request came, the log was written, and then synced, before the answer left. */
  private boolean durable(Call request, Call answer) {
    return first(Call::writesLog, request.ended)
        .flatMap(written -> first(Call::syncsLog, written.ended))
        .filter(synced -> synced.ended < answer.begun)
        .isPresent();
  }

  private Optional<Call> first(Predicate<Call> wanted, int after) {
    return calls.stream().filter(c -> c.begun > after && wanted.test(c)).findFirst();
  }
}
