package dev.lettershop.cli.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.cli.PodCommand;
import dev.lettershop.cli.ShopCommand;
import dev.lettershop.cli.TestShop;
import dev.lettershop.job.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class QuarantineCommandTest {
  @TempDir Path folder;
  private TestShop shop;
  private ShopCommand command;
  private PodCommand pod;

  @BeforeEach
  void syncAFileWithABadAddressAndABrokenLine() throws Exception {
    shop = new TestShop(folder.resolve("pods"), 1, 40);
    Files.writeString(
        shop.peopleFile(),
        Files.readString(shop.peopleFile())
            + "77,\"Zebulon <zebulon.77@people.example>\",Zebulon,Boston\n78,too few\n");
    shop.edit(
            "identity: {key",
            "normalise: {fields: [{name: email, onInvalid: Quarantine}]}\n  identity: {key")
        .writePlans();
    command = new ShopCommand(shop, folder);
    pod = new PodCommand(shop, null, folder);
    assertThat(pod.call("sync").exitCode()).isZero();
  }

  @Test
  void recordsAreListedWithTheirReasonsAndWithoutTheirValues() throws Exception {
    ShopCommand.Result text = command.call("quarantine", "list", "--source", "people");
    ShopCommand.Result json = command.call("quarantine", "list", "-o", "json");
    ShopCommand.Result open = command.call("quarantine", "list", "--show-values");

    assertThat(text.exitCode()).as(text.err()).isZero();
    assertThat(text.out())
        .contains("people.csv:42", "email is not an e-mail address", "has 2 columns instead of 4")
        .doesNotContain("ebulon");
    assertThat(json.json().at("/records/1/fields")).hasSize(4);
    assertThat(json.json().at("/reasons")).hasSize(2);
    assertThat(json.out()).doesNotContain("ebulon");
    assertThat(open.out()).contains("zebulon.77@people.example");
    assertThat(command.call("quarantine", "list", "--source", "none").out()).contains("is empty");
  }

  @Test
  void whatHadASyncRefusedIsListedApartAndNotReadAgain() throws Exception {
    Files.writeString(shop.peopleFile(), "number,email,first_name,city\n1,too few\n2,too few\n");
    assertThat(pod.call("sync").exitCode()).isEqualTo(ExitCode.CONFIGURATION);

    ShopCommand.Result text = command.call("quarantine", "list");
    ShopCommand.Result json = command.call("quarantine", "list", "-o", "json");

    assertThat(text.out()).contains("people.csv:2", "its sync was refused, and nothing was loaded");
    assertThat(json.json().at("/records/0/refused").asBoolean()).isTrue();
    assertThat(json.json().at("/reasons")).as("of what was set aside before").hasSize(2);
  }

  @Test
  void recordsAreReadAgainAfterTheMappingIsCorrected() throws Exception {
    ShopCommand.Result before = command.call("quarantine", "replay", "people");
    shop.edit(
        "identity: {key: number",
        "mapping: [{to: email, value: \"record.email.split('<').size() > 1 ?"
            + " record.email.split('<')[1].replace('>', '') : record.email\"}]\n"
            + "  identity: {key: number");
    ShopCommand.Result after = command.call("quarantine", "replay", "people", "-o", "json");

    assertThat(before.exitCode()).as(before.err()).isEqualTo(ExitCode.RETRY);
    assertThat(before.out()).contains("0 records used").contains("1 still cannot be used");
    assertThat(after.json().at("/replayed").asInt()).as(after.err()).isEqualTo(1);
    assertThat(after.json().at("/counts/created").asInt()).isEqualTo(1);
    assertThat(after.json().at("/unreadable").asInt()).isEqualTo(1);
    assertThat(command.call("quarantine", "list", "-o", "json").json().at("/records")).hasSize(1);
  }

  @Test
  void recordsAreDeletedWhenTheyAreOld() throws Exception {
    assertThat(command.call("quarantine", "purge", "--older-than", "30d").out())
        .startsWith("0 records");
    assertThat(command.call("quarantine", "purge", "--older-than", "0s").out())
        .startsWith("2 records");
    assertThat(command.call("quarantine", "purge", "--older-than", "old").exitCode())
        .isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void conflictsAreListedAndPeopleSeparated() throws Exception {
    Files.writeString(
        shop.peopleFile(),
        "number,email,first_name,city\n500,both@people.example,Ada,Boston\n501,both@people.example,Bob,Boston\n");
    assertThat(pod.call("sync").exitCode()).isZero();

    ShopCommand.Result conflicts = command.call("profile", "conflicts", "-o", "json");
    String id = conflicts.json().at("/0/profileId").asText();
    ShopCommand.Result unmerged =
        command.call("profile", "unmerge", id, "--identity", "number=501");

    assertThat(conflicts.json().at("/0/attribute").asText()).isEqualTo("first_name");
    assertThat(conflicts.out()).doesNotContain("Bob");
    assertThat(command.call("profile", "conflicts", "--show-values").out())
        .doesNotContain("Bob")
        .contains("No records disagree");
    assertThat(unmerged.exitCode()).as(unmerged.err()).isZero();
    assertThat(command.call("audit", "list", "--action", "profile.unmerged").out())
        .contains("profile " + id);
    assertThat(command.call("profile", "unmerge", id, "--identity", "number=999").err())
        .contains("no such identity of the kind number");
  }
}
