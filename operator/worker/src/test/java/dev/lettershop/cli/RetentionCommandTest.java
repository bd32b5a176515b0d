package dev.lettershop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class RetentionCommandTest {
  @TempDir Path scratch;

  @Test
  void whatIsPastItsTimeIsForgottenAndTheAuditLogSaysSo() throws Exception {
    TestShop shop = new TestShop(scratch, 25, 2);
    shop.edit("  topics:\n", "  retention: {events: 30d}\n  topics:\n").writePlans();
    PodCommand pod = new PodCommand(shop, null, scratch);
    pod.call("sync");
    try (Connection connection = shop.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into event_other (profile_id, name, occurred_at, id)
          values (1, 'viewed', now() - interval '90 days', 'a'),
                 (1, 'viewed', now() - interval '1 day', 'b')
          """);
    }

    PodCommand.Result result = pod.call("retention");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.message().schema().version()).isEqualTo(1);
    assertThat(result.message().message()).startsWith("Store default: forgot").contains("1 other");
    assertThat(shop.query("select string_agg(id, ',') from event")).isEqualTo("b");
    assertThat(
            shop.query(
                "select action || (detail ->> 'otherEvents') from audit where action like 'retention%'"))
        .isEqualTo("retention.applied1");
    assertThat(pod.call("retention").exitCode()).isZero();
    assertThat(shop.query("select count(*) from audit where action like 'retention%'"))
        .isEqualTo("1");
  }
}
