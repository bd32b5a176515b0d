package dev.lettershop.playground.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callCodeUnitWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Nobody counts commas: what takes eight values or more is built by name. A class may call its own
 * constructor, as its builder and its withers do.
 */
class ArgumentsTest {
  private static final int MOST = 7;

  /**
   * Records that one place fills from one row, one count or one document, name by name as they are
   * declared. None is added here without that reason.
   */
  private static final Set<String> EXCEPTED =
      Set.of(
          // The status of resources, from what was counted.
          "BounceCounts",
          "CampaignLastRun",
          "CampaignRunStatus",
          "CollectorStatus",
          "ExperimentStatus",
          "ModelFigures",
          "ModelRun",
          "ShardStatus",
          "SyncCounts",
          "SyncResult",
          // Rows of the database.
          "AuditEntry",
          "GroupAnswers",
          "Hit",
          "Lease",
          "Outcomes",
          "QuarantinedRow",
          "Recipient",
          "Refreshed",
          "Run",
          "StoredHit",
          "Suppression",
          // Parts of resources that are made for another one.
          "FieldRule",
          "KafkaSource",
          "ProfileSourceSpec",
          // What a plan or a page is made of.
          "CollectorPlan",
          "CompiledTemplate",
          "FieldCleaning",
          "PreviewMail",
          "PreviewSubject",
          // Reports, from what was counted.
          "Report",
          "RunFacts",
          "Trial",
          // Settings, and what is handed to the whole of a process.
          "Facts",
          "GalleryMail",
          "ImapSettings",
          "QuickstartResult",
          "ReconcilerTools");

  private static final ArchRule RULE =
      noClasses()
          .should(callCodeUnitWhere(notExcepted()))
          .because("the reader of a call cannot tell eight values apart");

  @Test
  void whatTakesEightValuesIsBuiltByName() {
    RULE.check(MainClasses.ALL);
  }

  @Test
  void noExceptionIsLeftThatNobodyNeeds() {
    Set<String> needed =
        MainClasses.ALL.stream()
            .flatMap(type -> type.getCodeUnits().stream())
            .flatMap(unit -> unit.getCallsFromSelf().stream())
            .filter(ArgumentsTest::passesTooMuch)
            .map(call -> topLevel(call.getTargetOwner()).getSimpleName())
            .collect(Collectors.toSet());

    assertThat(needed).containsAll(EXCEPTED);
  }

  @Test
  void aCallWithEightValuesIsFound() {
    JavaClasses talkative =
        new ClassFileImporter().importPackages("dev.lettershop.playground.architecture.arguments");

    assertThat(RULE.evaluate(talkative).getFailureReport().getDetails())
        .singleElement()
        .asString()
        .contains("Talkative");
  }

  private static DescribedPredicate<JavaCall<?>> notExcepted() {
    return DescribedPredicate.describe(
        "pass more than " + MOST + " values by position",
        call ->
            passesTooMuch(call)
                && !EXCEPTED.contains(topLevel(call.getTargetOwner()).getSimpleName()));
  }

  private static boolean passesTooMuch(JavaCall<?> call) {
    JavaClass target = topLevel(call.getTargetOwner());
    JavaClass origin = topLevel(call.getOriginOwner());
    return call.getTarget().getRawParameterTypes().size() > MOST
        && target.getPackageName().startsWith("dev.lettershop")
        && !target.equals(origin)
        && !origin.getSimpleName().equals(target.getSimpleName() + "Builder");
  }

  private static JavaClass topLevel(JavaClass type) {
    JavaClass top = type;
    while (top.getEnclosingClass().isPresent()) {
      top = top.getEnclosingClass().get();
    }
    return top;
  }
}
