package dev.lettershop.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.cli.doctor.Check.State;
import dev.lettershop.store.database.ServerFacts;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerChecksTest {
  private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");
  private static final ServerFacts GOOD =
      new ServerFacts(17, "17.6", "UTF8", true, true, 100, true, true, NOW);

  private static List<Check> judge(ServerFacts facts) {
    return ServerChecks.judge("PostgreSQL", facts, NOW.minusMillis(5), NOW.plusMillis(5));
  }

  @Test
  void a_good_server_is_one_line_and_the_clock() {
    assertThat(judge(GOOD)).extracting(Check::state).containsExactly(State.ok, State.ok);
  }

  @Test
  void a_server_that_forgets_is_wrong() {
    assertThat(judge(new ServerFacts(17, "17.6", "UTF8", false, true, 100, true, true, NOW)))
        .anySatisfy(check -> assertThat(check.message()).startsWith("fsync is off"));
    assertThat(judge(new ServerFacts(17, "17.6", "UTF8", true, false, 100, true, true, NOW)))
        .anySatisfy(check -> assertThat(check.message()).startsWith("synchronous_commit is off"));
  }

  @Test
  void what_else_stands_in_the_way_is_named() {
    List<Check> checks =
        judge(
            new ServerFacts(
                14, "14.2", "LATIN1", true, true, 20, false, false, NOW.plusSeconds(60)));

    assertThat(checks)
        .extracting(Check::message)
        .containsExactly(
            "is version 14.2",
            "the database has the encoding LATIN1",
            "max_connections is 20",
            "the user may not make tables",
            "this machine and the database are 59 s apart");
  }
}
