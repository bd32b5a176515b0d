package dev.lettershop.cli.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.cli.ShopCommand;
import dev.lettershop.cli.TestShop;
import dev.lettershop.job.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceResetCommandTest {
  @TempDir Path folder;

  @Test
  void saysWhetherThereWasSomethingToForget() throws Exception {
    TestShop shop = new TestShop(folder.resolve("pods"), 25, 0);
    ShopCommand command = new ShopCommand(shop, folder);
    assertThat(command.call("source", "reset", "orders").out())
        .isEqualTo("Nothing is known of how far orders was read: it starts anew anyway\n");
    try (var connection = shop.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          "insert into source_position (source, origin, position)"
              + " values ('orders', 'table', '7'), ('crm', 'table', '8')");
    }

    assertThat(command.call("source", "reset", "orders").out())
        .isEqualTo("The next sync reads orders from its start\n");

    assertThat(shop.query("select string_agg(source, ',') from source_position")).isEqualTo("crm");
    assertThat(command.call("source", "reset").exitCode()).isEqualTo(ExitCode.CONFIGURATION);
  }
}
