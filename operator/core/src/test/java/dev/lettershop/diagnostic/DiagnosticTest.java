package dev.lettershop.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiagnosticTest {
  private static final ResourceRef VIP = new ResourceRef("Segment", "vip");

  @Test
  void a_problem_becomes_a_diagnostic_of_a_resource_and_a_field() {
    Problem problem =
        Problem.error(new Position(1, 9), "unknown attribute \"ctiy\"", "did you mean \"city\"?");

    assertThat(problem.at(VIP, "spec.expression"))
        .hasToString(
            "error Segment/vip spec.expression 1:9: unknown attribute \"ctiy\";"
                + " did you mean \"city\"?");
  }

  @Test
  void what_is_not_known_is_left_out() {
    assertThat(Problem.warning(null, "never refreshed", null).at(VIP, ""))
        .hasToString("warning Segment/vip: never refreshed");
  }

  @Test
  void a_field_problem_keeps_its_field() {
    FieldProblem problem =
        new FieldProblem("spec.rules.all[1].value", Problem.error(null, "not a number", null));

    assertThat(problem.at(VIP).field()).isEqualTo("spec.rules.all[1].value");
    assertThat(problem.at(VIP).isError()).isTrue();
  }
}
