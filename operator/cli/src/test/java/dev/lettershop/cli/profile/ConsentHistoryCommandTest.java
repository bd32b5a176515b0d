package dev.lettershop.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.cli.PodCommand;
import dev.lettershop.cli.ShopCommand;
import dev.lettershop.cli.TestShop;
import dev.lettershop.job.ExitCode;
import dev.lettershop.store.Store;
import dev.lettershop.store.consent.ConsentStatus;
import dev.lettershop.store.load.consent.ConsentLoad;
import dev.lettershop.store.load.consent.LoadedConsent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsentHistoryCommandTest {
  @TempDir Path folder;
  private ShopCommand command;

  @BeforeEach
  void somebodySaysThis() throws Exception {
    TestShop shop = new TestShop(folder.resolve("pods"), 25, 3);
    command = new ShopCommand(shop, folder);
    assertThat(new PodCommand(shop, null, folder).call("sync").exitCode()).isZero();
    try (Store store = shop.store();
        ConsentLoad load = store.loadConsents("preferences", "number")) {
      load.add(consent(ConsentStatus.Pending, "2026-11-01T10:00:00Z", Map.of("form", "footer")));
      load.add(
          consent(
              ConsentStatus.Granted,
              "2026-11-01T10:05:00Z",
              Map.of("confirmed_at", "2026-11-01T10:05:00Z", "ip_address", "192.0.2.7")));
      load.add(consent(ConsentStatus.Withdrawn, "2026-11-09T08:00:00Z", Map.of()));
      load.commit();
    }
  }

  private static LoadedConsent consent(
      ConsentStatus status, String at, Map<String, Object> evidence) {
    return new LoadedConsent("line", "2", "news", status, Instant.parse(at), evidence);
  }

  @Test
  void allThatWasSaidIsListedWithItsEvidenceAndWhatCountsIsMarked() throws Exception {
    ShopCommand.Result text = command.call("consent", "history", "number=2");

    assertThat(text.exitCode()).as(text.err()).isZero();
    assertThat(text.out().lines())
        .hasSize(3)
        .satisfiesExactly(
            line -> assertThat(line).startsWith("  2026-11-01T10:00:00Z").contains("footer"),
            line -> assertThat(line).startsWith("  2026-11-01T10:05:00Z").contains("192.0.2.7"),
            line ->
                assertThat(line)
                    .startsWith("* 2026-11-09T08:00:00Z")
                    .contains("Withdrawn", "preferences", "no evidence"));
  }

  @Test
  void programsGetTheSame() throws Exception {
    var rows = command.call("consent", "history", "number=2", "-o", "json").json();

    assertThat(rows.findValuesAsText("status")).containsExactly("Pending", "Granted", "Withdrawn");
    assertThat(rows.at("/1/evidence/confirmed_at").asText()).isEqualTo("2026-11-01T10:05:00Z");
    assertThat(rows.at("/2/counts").asBoolean()).isTrue();
  }

  @Test
  void whoSaidNothingAndWhoIsUnknownAreToldApart() throws Exception {
    assertThat(command.call("consent", "history", "number=1").out())
        .isEqualTo("Nothing was ever said\n");
    ShopCommand.Result nobody = command.call("consent", "history", "number=77");
    assertThat(nobody.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(nobody.err()).contains("No such profile");
  }
}
