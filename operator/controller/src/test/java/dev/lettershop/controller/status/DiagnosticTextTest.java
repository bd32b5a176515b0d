package dev.lettershop.controller.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.diagnostic.Severity;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticTextTest {
  private static final ResourceRef SELF = new ResourceRef("Campaign", "spring");

  @Test
  void a_finding_says_where_it_is_what_is_wrong_and_what_to_do() {
    assertThat(
            DiagnosticText.of(
                SELF,
                List.of(
                    new Diagnostic(
                        Severity.Error,
                        SELF,
                        "spec.content.rules[0].when",
                        new Position(1, 9),
                        "unknown attribute \"ctiy\"",
                        "did you mean \"city\"?"))))
        .isEqualTo(
            "spec.content.rules[0].when 1:9: unknown attribute \"ctiy\"; did you mean \"city\"?");
  }

  @Test
  void a_finding_about_another_resource_names_it() {
    ResourceRef segment = new ResourceRef("Segment", "vip");

    assertThat(DiagnosticText.of(SELF, List.of(error(segment, "spec.expression", "is not a rule"))))
        .isEqualTo("Segment/vip spec.expression: is not a rule");
    assertThat(DiagnosticText.of(SELF, List.of(error(segment, "", "is not ready"))))
        .isEqualTo("Segment/vip: is not ready");
  }

  @Test
  void a_finding_about_the_whole_resource_is_just_said() {
    assertThat(DiagnosticText.of(SELF, List.of(error(SELF, "", "is too large"))))
        .isEqualTo("is too large");
  }

  @Test
  void errors_stand_before_warnings() {
    Diagnostic warning = new Diagnostic(Severity.Warning, SELF, "spec.a", null, "is unusual", null);

    assertThat(DiagnosticText.of(SELF, List.of(warning, error(SELF, "spec.b", "is wrong"))))
        .isEqualTo("spec.b: is wrong\nspec.a: is unusual");
  }

  @Test
  void many_findings_are_cut_off_with_their_number() {
    List<Diagnostic> many = Collections.nCopies(100, error(SELF, "spec.slots", "x".repeat(88)));

    String text = DiagnosticText.of(SELF, many);

    // 100 characters a line with its line break
    assertThat(text).hasSizeLessThanOrEqualTo(4_000).endsWith("x\nand 61 more");
    assertThat(text.lines()).hasSize(40);
  }

  @Test
  void one_finding_that_is_too_long_is_cut_off() {
    String text = DiagnosticText.of(SELF, List.of(error(SELF, "spec", "x".repeat(9_000))));

    assertThat(text).hasSizeBetween(3_900, 4_000).endsWith("x…");
  }

  @Test
  void nothing_found_is_nothing_to_say() {
    assertThat(DiagnosticText.of(SELF, List.of())).isEmpty();
  }

  private static Diagnostic error(ResourceRef resource, String field, String message) {
    return new Diagnostic(Severity.Error, resource, field, null, message, null);
  }
}
