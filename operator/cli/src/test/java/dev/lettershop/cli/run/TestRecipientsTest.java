package dev.lettershop.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.cli.ShopCommand;
import dev.lettershop.cli.TestShop;
import dev.lettershop.job.ExitCode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever tests and gets no mail is told why. */
class TestRecipientsTest {
  @TempDir Path folder;

  @Test
  void aTestRecipientWhoGetsNoMailIsAnErrorWithTheReason() throws Exception {
    TestShop shop = new TestShop(folder, 1, 4);
    ShopCommand command = new ShopCommand(shop, folder);
    String[] dry = {
      "run", "campaign/hello", "--dry-run", "--data", shop.sources().resolve("people").toString()
    };

    ShopCommand.Result all = command.call(with(dry));
    ShopCommand.Result stranger = command.call(with(dry, "--test-recipient", "who@people.example"));
    shop.execute("update profile set city = null where email = 'zebulon.2@people.example'");
    ShopCommand.Result outside =
        command.call(with(dry, "--no-sync", "--test-recipient", "zebulon.2@people.example"));

    assertThat(all.exitCode()).as(all.err()).isEqualTo(ExitCode.DONE);
    assertThat(stranger.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(stranger.err())
        .contains("1 of 1 test recipients get no mail")
        .contains("no profile has the address");
    assertThat(outside.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(outside.err()).contains("in none of the campaign's segments");
  }

  @Test
  void reasonsNameThoseOfTheAddressAndOfTheRest() {
    assertThat(RunSummary.reasons(Map.of("noConsent", 1L, "notInAudience", 90L), 1))
        .isEqualTo("no consent to the topic");
    assertThat(RunSummary.reasons(Map.of("suppressed", 1L, "notInAudience", 90L), 2))
        .isEqualTo(
            "address suppressed; in none of the campaign's segments, or no profile has the address");
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new);
  }
}
