package dev.lettershop.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.cli.ShopCommand;
import dev.lettershop.cli.TestShop;
import dev.lettershop.job.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What became of runs, asked of the ledger. */
class RunListTest {
  @TempDir Path folder;

  @Test
  void runsAreListedAndShown() throws Exception {
    TestShop shop = new TestShop(folder, 1, 4);
    ShopCommand command = new ShopCommand(shop, folder);
    String data = shop.sources().resolve("people").toString();
    ShopCommand.Result first =
        command.call("run", "campaign/hello", "--dry-run", "--run-name", "one", "--data", data);
    assertThat(first.exitCode()).as(first.err()).isEqualTo(ExitCode.DONE);
    command.call("run", "campaign/hello", "--dry-run", "--run-name", "two", "--no-sync");

    JsonNode list = command.call("run", "list", "-o", "json").json();
    ShopCommand.Result shown = command.call("run", "show", "one");
    JsonNode latest = command.call("run", "show", "-o", "json").json();

    assertThat(list).extracting(run -> run.path("run").asText()).containsExactly("two", "one");
    assertThat(list.get(0).path("kind").asText()).isEqualTo("dry");
    assertThat(list.get(0).path("state").asText()).isEqualTo("Completed");
    assertThat(list.get(0).path("selected").asLong()).isPositive();
    assertThat(command.call("run", "list", "campaign/hello", "--limit", "1").out())
        .contains("\ntwo ")
        .doesNotContain("\none ");
    assertThat(shown.exitCode()).as(shown.err()).isZero();
    assertThat(shown.out())
        .contains("campaign/hello, run one, a dry run", "sha256:", "audience", "not mailed");
    assertThat(latest.path("run").asText()).isEqualTo("two");
    assertThat(latest.at("/status/planHash").asText()).startsWith("sha256:");
  }

  @Test
  void aRunThatThereIsNotIsSaidSo() throws Exception {
    ShopCommand command = new ShopCommand(new TestShop(folder, 1, 1), folder);

    assertThat(command.call("run", "show", "nine").err()).contains("There is no run \"nine\"");
    assertThat(command.call("run", "show").err()).contains("There is no run yet");
    assertThat(command.call("run", "list").out()).contains("has run yet");
    assertThat(command.call("run", "list", "campaign/other").err())
        .contains("Campaign/other is not among the resources");
    assertThat(command.call("run").err()).contains("Name the campaign to run");
  }
}
