package dev.lettershop.playground.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL for workers, PostgreSQL and the SMTP server; the full size carries the tag "soak". */
class KilledShardsIT {
  @TempDir Path scratch;

  @Test
  @Timeout(400)
  void whateverIsKilledNobodyIsSkippedAndNobodyIsMailedTwice() throws Exception {
    try (KillStorm storm = new KillStorm(scratch, 1_500, 400, 20261126)) {
      storm.kill(8).verify();
    }
  }

  @Test
  @Tag("soak")
  @Timeout(600)
  void aDatabaseThatDiesLeavesNobodyInDoubt() throws Exception {
    try (KillStorm storm = new KillStorm(scratch, 6_000, 400, 7)) {
      storm.killDatabaseOnly(10).verify();
      assertThat(storm.uncertain()).isZero();
    }
  }

  @Test
  @Tag("soak")
  @Timeout(1500)
  void twoHundredKills() throws Exception {
    try (KillStorm storm = new KillStorm(scratch, 40_000, 400, 200)) {
      storm.kill(200).verify();
    }
  }
}
