package dev.lettershop.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.profile.ProfileSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class SegmentChainTest {
  private static final int LENGTH = 200;
  private static final ProfileSchema SCHEMA = ProfileSchema.of(List.of(), List.of());

  @Test
  void segmentsThatEachNameTheNextTwiceAreRefusedWithoutDoublingTheWork() {
    Map<String, String> segments = new TreeMap<>();
    for (int i = 0; i < LENGTH; i++) {
      String next = "inSegment(\"s" + (i + 1) + "\")";
      segments.put("s" + i, next + " || !" + next);
    }
    segments.put("s" + LENGTH, "has(profile.locale)");
    RuleCompiler compiler = new RuleCompiler(SCHEMA, segments);

    RuleResult result =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(30), () -> compiler.compileNamed("s0"));

    assertThat(result.rule()).isNull();
    assertThat(result.segments()).hasSize(LENGTH);
  }

  @Test
  void aRuleSaysWhichSegmentsItReachesAlsoThroughOthers() {
    RuleCompiler compiler =
        new RuleCompiler(
            SCHEMA, Map.of("a", "inSegment(\"b\")", "b", "has(profile.locale)", "c", "true"));

    assertThat(compiler.compile("inSegment(\"a\")").segments()).containsExactly("a", "b");
  }
}
