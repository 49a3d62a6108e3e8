package dev.axme.server.mail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.axme.core.Assignee;
import dev.axme.core.Author;
import dev.axme.core.Decision;
import dev.axme.core.HumanTask;
import dev.axme.core.Notice;
import dev.axme.core.Person;
import dev.axme.core.TaskId;
import dev.axme.core.Work;
import dev.axme.core.WorkspaceId;
import dev.axme.server.web.Shown;
import dev.axme.store.Directory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whom a notice reaches, by e-mail address, as the directory has people now. */
final class Recipients {
  /** Where a task names an address to be told that need not be anybody's here. */
  private static final String NOTIFY = "notify_email";

  private final List<Person> people;

  Recipients(Directory directory, WorkspaceId workspace) {
    this.people =
        directory.people(workspace).stream()
            .map(row -> new Person(row.id(), row.email(), row.name(), row.roles()))
            .toList();
  }

  /** Whoever is told of a question that waits. */
  List<String> asked(Shown shown, Notice.Kind kind) {
    HumanTask task = shown.task();
    Set<String> all = new LinkedHashSet<>();
    if (kind == Notice.Kind.ESCALATED) {
      task.escalatedTo().ifPresent(to -> all.addAll(of(to)));
    } else {
      notify(shown.document()).ifPresent(all::add);
      task.assignees().forEach(a -> all.addAll(of(a)));
    }
    // A question that names nobody, or nobody who is here, waits for those who run the place.
    return List.copyOf(all.isEmpty() ? admins() : all);
  }

  private static Optional<String> notify(JsonNode document) {
    return Optional.ofNullable(document.path(NOTIFY).textValue())
        .map(email -> email.strip().toLowerCase(Locale.ROOT))
        .filter(email -> !email.isEmpty());
  }

  /** Whoever was told of a question, except the one who answered it. */
  static List<String> told(Shown shown) {
    TaskId task = shown.task().id();
    Optional<String> by =
        shown
            .task()
            .decision()
            .map(Decision::by)
            .filter(a -> a.kind() == Author.Kind.PERSON)
            .map(Author::ref);
    return Noted.in(shown.appends(), shown.intent().id()).stream()
        .map(Noted::event)
        .filter(n -> n.notice().task().equals(Optional.of(task)))
        .filter(n -> n.fate() instanceof Notice.Fate.Sent)
        .flatMap(n -> n.notice().to().stream())
        .filter(to -> by.filter(to::equalsIgnoreCase).isEmpty())
        .distinct()
        .toList();
  }

  /** Whoever a workflow's step tells something. */
  List<String> named(Work work, JsonNode config) {
    return switch (work) {
      case Work.Escalation escalation -> of(escalation.to());
      case Work.Notification _ -> named(config);
      case Work.Agent _, Work.Human _, Work.Delay _, Work.Configure _, Work.Nothing _ -> List.of();
    };
  }

  private List<String> named(JsonNode config) {
    JsonNode channels = config.path("channels");
    if (channels.isArray() && !channels.isEmpty() && !holds(channels, "email")) {
      return List.of();
    }
    List<String> all = new ArrayList<>();
    JsonNode to = config.path("to");
    for (JsonNode name : to.isArray() ? to : List.of(to)) {
      String text = name.asText("").strip().toLowerCase(Locale.ROOT);
      if (!text.isEmpty()) {
        all.addAll(
            of(text.contains("@") ? new Assignee.Email(text) : new Assignee.Role(role(text))));
      }
    }
    return all.stream().distinct().toList();
  }

  private static boolean holds(JsonNode list, String word) {
    for (JsonNode item : list) {
      if (item.asText("").equalsIgnoreCase(word)) {
        return true;
      }
    }
    return false;
  }

  private static String role(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private List<String> of(Assignee assignee) {
    return switch (assignee) {
      case Assignee.Email email -> List.of(email.email());
      case Assignee.Role _ ->
          people.stream().filter(assignee::names).map(Person::email).distinct().toList();
    };
  }

  private List<String> admins() {
    return people.stream().filter(Person::admin).map(Person::email).distinct().toList();
  }
}
