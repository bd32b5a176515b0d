package dev.lettershop.playground.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From outside a feature only its facade is used, and no package is a bag of types. */
class FacadesTest {
  private static final int TYPES_OF_A_PACKAGE = 25;

  static Iterable<String> features() {
    return Facades.features();
  }

  @ParameterizedTest
  @MethodSource("features")
  void onlyTheFacadeOfAFeatureIsUsedFromOutside(String feature) {
    Facades.rule(feature).allowEmptyShould(true).check(MainClasses.ALL);
  }

  @ParameterizedTest
  @MethodSource("features")
  void everyTypeOfAFacadeExists(String feature) {
    assertThat(Facades.types(feature))
        .allSatisfy(
            type ->
                assertThat(MainClasses.ALL.contain("dev.lettershop." + feature + "." + type))
                    .as(type)
                    .isTrue());
  }

  @Test
  void aTypeInsideAFeatureThatIsUsedFromOutsideIsFound() {
    JavaClasses trespassers =
        new ClassFileImporter().importPackages("dev.lettershop.playground.architecture.trespass");

    assertThat(Facades.rule("rule").evaluate(trespassers).getFailureReport().getDetails())
        .anySatisfy(finding -> assertThat(finding).contains("Trespasser", "ExprText"));
  }

  @Test
  void noPackageHoldsMoreTypesThanOneCanTakeIn() {
    Map<String, Long> types =
        MainClasses.ALL.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
    types.values().removeIf(count -> count <= TYPES_OF_A_PACKAGE);

    assertThat(
            types.entrySet().stream().sorted(Map.Entry.comparingByKey(Comparator.naturalOrder())))
        .isEmpty();
  }
}
