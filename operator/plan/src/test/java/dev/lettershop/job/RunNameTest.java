package dev.lettershop.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunNameTest {
  @Test
  void aNameThatARunMayHaveIsKept() {
    assertThat(RunName.of("news-29312345")).isEqualTo("news-29312345");
    assertThat(RunName.of("a".repeat(59))).isEqualTo("a".repeat(59));
  }

  @Test
  void aLongerNameIsShortenedAndStaysUnique() {
    String one = "a".repeat(60);
    String other = "a".repeat(61);

    assertThat(RunName.of(one)).hasSizeLessThanOrEqualTo(59).startsWith("aaaa");
    assertThat(RunName.of(one)).isNotEqualTo(RunName.of(other)).isEqualTo(RunName.of(one));
  }

  @Test
  void everyNameThatAJobMayHaveComesToANameThatARunMayHave() {
    for (String job :
        List.of("a.b", "x".repeat(50) + ".".repeat(1) + "y", "a" + "-".repeat(60) + "b", "1.2.3")) {
      assertThat(RunName.of(job)).matches("[a-z0-9]([a-z0-9-]{0,57}[a-z0-9])?");
    }
  }
}
