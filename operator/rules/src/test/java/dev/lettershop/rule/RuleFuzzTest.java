package dev.lettershop.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.profile.Profile;
import java.util.List;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever is written, the compiler answers with a rule or with problems that have a place. */
class RuleFuzzTest {
  static final List<String> PIECES =
      List.of(
          "profile",
          ".city",
          "profile.city",
          "profile.visits",
          "profile.lifetime_value",
          "profile.vip",
          "profile.interests",
          "profile.ctiy",
          "events('product_viewed')",
          "events('product_viewed', duration('1h'))",
          "events(",
          ".exists(e, ",
          ".filter(e, ",
          ".map(e, ",
          ".all(e, ",
          "e.price",
          "e",
          ")",
          "(",
          "[",
          "]",
          ",",
          "==",
          "!=",
          "<",
          " in ",
          "&&",
          "||",
          "!",
          "?",
          ":",
          "+",
          "-",
          "*",
          "/",
          "%",
          "1",
          "2.5",
          "'x'",
          "true",
          "null",
          "now",
          "duration('1h')",
          "timestamp('2026-01-01T00:00:00Z')",
          "has(",
          "size(",
          ".size()",
          ".sum()",
          ".avg()",
          "inSegment('rich')",
          "inSegment('no')",
          ".contains(",
          ".matches('a+')",
          ".matches('(')",
          "1u",
          "b'x'",
          "{",
          "}",
          "Foo{a: 1}",
          ".?x",
          "[?",
          "int(",
          "string(",
          "\n",
          ";",
          "`",
          "@",
          "dyn(",
          "99999999999999999999",
          "1e999",
          "//c\n",
          "'\\u0000'",
          "😀");
  private static final int RULES_A_TRY = 500;

  private final RuleCompiler compiler = Shop.compiler();

  @Property(tries = 20, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void never_fails_and_never_refuses_without_a_reason(@ForAll long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < RULES_A_TRY; i++) {
      String cel = text(random);
      RuleResult result = compiler.compile(cel);
      if (result.isOk()) {
        Profile somebody = random.nextBoolean() ? Shop.ADA : Shop.NOBODY;
        assertThat(result.rule().evaluate(somebody, Shop.NOW)).as(cel).isNotNull();
      } else {
        assertThat(result.problems())
            .as(cel)
            .isNotEmpty()
            .allSatisfy(
                problem -> {
                  assertThat(problem.position()).isNotNull();
                  assertThat(problem.message()).doesNotContain("not valid CEL");
                });
      }
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(9); i >= 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    long open = text.chars().filter(c -> c == '(').count();
    long closed = text.chars().filter(c -> c == ')').count();
    return text + ")".repeat((int) Math.max(0, open - closed));
  }
}
