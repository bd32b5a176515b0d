package dev.lettershop.cli.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.cli.ShopCommand;
import dev.lettershop.cli.TestShop;
import dev.lettershop.job.ExitCode;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.store.Store;
import dev.lettershop.store.trigger.Trigger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people ask of triggered campaigns; no mail server is there. */
class TriggerCommandTest {
  @TempDir static Path scratch;

  private static TestShop shop;
  private static ShopCommand command;

  @BeforeAll
  static void open() throws Exception {
    shop = new TestShop(scratch, 9, 3);
    shop.edit(
            "  - name: viewed\n    properties: []",
            "  - name: cart_abandoned\n"
                + "    properties: [{name: cart, type: String}, {name: total, type: Double}]\n"
                + "  - name: ordered\n"
                + "    properties: [{name: cart, type: String}]")
        .edit("  audience: {include: [everybody]}\n", "")
        .edit(
            "  schedule: {cron: \"0 9 * * MON\"}\n",
            "  schedule:\n    trigger:\n      event: cart_abandoned\n"
                + "      when: event.total > 10.0\n      delay: 1h\n"
                + "      unless: {event: ordered, matching: [cart]}\n")
        .edit("    holdoutPercent: 10\n", "");
    shop.writePlans();
    command = new ShopCommand(shop, scratch);
    PlanDocument plan =
        new PlanFiles(
                Map.of(
                    "campaign.json.gz",
                    Files.readAllBytes(scratch.resolve("plan-send/campaign.json.gz"))))
            .campaign();
    try (Store store = shop.store()) {
      store.migrate(plan.plan().store().schema());
      store.triggers().register("shop", "hello", Trigger.Kind.Event, "cart_abandoned");
    }
    shop.execute(
        """
        insert into profile (id, email, email_key)
          select i, i || '@people.example', i || '@people.example' from generate_series(1, 6) i;
        insert into event (profile_id, name, occurred_at, id, properties) values
          (1, 'cart_abandoned', now() - interval '5 hours', 'c1', '{"cart": "a", "total": 50}'),
          (2, 'cart_abandoned', now() - interval '5 hours', 'c2', '{"cart": "b", "total": 5}'),
          (3, 'cart_abandoned', now() - interval '5 hours', 'c3', '{"cart": "c", "total": 50}'),
          (3, 'ordered', now() - interval '270 minutes', 'o3', '{"cart": "c"}'),
          (4, 'cart_abandoned', now() - interval '5 hours', 'c4', '{"cart": "d", "total": 50}'),
          (4, 'ordered', now() - interval '2 hours', 'o4', '{"cart": "d"}'),
          (5, 'cart_abandoned', now() - interval '5 minutes', 'c5', '{"cart": "e", "total": 50}'),
          (6, 'cart_abandoned', now() - interval '10 days', 'c6', '{"cart": "f", "total": 50}');
        insert into trigger_entry (profile_id, trigger_id, event_id, triggered_at)
          values (1, 1, 'w1', now() - interval '5 minutes'), (2, 1, 'w2', now() - interval '2 hours')
        """);
  }

  @AfterAll
  static void nothingStays() throws Exception {
    assertThat(shop.query("select count(*) from run")).isEqualTo("0");
  }

  @Test
  void simulationDecidesAsWhenTheMailsWereDue() throws Exception {
    ShopCommand.Result result =
        command.call("trigger", "simulate", "campaign/hello", "--since", "2d", "-o", "json");

    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.DONE);
    // Whoever ordered after the mail was due would have got it.
    assertThat(result.json().at("/outcomes").toString())
        .isEqualTo("{\"cancelled\":1,\"notMatching\":1,\"planned\":2,\"waiting\":1}");
    assertThat(result.json().at("/people")).hasSize(5);
    assertThat(shop.query("select count(*) from trigger_entry")).isEqualTo("2");
  }

  @Test
  void whoWaitsIsCountedWithTheDelayOfTheManifests() throws Exception {
    ShopCommand.Result result = command.call("trigger", "waiting", "campaign/hello", "-o", "json");

    assertThat(result.json().toString()).isEqualTo("{\"waiting\":2,\"due\":1}");
  }

  private static ShopCommand.Result diff(Path base, String delay, String... more) throws Exception {
    Path wanted = Files.createDirectories(scratch.resolve("wanted-" + delay)).resolve("shop.yaml");
    Files.writeString(wanted, Files.readString(base).replace("delay: 1h", "delay: " + delay));
    List<String> words =
        new ArrayList<>(List.of("diff", "campaign/hello", "-f", wanted.toString(), "--audiences"));
    words.addAll(List.of("--base", base.toString()));
    words.addAll(List.of(more));
    return ShopCommand.withoutResources(words.toArray(String[]::new));
  }

  @Test
  void aShorterDelayTellsWhoIsDueAtOnceAndAFloodIsRefused() throws Exception {
    Path base = scratch.resolve("base.yaml");
    command.call("lint");
    Files.copy(scratch.resolve("shop-of-people.yaml"), base);

    ShopCommand.Result shorter = diff(base, "1m", "-o", "json");
    ShopCommand.Result longer = diff(base, "3h", "-o", "json");
    ShopCommand.Result flood = diff(base, "0s", "--most-due", "0");
    ShopCommand.Result few = diff(base, "0s", "--most-due", "1");

    assertThat(shorter.exitCode()).as(shorter.err()).isEqualTo(ExitCode.DONE);
    assertThat(shorter.json().at("/campaigns/0/waiting").asLong()).isEqualTo(2);
    assertThat(shorter.json().at("/campaigns/0/dueAtOnce").asLong()).isEqualTo(1);
    assertThat(longer.json().at("/campaigns/0/dueAtOnce").asLong()).isZero();
    assertThat(flood.exitCode()).isEqualTo(ExitCode.RETRY);
    assertThat(flood.out()).contains("waiting: 2 people, 1 of them due at once by the change");
    assertThat(flood.err()).contains("campaign/hello: 1 people would be due at once");
    assertThat(few.exitCode()).as(few.err()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void aPersonsWayIsTold() throws Exception {
    ShopCommand.Result result =
        command.call("trigger", "explain", "campaign/hello", "--profile", "1");

    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.DONE);
    assertThat(result.out()).contains("event w1").contains("waits");
  }

  @Test
  void aTriggeredCampaignIsNotRunForAnAudience() throws Exception {
    ShopCommand.Result result = command.call("run", "campaign/hello", "--no-sync");

    assertThat(result.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(result.err()).contains("spec.schedule.trigger");
  }
}
