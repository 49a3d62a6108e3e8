package dev.axme.server.scenarios;

import dev.axme.server.scenarios.Bundle.Flow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/**
 * Where the steps of a workflow lead (protocol section 5.4): to {@code on_success} or else to the
 * step that stands next, and to {@code on_failure} or else nowhere. Steps are told apart by their
 * index.
 */
final class Routing {
  private static final Set<String> ENDS = Set.of("end", "complete");
  private static final String ON_SUCCESS = "on_success";
  private static final int SHOWN = 12;

  private final List<BundleStep> steps;
  private final Findings findings;
  private final Map<String, Integer> byId = new HashMap<>();
  private final List<Optional<Integer>> success = new ArrayList<>();
  private final List<Optional<Integer>> failure = new ArrayList<>();
  private final int entry;

  /** Finds every way that leads nowhere, every circle and every step that nothing leads to. */
  Routing(Flow flow, Findings findings) {
    this.steps = flow.steps();
    this.findings = findings;
    names();
    for (int i = 0; i < steps.size(); i++) {
      BundleStep step = steps.get(i);
      Optional<Integer> next = i + 1 < steps.size() ? Optional.of(i + 1) : Optional.empty();
      success.add(
          step.onSuccess().isPresent() ? named(step.at(ON_SUCCESS), step.onSuccess()) : next);
      failure.add(named(step.at("on_failure"), step.onFailure()));
    }
    entry = named(flow.place() + ".entry_step", flow.entry()).orElse(0);
    circles();
    if (findings.sound()) {
      unreached();
    }
  }

  private void names() {
    for (int i = 0; i < steps.size(); i++) {
      String id = steps.get(i).id();
      Integer first = id.isEmpty() ? null : byId.putIfAbsent(id, i);
      if (first != null) {
        findings.error(
            steps.get(i).at("step_id"),
            "is "
                + id
                + ", as that of "
                + steps.get(first).place()
                + " is: give each step a name of its own.");
      }
    }
  }

  /** The step of that name; empty when nothing is named or the word means the end. */
  private Optional<Integer> named(String place, Optional<String> name) {
    Optional<Integer> step = name.map(byId::get);
    if (name.isPresent() && step.isEmpty() && !ENDS.contains(name.get())) {
      findings.error(
          place,
          "is " + name.get() + ", but no step is called that; name a step_id of the workflow.");
    }
    return step;
  }

  private void circles() {
    Set<Integer> seen = new HashSet<>();
    for (int start = 0; start < steps.size(); start++) {
      SequencedSet<Integer> path = new LinkedHashSet<>();
      Optional<Integer> at = Optional.of(start);
      while (at.isPresent() && seen.add(at.get())) {
        path.add(at.get());
        at = success.get(at.get());
      }
      if (at.isPresent() && path.contains(at.get())) {
        circle(from(path, at.get()));
      }
    }
  }

  private static List<Integer> from(SequencedSet<Integer> path, int first) {
    return path.stream().dropWhile(step -> step != first).toList();
  }

  /** Somewhere a circle leads back; that is the place to change. */
  private void circle(List<Integer> circle) {
    int last = circle.stream().max(Integer::compare).orElseThrow();
    List<String> way = new ArrayList<>();
    int from = circle.indexOf(success.get(last).orElseThrow());
    for (int i = 0; i <= circle.size(); i++) {
      way.add(steps.get(circle.get((from + i) % circle.size())).id());
    }
    findings.error(
        steps.get(last).at(ON_SUCCESS),
        "closes a circle: "
            + String.join(" -> ", way.subList(0, Math.min(SHOWN, way.size())))
            + (way.size() > SHOWN ? " ..." : "")
            + "; let one of them lead on, or to end.");
  }

  private void unreached() {
    Set<Integer> reached = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>();
    if (!steps.isEmpty()) {
      open.add(entry);
    }
    while (!open.isEmpty()) {
      int step = open.remove();
      if (reached.add(step)) {
        success.get(step).ifPresent(open::add);
        failure.get(step).ifPresent(open::add);
      }
    }
    for (int i = 0; i < steps.size(); i++) {
      if (!reached.contains(i)) {
        findings.warning(
            steps.get(i).place(), "is never reached: no step leads to " + steps.get(i).id() + ".");
      }
    }
  }

  /** Where the workflow begins. */
  String entry() {
    return steps.get(entry).id();
  }

  /** The step that follows; empty when the workflow is done. */
  Optional<String> onSuccess(int step) {
    return success.get(step).map(i -> steps.get(i).id());
  }

  /** The step that follows a failure; empty when the workflow fails with it. */
  Optional<String> onFailure(int step) {
    return failure.get(step).map(i -> steps.get(i).id());
  }
}
