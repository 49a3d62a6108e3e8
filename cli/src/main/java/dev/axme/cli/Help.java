package dev.axme.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Lays out help: what it does, how to type it, its own flags; the flags that all commands share
 * once, in the root's.
 */
final class Help {
  private static final int WIDTH = 88;
  private static final List<String> LOOKING = List.of("list", "get", "show", "log", "watch");

  private Help() {}

  static CommandLine tidy(CommandLine line) {
    line.setUsageHelpWidth(WIDTH);
    line.setUsageHelpLongOptionsMaxWidth(30);
    tidy(line.getCommandSpec());
    return line;
  }

  private static void tidy(CommandSpec spec) {
    UsageMessageSpec usage = spec.usageMessage();
    usage.abbreviateSynopsis(true);
    usage.sortOptions(false);
    usage.synopsisHeading("Usage: ");
    usage.descriptionHeading("%n");
    usage.parameterListHeading("%n");
    usage.optionListHeading("%nOptions:%n");
    usage.commandListHeading("%nCommands:%n");
    usage.footerHeading("%n");
    usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, Help::ownOptions);
    usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING, Help::optionHeading);
    if (spec.parent() != null) {
      usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, Help::lookingFirst);
    }
    if (spec.parent() != null && usage.footer().length == 0 && spec.subcommands().isEmpty()) {
      usage.footer("Flags of every command: axme --help");
    }
    spec.subcommands().values().forEach(sub -> tidy(sub.getCommandSpec()));
  }

  /** Commands that only look come before those that change something. */
  private static String lookingFirst(CommandLine.Help help) {
    Map<String, CommandLine.Help> ordered = new LinkedHashMap<>();
    for (String name : LOOKING) {
      if (help.subcommands().containsKey(name)) {
        ordered.put(name, help.subcommands().get(name));
      }
    }
    help.subcommands().forEach(ordered::putIfAbsent);
    return help.commandList(ordered);
  }

  private static String optionHeading(CommandLine.Help help) {
    return own(help).isEmpty() ? "" : help.optionListHeading();
  }

  private static String ownOptions(CommandLine.Help help) {
    List<OptionSpec> own = own(help);
    if (own.isEmpty()) {
      return "";
    }
    TextTable table =
        TextTable.forColumns(
            help.colorScheme(),
            new Column(32, 2, Column.Overflow.SPAN),
            new Column(WIDTH - 32, 0, Column.Overflow.WRAP));
    for (OptionSpec option : own) {
      table.addRowValues(
          Ansi.OFF.text(names(option)), Ansi.OFF.text(String.join(" ", option.description())));
    }
    return table.toString();
  }

  private static String names(OptionSpec option) {
    String names = String.join(", ", option.names());
    return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
  }

  private static List<OptionSpec> own(CommandLine.Help help) {
    return help.commandSpec().options().stream()
        .filter(option -> !option.inherited() && !option.hidden())
        .toList();
  }
}
