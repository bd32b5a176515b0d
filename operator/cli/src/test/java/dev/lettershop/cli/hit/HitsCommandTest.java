package dev.lettershop.cli.hit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.cli.ShopCommand;
import dev.lettershop.cli.TestShop;
import dev.lettershop.job.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class HitsCommandTest {
  @TempDir Path folder;

  @Test
  void hitsAreJudgedAnewByTheNetworksOfTheStore() throws Exception {
    TestShop shop = new TestShop(folder.resolve("pods"), 1, 1);
    ShopCommand command = new ShopCommand(shop, folder);
    ShopCommand.Result empty = command.call("hits", "rejudge");
    assertThat(empty.exitCode()).as(empty.err()).isZero();
    assertThat(empty.out()).startsWith("0 opens and clicks judged anew, 0 of them differently");

    shop.execute(
        """
        select make_hit_partition((now() at time zone 'UTC')::date - 2);
        insert into hit (id, day, at, kind, run_id, profile_id, number, method, prefetch, network,
          agent, verdict, reason, rules, judged_at)
        select gen_random_uuid(), (now() at time zone 'UTC')::date - 2, now() - interval '2 days',
          'Click', 202611000000007, 7, 1, 'GET', false, '203.0.113.0/24', 'Mozilla/5.0 (X11)', 'Human',
          'NoMachine', 1, now();
        update hit_mark set judged_to = now() - interval '1 day'
        """);
    shop.edit(
        "  attributes:\n  - {name: first_name",
        "  engagement: {scannerNetworks: [{network: 203.0.113.0/25}]}\n"
            + "  attributes:\n  - {name: first_name");
    ShopCommand.Result judged = command.call("hits", "rejudge", "--since", "7d");

    assertThat(judged.exitCode()).as(judged.err()).isZero();
    assertThat(judged.out()).startsWith("1 opens and clicks judged anew, 1 of them differently");
    assertThat(shop.query("select verdict || ' ' || reason || ' ' || hits from engagement"))
        .isEqualTo("Scanner Network 1");
    assertThat(command.call("hits", "rejudge", "--since", "7d").out()).contains("0 of them");
    assertThat(command.call("hits", "rejudge", "--since", "1d").out()).startsWith("0 opens");
  }

  @Test
  void aWrongDurationIsRefused() throws Exception {
    TestShop shop = new TestShop(folder.resolve("pods"), 1, 1);

    ShopCommand.Result refused =
        new ShopCommand(shop, folder).call("hits", "rejudge", "--since", "long");

    assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(refused.err()).contains("--since long is not a duration");
  }
}
