package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/**
 * The help of every command is what the golden files say. Change it with {@code -Dgolden.update}.
 */
class HelpTest {
  private static final Path GOLDEN = Path.of("src", "test", "golden", "help");

  @TestFactory
  Stream<DynamicTest> helpOfEveryCommandIsAsAgreed() {
    List<String> commands = new ArrayList<>();
    collect(Commands.all(new Cli(shell(new ByteArrayOutputStream()), new Root())), "", commands);
    return commands.stream()
        .map(
            command ->
                DynamicTest.dynamicTest("axme" + command + " --help", () -> compare(command)));
  }

  private static void collect(CommandLine line, String path, List<String> into) {
    into.add(path);
    line.getSubcommands().values().stream()
        .distinct()
        .sorted((one, other) -> one.getCommandName().compareTo(other.getCommandName()))
        .forEach(sub -> collect(sub, path + " " + sub.getCommandName(), into));
  }

  private static void compare(String command) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String[] args = (command + " --help").strip().split(" ", -1);

    int exitCode = Main.run(shell(out), args);

    String help = out.toString(StandardCharsets.UTF_8);
    Path golden = GOLDEN.resolve(("axme" + command).replace(' ', '-') + ".txt");
    if (System.getProperty("golden.update") != null) {
      Files.createDirectories(GOLDEN);
      Files.writeString(golden, help);
    }
    assertThat(exitCode).isZero();
    assertThat(golden).hasContent(help);
  }

  private static Shell shell(ByteArrayOutputStream out) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return new Shell(
        stream, stream, new ByteArrayInputStream(new byte[0]), Map.of(), false, "axme");
  }
}
