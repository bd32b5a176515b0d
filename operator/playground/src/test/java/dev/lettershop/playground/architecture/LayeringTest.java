package dev.lettershop.playground.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** The layers of {@code docs/concepts.md}, and what must not slip into each. */
@AnalyzeClasses(packages = "dev.lettershop", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {
  private static final String OURS = "dev.lettershop..";
  private static final String API = "dev.lettershop.api..";
  private static final String MODELS = "dev.lettershop.models..";
  private static final String STORE = "dev.lettershop.store..";
  private static final String CONTROLLER = "dev.lettershop.controller..";
  private static final String COLLECTOR = "dev.lettershop.collector..";
  private static final String KUBESIM = "dev.lettershop.kubesim..";
  private static final String PLAYGROUND = "dev.lettershop.playground..";
  private static final String[] CORE = {
    "dev.lettershop.content..",
    "dev.lettershop.diagnostic..",
    "dev.lettershop.encoding..",
    "dev.lettershop.insight..",
    "dev.lettershop.job..",
    "dev.lettershop.plan..",
    "dev.lettershop.profile..",
    "dev.lettershop.resource..",
    "dev.lettershop.rule..",
    "dev.lettershop.schedule..",
    "dev.lettershop.template.."
  };
  private static final String[] WORKER = {
    "dev.lettershop.cli..",
    "dev.lettershop.delivery..",
    "dev.lettershop.source..",
    "dev.lettershop.worker.."
  };

  @ArchTest
  static final ArchRule apiKnowsNothingElseOfOurs =
      noClasses().that().resideInAPackage(API).should().dependOnClassesThat(oursOutside(API));

  @ArchTest
  static final ArchRule coreKnowsOnlyApi =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .dependOnClassesThat(oursOutside(with(CORE, API)));

  @ArchTest
  static final ArchRule storeKnowsOnlyCoreAndApi =
      noClasses()
          .that()
          .resideInAPackage(STORE)
          .should()
          .dependOnClassesThat(oursOutside(with(CORE, API, STORE)));

  @ArchTest
  static final ArchRule modelsKnowOnlyCoreApiAndStore =
      noClasses()
          .that()
          .resideInAPackage(MODELS)
          .should()
          .dependOnClassesThat(oursOutside(with(CORE, API, STORE, MODELS)));

  @ArchTest
  static final ArchRule controllerKnowsOnlyCoreAndApi =
      noClasses()
          .that()
          .resideInAPackage(CONTROLLER)
          .should()
          .dependOnClassesThat(oursOutside(with(CORE, API, CONTROLLER)))
          .because("the control plane reads resources, never a profile");

  @ArchTest
  static final ArchRule theStandInForAClusterKnowsNoCampaign =
      noClasses()
          .that()
          .resideInAPackage(KUBESIM)
          .should()
          .dependOnClassesThat(
              oursOutside(
                  KUBESIM,
                  API,
                  "dev.lettershop.diagnostic..",
                  "dev.lettershop.encoding..",
                  "dev.lettershop.resource..",
                  "dev.lettershop.schedule.."));

  @ArchTest
  static final ArchRule nobodyKnowsThePlayground =
      noClasses()
          .that()
          .resideOutsideOfPackage(PLAYGROUND)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(PLAYGROUND);

  @ArchTest
  static final ArchRule commandsAreTheOutermostLayerOfTheWorker =
      noClasses()
          .that()
          .resideInAnyPackage(WORKER)
          .and()
          .resideOutsideOfPackage("dev.lettershop.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.lettershop.cli..");

  @ArchTest
  static final ArchRule coreDoesNoInputAndOutput =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .and()
          // Implements an interface of the library, and refuses the method that names a File.
          .doNotHaveFullyQualifiedName(
              "dev.lettershop.template.handlebars.HandlebarsHelperRegistry")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "java.nio.file..",
                      "java.nio.channels..",
                      "java.net.http..",
                      "java.sql..",
                      "javax.sql..",
                      "org.jooq..",
                      "org.postgresql..")
                  .or(assignableTo(java.io.File.class))
                  .or(assignableTo(java.io.FileInputStream.class))
                  .or(assignableTo(java.io.FileOutputStream.class))
                  .or(assignableTo(java.io.FileReader.class))
                  .or(assignableTo(java.io.FileWriter.class))
                  .or(assignableTo(java.io.RandomAccessFile.class))
                  .or(assignableTo(java.net.Socket.class))
                  .or(assignableTo(java.net.ServerSocket.class))
                  .or(assignableTo(java.net.URLConnection.class))
                  .or(assignableTo(ProcessBuilder.class)))
          .because("core is a set of pure functions");

  @ArchTest
  static final ArchRule coreHasNeitherClockNorChance =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .accessTargetWhere(asksForTimeOrChance())
          .because(
              "the moment comes in from outside, so that the same input gives the same output");

  @ArchTest
  static final ArchRule storeAndWorkerTakeTheClockFromOutside =
      noClasses()
          .that()
          .resideInAnyPackage(
              STORE,
              "dev.lettershop.source..",
              "dev.lettershop.delivery..",
              "dev.lettershop.worker..")
          .and()
          // Measures how long the machine itself stood still, which only the real clocks can tell.
          .doNotHaveFullyQualifiedName("dev.lettershop.store.ledger.Lease$Moment")
          .should()
          .accessTargetWhere(asksForTheWallClock())
          .because("a test must be able to choose the moment");

  @ArchTest
  static final ArchRule onlyCommandsWriteToTheTerminal =
      noClasses()
          .that()
          .resideInAnyPackage(
              with(
                  CORE,
                  API,
                  STORE,
                  "dev.lettershop.source..",
                  "dev.lettershop.delivery..",
                  "dev.lettershop.worker.."))
          .should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule sqlIsWrittenInTheStore =
      noClasses()
          .that()
          .resideInAnyPackage(WORKER)
          .and()
          // Reads the databases of others.
          .resideOutsideOfPackage("dev.lettershop.source.connect.jdbc..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.jooq..", "org.postgresql..")
          .because("what the tables look like is the store's alone");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.lettershop.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule thereIsNoStaticMutableState =
      fields()
          .that()
          .areStatic()
          .and()
          .areDeclaredInClassesThat()
          .resideInAPackage(OURS)
          .should()
          .beFinal();

  @ArchTest
  static final ArchRule classesSayWhatTheyAre =
      classes()
          .that()
          .resideInAPackage(OURS)
          .should()
          .haveNameNotMatching(".*(Utils?|Helper|Manager)(\\$.*)?");

  @ArchTest
  static void everyPackageBelongsToALayer(JavaClasses imported) {
    Set<String> strays = new TreeSet<>();
    DescribedPredicate<JavaClass> layered =
        resideInAnyPackage(
            with(
                with(CORE, WORKER),
                API,
                STORE,
                MODELS,
                CONTROLLER,
                COLLECTOR,
                KUBESIM,
                PLAYGROUND));
    imported.stream().filter(not(layered)).map(JavaClass::getPackageName).forEach(strays::add);

    assertThat(strays).as("packages that no rule in here speaks of").isEmpty();
    assertThat(imported.stream().filter(resideInAnyPackage(CORE))).as("core classes").isNotEmpty();
    assertThat(imported.stream().filter(resideInAPackage(STORE))).as("store").isNotEmpty();
    assertThat(imported.stream().filter(resideInAPackage(CONTROLLER)))
        .as("controller")
        .isNotEmpty();
    assertThat(imported.stream().filter(resideInAnyPackage(WORKER))).as("worker").isNotEmpty();
  }

  private static DescribedPredicate<JavaClass> oursOutside(String... packages) {
    return resideInAPackage(OURS).and(not(resideInAnyPackage(packages)));
  }

  private static DescribedPredicate<JavaAccess<?>> asksForTheWallClock() {
    return target(
        DescribedPredicate.<AccessTarget>describe(
            "asks for the wall clock",
            called ->
                called.getOwner().getPackageName().equals("java.time")
                        && called.getName().equals("now")
                        && called.getFullName().endsWith("()")
                    || called.getOwner().isEquivalentTo(Clock.class)
                        && called.getName().startsWith("system")
                    || called.getOwner().isEquivalentTo(System.class)
                        && called.getName().equals("currentTimeMillis")));
  }

  private static DescribedPredicate<JavaAccess<?>> asksForTimeOrChance() {
    return asksForTheWallClock()
        .or(
            target(
                DescribedPredicate.<AccessTarget>describe(
                    "asks for a time or for chance",
                    called ->
                        called.getOwner().isAssignableTo(Random.class)
                            || called.getOwner().isEquivalentTo(UUID.class)
                                && called.getName().equals("randomUUID")
                            || called.getOwner().isEquivalentTo(Math.class)
                                && called.getName().equals("random")
                            || called.getOwner().isEquivalentTo(System.class)
                                && called.getName().equals("nanoTime"))));
  }

  private static String[] with(String[] packages, String... more) {
    String[] all = Arrays.copyOf(packages, packages.length + more.length);
    System.arraycopy(more, 0, all, packages.length, more.length);
    return all;
  }
}
