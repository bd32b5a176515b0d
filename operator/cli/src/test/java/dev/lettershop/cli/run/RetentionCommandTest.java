package dev.lettershop.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.cli.PodCommand;
import dev.lettershop.cli.ShopCommand;
import dev.lettershop.cli.TestShop;
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
  void peopleCanAskForItAndLookBefore() throws Exception {
    TestShop shop = new TestShop(scratch.resolve("pods"), 25, 2);
    shop.edit("  topics:\n", "  retention: {quarantine: 30d}\n  topics:\n").writePlans();
    new PodCommand(shop, null, scratch).call("sync");
    try (Connection connection = shop.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into quarantine (source, reason, raw, created_at)
          values ('people', 'is not an address', 'a', now() - interval '31 days'),
                 ('people', 'is not an address', 'b', now())
          """);
    }
    ShopCommand command = new ShopCommand(shop, scratch);

    assertThat(command.call("prune", "--dry-run").out())
        .isEqualTo("1 quarantined records would be forgotten\n");
    assertThat(command.call("prune", "-o", "json").json().at("/quarantined").asInt()).isEqualTo(1);
    assertThat(command.call("prune").out()).isEqualTo("Nothing is past its time\n");
    assertThat(shop.query("select raw from quarantine")).isEqualTo("b");
  }

  @Test
  void whereNothingIsSaidEverythingIsKept() throws Exception {
    TestShop shop = new TestShop(scratch, 25, 2);

    assertThat(new ShopCommand(shop, scratch).call("prune").out())
        .isEqualTo(
            "Nothing is past its time; the store has no spec.retention, so that only opens and"
                + " clicks are ever forgotten\n");
  }

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
