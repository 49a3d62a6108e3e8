package dev.axme.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The core is made of values and functions: no clock, chance, thread, log or outside world. */
class PurityTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.axme.core");

  private static final Set<String> IMPURE_CLASSES =
      Set.of(
          "java.lang.System",
          "java.lang.Thread",
          "java.lang.ThreadLocal",
          "java.lang.Runtime",
          "java.lang.Process",
          "java.lang.ProcessBuilder",
          "java.time.Clock",
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.Timer",
          "java.util.Date",
          "java.util.Calendar");

  private static final Set<String> IMPURE_METHODS =
      Set.of("now", "randomUUID", "random", "systemDefault", "getDefault", "identityHashCode");

  /**
   * {@link Digest} alone needs these. SHA-256 is a function of bytes, the same everywhere: what
   * people are shown has to be told before it is stored, and a second SHA-256 would be ours to
   * keep.
   */
  private static final Set<String> HASHING =
      Set.of(
          "java.nio.ByteBuffer",
          "java.nio.charset.Charset",
          "java.nio.charset.StandardCharsets",
          "java.security.MessageDigest",
          "java.security.NoSuchAlgorithmException");

  private static final DescribedPredicate<JavaClass> VALUES =
      resideInAnyPackage(
              "dev.axme.core",
              "java.lang",
              "java.lang.annotation",
              "java.lang.invoke",
              "java.lang.runtime",
              "java.time",
              "java.util",
              "java.util.function",
              "java.util.stream",
              "org.jspecify.annotations")
          .and(describe("are values", type -> !IMPURE_CLASSES.contains(type.getFullName())));

  private static final ArchRule VALUES_ONLY =
      classes()
          .that()
          .doNotHaveFullyQualifiedName(Digest.class.getName())
          .should()
          .onlyDependOnClassesThat(VALUES);

  private static final ArchRule DIGEST_HASHES =
      classes()
          .that()
          .haveFullyQualifiedName(Digest.class.getName())
          .should()
          .onlyDependOnClassesThat(
              VALUES.or(describe("hash", type -> HASHING.contains(type.getFullName()))));

  private static final ArchRule NO_CHANCE =
      noClasses()
          .should()
          .accessTargetWhere(describe("depends on more than its arguments", PurityTest::impure));

  /** Their order changes from run to run, and events must not. */
  private static final ArchRule NO_UNORDERED_COPIES =
      noClasses().should().accessTargetWhere(describe("has no order", PurityTest::unordered));

  private static final ArchRule NO_STATIC_STATE = fields().that().areStatic().should().beFinal();

  @Test
  void theCoreDependsOnValuesAlone() {
    VALUES_ONLY.check(CORE);
    DIGEST_HASHES.check(CORE);
  }

  @Test
  void theCoreReadsNoClockAndRollsNoDice() {
    NO_CHANCE.check(CORE);
  }

  @Test
  void theCoreCopiesNothingIntoAnUnorderedCollection() {
    NO_UNORDERED_COPIES.check(CORE);
  }

  @Test
  void theCoreHasNoStaticState() {
    NO_STATIC_STATE.check(CORE);
  }

  @Test
  void theRulesReadTheClassesOfThisBuildAndCatchWhatIsImpure() {
    JavaClasses impure = new ClassFileImporter().importClasses(Impure.class);

    assertThat(CORE).hasSizeGreaterThan(60);
    for (ArchRule rule : List.of(VALUES_ONLY, NO_CHANCE, NO_UNORDERED_COPIES, NO_STATIC_STATE)) {
      assertThat(rule.evaluate(impure).hasViolation()).as(rule.getDescription()).isTrue();
    }
  }

  private static boolean impure(JavaAccess<?> access) {
    return IMPURE_METHODS.contains(access.getTarget().getName())
        && access.getTargetOwner().getPackageName().startsWith("java.");
  }

  private static boolean unordered(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getFullName();
    String name = access.getTarget().getName();
    return (owner.equals("java.util.Map") || owner.equals("java.util.Set"))
        && (name.equals("of") || name.equals("copyOf") || name.equals("ofEntries"));
  }

  /** Everything that the core must not do. */
  @SuppressWarnings({"unused", "NonFinalStaticField", "JavaInstantGetSecondsGetNano"})
  static final class Impure {
    static int calls;

    static Map<UUID, Instant> run() {
      new Thread(() -> calls++).interrupt();
      return Map.of(UUID.randomUUID(), Instant.now());
    }
  }
}
