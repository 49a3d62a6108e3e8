package dev.axme.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The arrows between the modules and the few packages that hide a library. */
class ArchitectureTest {
  private static final String CORE = "dev.axme.core..";
  private static final String STORE = "dev.axme.store..";
  private static final String ENGINE = "dev.axme.engine..";
  private static final String CHANNELS = "dev.axme.channels..";
  private static final String SERVER = "dev.axme.server..";
  private static final String SDK = "dev.axme.sdk..";
  private static final String CLI = "dev.axme.cli..";

  private static final List<ArchRule> RULES =
      List.of(
          doNotSee(CORE, STORE, ENGINE, CHANNELS, SERVER, SDK, CLI),
          doNotSee(STORE, ENGINE, CHANNELS, SERVER, SDK, CLI),
          doNotSee(ENGINE, CHANNELS, SERVER, SDK, CLI),
          doNotSee(CHANNELS, CORE, STORE, ENGINE, SERVER, SDK, CLI),
          doNotSee(SERVER, SDK, CLI),
          doNotSee(SDK, CORE, STORE, ENGINE, CHANNELS, SERVER, CLI),
          doNotSee(CLI, STORE, ENGINE, CHANNELS, CORE),
          doNotSee(ENGINE, "java.sql..", "com.fasterxml..", "io.vertx.."),
          doNotSee(CORE, "java.sql..", "com.fasterxml..", "org.slf4j..", "java.util.concurrent.."),
          hides("io.vertx..", "dev.axme.server.http..", "dev.axme.channels.http.."),
          hides("gg.jte..", "dev.axme.server.pages.."),
          hides("java.sql..", STORE),
          hides("jakarta.mail..", "dev.axme.channels.mail.."),
          hides("org.eclipse.angus..", "dev.axme.channels.mail.."),
          hides("com.networknt..", "dev.axme.server.intents.."),
          doNotSee("dev.axme.server.pages..", STORE, ENGINE, "dev.axme.server.http.."));

  @TestFactory
  List<DynamicTest> everyArrowPointsDown() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.axme");

    return RULES.stream()
        .map(r -> DynamicTest.dynamicTest(r.getDescription(), () -> r.check(classes)))
        .toList();
  }

  private static ArchRule doNotSee(String from, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }

  /** Only these depend on the library, so that replacing it touches little. */
  private static ArchRule hides(String library, String... homes) {
    List<String> allowed = new ArrayList<>(List.of(homes));
    allowed.add(library);
    return classes()
        .that()
        .resideInAPackage(library)
        .should()
        .onlyHaveDependentClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .allowEmptyShould(true)
        .as(String.join(" and ", homes) + " hide " + library);
  }
}
