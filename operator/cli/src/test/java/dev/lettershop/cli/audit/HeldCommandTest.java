package dev.lettershop.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.cli.PodCommand;
import dev.lettershop.cli.ShopCommand;
import dev.lettershop.cli.TestShop;
import dev.lettershop.job.ExitCode;
import dev.lettershop.store.Store;
import dev.lettershop.store.bounce.Bounce;
import dev.lettershop.store.bounce.BounceKind;
import dev.lettershop.store.bounce.BounceLog.SoftLimit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldCommandTest {
  private static final int PEOPLE = 25;

  @TempDir Path folder;
  private TestShop shop;
  private ShopCommand command;

  @BeforeEach
  void thereIsAShop() throws Exception {
    shop = new TestShop(folder.resolve("pods"), 5, PEOPLE);
    command = new ShopCommand(shop, folder);
    assertThat(new PodCommand(shop, null, folder).call("sync").exitCode()).isZero();
  }

  private ShopCommand.Result done(String... words) throws IOException {
    ShopCommand.Result result = command.call(words);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }

  /** So many at once that their suppressions are held. */
  private void everybodyBounces() throws Exception {
    shop.execute(
        """
        insert into run (id, namespace, campaign, name, plan_hash, plan, dry_run, on_uncertain,
          max_attempts, topic)
        values (901, 'shop', 'sale', 'run', 'h', '{}', false, 'Skip', 3, 'newsletter')
        """);
    List<Bounce> bounces = new ArrayList<>();
    for (String person :
        shop.query("select string_agg(id || ' ' || email, ',') from profile").split(",")) {
      String[] parts = person.split(" ");
      bounces.add(
          Bounce.of(901, Long.parseLong(parts[0]), parts[1], BounceKind.Hard, "550 5.1.1", null));
    }
    assertThat(bounces).hasSize(PEOPLE);
    try (Store store = shop.store()) {
      store.bounces().record("relay", bounces, new SoftLimit(5, Duration.ofDays(30)));
    }
  }

  private String suppressed() throws Exception {
    return shop.query("select count(*) from suppression");
  }

  @Test
  void whatIsHeldIsListedByDomainWithoutAddresses() throws Exception {
    assertThat(done("held", "list").out()).isEqualTo("Nothing is held\n");
    everybodyBounces();

    assertThat(done("held", "list").out())
        .contains("25  people.example", "550 5.1.1", "since 20")
        .hasLineCount(1)
        .doesNotContain("zebulon");
    JsonNode rows = done("held", "list", "-o", "json").json();
    assertThat(rows).hasSize(1);
    assertThat(rows.at("/0/domain").asText()).isEqualTo("people.example");
    assertThat(rows.at("/0/addresses").asInt()).isEqualTo(PEOPLE);
  }

  @Test
  void whoIsGoneIsSuppressed() throws Exception {
    everybodyBounces();
    assertThat(suppressed()).isEqualTo("0");

    assertThat(done("held", "suppress", "--domain", "other.example").out())
        .isEqualTo("0 addresses are suppressed\n");
    assertThat(done("held", "suppress", "--domain", "people.example").out())
        .isEqualTo("25 addresses are suppressed\n");

    assertThat(suppressed()).isEqualTo("25");
    assertThat(done("held", "list").out()).isEqualTo("Nothing is held\n");
    assertThat(done("audit", "list", "--action", "suppressions.decided").out()).hasLineCount(1);
  }

  @Test
  void whoIsGoodIsMailedAgain() throws Exception {
    everybodyBounces();

    assertThat(done("held", "drop", "--all").out()).isEqualTo("25 addresses are not suppressed\n");

    assertThat(suppressed()).isEqualTo("0");
    assertThat(done("held", "list").out()).isEqualTo("Nothing is held\n");
  }

  @Test
  void whoIsMeantHasToBeSaid() throws Exception {
    ShopCommand.Result result = command.call("held", "drop");

    assertThat(result.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(result.err()).contains("--domain", "--all");
  }
}
