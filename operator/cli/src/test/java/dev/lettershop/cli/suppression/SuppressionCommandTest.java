package dev.lettershop.cli.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.cli.PodCommand;
import dev.lettershop.cli.ShopCommand;
import dev.lettershop.cli.TestShop;
import dev.lettershop.job.ExitCode;
import dev.lettershop.store.Store;
import dev.lettershop.store.address.EmailKey;
import dev.lettershop.store.consent.ConsentStatus;
import dev.lettershop.store.load.consent.ConsentLoad;
import dev.lettershop.store.load.consent.LoadedConsent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SuppressionCommandTest {
  private static final String FIRST = "zebulon.1@people.example";
  private static final String SECOND = "zebulon.2@people.example";

  @TempDir Path folder;
  private TestShop shop;
  private ShopCommand command;

  @BeforeEach
  void thereIsAShop() throws Exception {
    shop = new TestShop(folder.resolve("pods"), 5, 3);
    command = new ShopCommand(shop, folder);
    assertThat(new PodCommand(shop, null, folder).call("sync").exitCode()).isZero();
  }

  private ShopCommand.Result done(String... words) throws IOException {
    ShopCommand.Result result = command.call(words);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }

  private Path list(String... lines) throws IOException {
    return Files.writeString(folder.resolve("list.txt"), String.join("\r\n", lines) + "\r\n");
  }

  @Test
  void anAddressIsSuppressedExplainedAndLifted() throws Exception {
    assertThat(done("suppression", "list").out()).isEqualTo("No such suppressions\n");
    assertThat(done("suppression", "explain", "--email", FIRST).out())
        .isEqualTo("The address is not suppressed\n");

    assertThat(done("suppression", "add", "--email", FIRST, "--note", "asked on the phone").out())
        .isEqualTo("1 address and 0 domains are suppressed now that were not\n");

    assertThat(done("suppression", "list", "--email", FIRST).out())
        .contains("Other", "by user/", "asked on the phone")
        .doesNotContain("zebulon");
    assertThat(done("suppression", "explain", "--email", FIRST).out())
        .startsWith("The address is suppressed\n")
        .contains("suppression.added by user/");

    assertThat(done("suppression", "remove", "--email", FIRST, "--dry-run").out())
        .isEqualTo("1 address and 0 domains would get mail again\n");
    assertThat(done("suppression", "remove", "--email", FIRST, "--yes").out())
        .isEqualTo("1 address and 0 domains are not suppressed any more\n");
    assertThat(done("suppression", "explain", "--email", FIRST).out())
        .startsWith("The address is not suppressed\n")
        .contains("suppression.removed by user/");
    assertThat(done("audit", "list", "--action", "suppression").out()).hasLineCount(2);
  }

  @Test
  void aListOfAddressesHashesAndDomainsIsAdded() throws Exception {
    Path list =
        list(
            "\uFEFFEmail",
            "# from the service before",
            "",
            "\"Zebulon.1@People.example\"",
            HexFormat.of().formatHex(EmailKey.hash(SECOND)).toUpperCase(),
            // MD5 of zebulon.3@people.example.
            "bbbdc43abb71ea26b6ee6d1c32dacf0d",
            "@blocked.example");

    assertThat(
            done("suppression", "add", "--list", list.toString(), "--reason", "Unsubscribed").out())
        .isEqualTo("3 addresses and 1 domain are suppressed now that were not\n");
    assertThat(done("suppression", "add", "--list", list.toString()).out())
        .isEqualTo("0 addresses and 0 domains are suppressed now that were not\n");

    for (String address :
        new String[] {FIRST, SECOND, "zebulon.3@people.example", "any@blocked.example"}) {
      JsonNode answer = done("suppression", "explain", "--email", address, "-o", "json").json();
      assertThat(answer.findValuesAsText("reason")).contains("Unsubscribed");
    }
    assertThat(
            done("suppression", "list", "--domain", "people.example", "-o", "json").json().size())
        .isEqualTo(2);
  }

  @Test
  void ofAListWithLinesThatCannotBeUsedNothingIsAdded() throws Exception {
    ShopCommand.Result result =
        command.call(
            "suppression",
            "add",
            "--list",
            list(FIRST, "zebulon", "d41d8cd98f00b204e9800998ecf8427e0", "@nowhere").toString());

    assertThat(result.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(result.err())
        .contains(
            "line 2 is neither an address, nor a hash of one",
            "line 3 is neither",
            "line 4 is neither",
            "Nothing was added")
        .doesNotContain("zebulon");
    assertThat(shop.query("select count(*) from suppression")).isEqualTo("0");
  }

  @Test
  void whatIsAskedForMustBeSaid() throws Exception {
    assertThat(command.call("suppression", "remove", "--yes").err())
        .contains("Say which suppressions to lift");
    assertThat(command.call("suppression", "remove", "--reason", "Complaint").err())
        .contains("Look with --dry-run, then lift with --yes");
    assertThat(command.call("suppression", "add").err())
        .contains("Name one of --email, --domain and --list");
    assertThat(command.call("suppression", "explain", "--email", "zebulon").err())
        .contains("--email is not an address that mail can be sent to");
    assertThat(command.call("suppression", "list", "--since", "yesterday").err())
        .contains("--since yesterday is not a time");
  }

  @Test
  void consentsAreExplainedWithRefusalsOfOthersWithTheAddress() throws Exception {
    try (Store store = shop.store()) {
      try (ConsentLoad load = store.loadConsents("list", "email")) {
        load.add(consent(SECOND, ConsentStatus.Granted, "2026-11-01T10:00:00Z"));
        load.commit();
      }
      try (ConsentLoad load = store.loadConsents("till", "card")) {
        load.add(consent("4711", ConsentStatus.Withdrawn, "2026-11-02T10:00:00Z"));
        load.commit();
      }
    }
    shop.query(
        """
        update profile set email_key = 'zebulon.2@people.example' where id =
          (select profile_id from identity where kind = 'card') returning id
        """);

    ShopCommand.Result refused = done("profile", "consents", "--email", SECOND);
    assertThat(refused.out())
        .startsWith("news")
        .contains("refused", "has said Granted on 2026-11-01T10:00:00Z, but profile")
        .contains("which has the same address, has refused on 2026-11-02T10:00:00Z");
    assertThat(done("suppression", "explain", "--email", SECOND).out())
        .contains("refuses the topic news");
    assertThat(done("profile", "consents", "number=1").out()).startsWith("Nothing was ever said");
  }

  private static LoadedConsent consent(String who, ConsentStatus status, String at) {
    return new LoadedConsent("line", who, "news", status, Instant.parse(at), Map.of());
  }
}
