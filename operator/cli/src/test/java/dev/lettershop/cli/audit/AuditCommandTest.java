package dev.lettershop.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.cli.ShopCommand;
import dev.lettershop.cli.TestShop;
import dev.lettershop.job.ExitCode;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AuditCommandTest {
  @TempDir Path folder;
  private TestShop shop;
  private ShopCommand command;

  @BeforeEach
  void fill() throws Exception {
    shop = new TestShop(folder.resolve("pods"), 1, 0);
    command = new ShopCommand(shop, folder);
    try (Store store = shop.store()) {
      store.migrate(
          ProfileSchema.of(
              List.of(
                  new Attribute("first_name", AttributeType.String, true),
                  new Attribute("city", AttributeType.String, false)),
              List.of()));
      store.audit().append("profile.merged", "source/crm", 1L, Map.of("merged", 2));
      store.audit().append("profile.exported", "user/ada", 7L, null);
      store.audit().append("profile.forgotten", "user/ada", 7L, Map.of("rows", 12));
    }
  }

  @Test
  void rowsAreListedAndFiltered() throws Exception {
    ShopCommand.Result all = command.call("audit", "list");
    ShopCommand.Result some =
        command.call("audit", "list", "--profile", "7", "--since", "1h", "-o", "json");

    assertThat(all.exitCode()).as(all.err()).isZero();
    assertThat(all.out().lines()).hasSize(4);
    assertThat(all.out()).contains("source/crm").contains("profile 1 {\"merged\": 2}");
    assertThat(all.out()).contains("schema.changed").contains("added city as String");
    assertThat(some.exitCode()).as(some.err()).isZero();
    assertThat(some.json()).hasSize(2);
    assertThat(some.json().at("/1/detail/rows").asInt()).isEqualTo(12);
    assertThat(command.call("audit", "list", "--action", "key.").out()).contains("No such rows");
  }

  @Test
  void anIntactLogSaysItsHead() throws Exception {
    ShopCommand.Result text = command.call("audit", "verify");
    String head = command.call("audit", "verify", "-o", "json").json().at("/head").asText();

    assertThat(text.exitCode()).as(text.err()).isZero();
    assertThat(text.out()).contains("4 rows, all as they were written").contains("head " + head);
    assertThat(command.call("audit", "verify", "--head", head).exitCode()).isZero();
  }

  @Test
  void aBrokenLogSaysItsFirstBrokenRow() throws Exception {
    tamper("update audit set actor = 'nobody' where id = 2");

    ShopCommand.Result broken = command.call("audit", "verify", "-o", "json");

    assertThat(broken.exitCode()).isEqualTo(1);
    assertThat(broken.json().at("/brokenId").asLong()).isEqualTo(2);
    assertThat(command.call("audit", "verify").out()).contains("row 2 is not as it was written");
  }

  @Test
  void anEndThatWasCutOffIsFoundByTheHead() throws Exception {
    String head = command.call("audit", "verify", "-o", "json").json().at("/head").asText();
    tamper("delete from audit where id = 4");

    ShopCommand.Result cut = command.call("audit", "verify", "--head", head);

    assertThat(cut.exitCode()).isEqualTo(1);
    assertThat(cut.out()).contains("cut off");
  }

  @Test
  void whatIsNoHeadOrTimeIsSaid() throws Exception {
    assertThat(command.call("audit", "verify", "--head", "abc").err()).contains("64 hexadecimal");
    ShopCommand.Result since = command.call("audit", "list", "--since", "yesterday");
    assertThat(since.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(since.err()).contains("2026-11-30T09:00:00Z");
    assertThat(command.call("audit", "list", "--store", "other").err())
        .contains("no such profile store");
  }

  private void tamper(String statement) throws Exception {
    try (Connection connection = shop.connect();
        Statement statements = connection.createStatement()) {
      statements.execute("alter table audit disable trigger all");
      statements.execute(statement);
      statements.execute("alter table audit enable trigger all");
    }
  }
}
