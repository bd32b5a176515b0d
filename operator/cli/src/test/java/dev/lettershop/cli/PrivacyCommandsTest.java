package dev.lettershop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.job.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A shop that encrypts, and what its people can ask for. */
@Timeout(240)
class PrivacyCommandsTest {
  private static final String STORE = "apiVersion: lettershop.dev/v1alpha1\nkind: ProfileStore";

  @TempDir Path folder;
  private TestShop shop;
  private ShopCommand command;
  private PodCommand pod;
  private Path keyset;
  private String secret;

  @BeforeEach
  void open() throws Exception {
    keyset = folder.resolve("keyset.json");
    assertThat(ShopCommand.withoutResources("keys", "create", keyset.toString()).exitCode())
        .isZero();
    shop = new TestShop(folder.resolve("pods"), 1, 10);
    shop.edit(
        "  topics:\n",
        "  encryption: {keysetSecretRef: {name: pii-keys, key: keyset.json}}\n  topics:\n");
    shop.edit(STORE, "# keys\n" + STORE);
    secret = "# keys\n";
    mountKeys();
    command = new ShopCommand(shop, folder);
    pod = new PodCommand(shop, null, folder);
  }

  /** Puts the file's content into the Secret, for Pods and among the manifests. */
  private void mountKeys() throws Exception {
    String json = Files.readString(keyset);
    shop.secret("pii-keys", Map.of("keyset.json", json));
    String now =
        "# keys\napiVersion: v1\nkind: Secret\nmetadata: {name: pii-keys, namespace: shop}\n"
            + "stringData:\n  keyset.json: |\n"
            + json.indent(4)
            + "---\n";
    shop.edit(secret, now);
    secret = now;
    shop.writePlans();
  }

  private void sync() throws Exception {
    PodCommand.Result result = pod.call("sync");
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  @Test
  void personalDataIsInTheDatabaseAsCipherTextAndInTheExportInClear() throws Exception {
    Files.writeString(
        shop.peopleFile(), "77,no address,Zebulon77,Boston\n", StandardOpenOption.APPEND);
    shop.edit(
            "identity: {key",
            "onInvalid: {failAbovePercent: 50}\n  normalise: {fields: [{name: email, onInvalid: Quarantine}]}\n  identity: {key")
        .writePlans();
    sync();

    ShopCommand.Result export =
        command.call("profile", "export", "--email", "Zebulon.3@people.example");

    assertThat(shop.query("select string_agg(p::text, '') from profile p"))
        .doesNotContainIgnoringCase("zebulon");
    assertThat(shop.query("select string_agg(i::text, '') from identity i"))
        .doesNotContainIgnoringCase("zebulon");
    assertThat(shop.query("select string_agg(q::text, '') from quarantine q"))
        .contains("people.csv")
        .doesNotContainIgnoringCase("zebulon");
    assertThat(export.exitCode()).as(export.err()).isZero();
    JsonNode all = export.json();
    assertThat(all.at("/attributes/first_name").asText()).isEqualTo("Zebulon3");
    assertThat(all.at("/attributes/email").asText()).isEqualTo("zebulon.3@people.example");
    assertThat(all.at("/identities").toString())
        .contains("zebulon.3@people.example")
        .contains("number");
    assertThat(command.call("audit", "list", "-o", "json").json().findValuesAsText("action"))
        .containsExactly("schema.changed", "profile.exported");
  }

  @Test
  void recordsThatDisagreeAreMaskedOrShownInClearAndEqualOnesAreNoConflict() throws Exception {
    Files.writeString(
        shop.peopleFile(),
        """
        number,email,first_name,city
        500,zebulon@people.example,Zebulon,Boston
        501,zebulon@people.example,Zebulon,Salem
        600,abner@people.example,Abner,Boston
        601,abner@people.example,Zebulon,Boston
        """);
    sync();

    ShopCommand.Result masked = command.call("profile", "conflicts");
    ShopCommand.Result shown = command.call("profile", "conflicts", "--show-values", "-o", "json");

    assertThat(masked.exitCode()).as(masked.err()).isZero();
    assertThat(masked.out().lines().map(line -> line.replaceFirst("profile \\d+", "profile")))
        .containsExactly(
            "profile  city",
            "    counts people: \"Salem\"",
            "           people: \"Boston\"",
            "profile  first_name",
            "    counts people: \"•••\"",
            "           people: \"•••\"");
    assertThat(shown.json().findValuesAsText("value"))
        .containsExactly("Salem", "Boston", "Zebulon", "Abner");
    assertThat(command.call("profile", "conflicts", "--limit", "1").out()).doesNotContain("•");
  }

  @Test
  void whoIsForgottenLeavesNothingButAHashAndIsNotMailedAgain() throws Exception {
    Files.writeString(
        shop.peopleFile(),
        "77,zebulon.4@people example,Zebulon4,Boston\n" + "78,no address,Other,Boston\n",
        StandardOpenOption.APPEND);
    shop.edit(
            "identity: {key",
            "onInvalid: {failAbovePercent: 50}\n  normalise: {fields: [{name: email, onInvalid: Quarantine}]}\n  identity: {key")
        .writePlans();
    sync();
    String id = shop.query("select profile_id from identity where value = '4'");

    ShopCommand.Result without = command.call("profile", "forget", "number=4");
    ShopCommand.Result dry =
        command.call("profile", "forget", "number=4", "--dry-run", "-o", "json");
    String before = shop.query("select count(*) from profile");
    ShopCommand.Result done = command.call("profile", "forget", "number=4", "--yes", "-o", "json");

    assertThat(without.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(dry.json().at("/rows/profile").asInt()).isEqualTo(1);
    assertThat(before).isEqualTo("10");
    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(done.json().at("/rows").toString()).isEqualTo(dry.json().at("/rows").toString());
    assertThat(done.json().at("/suppressed").asInt()).isEqualTo(1);
    for (String table : new String[] {"profile", "identity", "person_key", "consent", "event"}) {
      String key = table.equals("profile") ? "id" : "profile_id";
      assertThat(shop.query("select count(*) from " + table + " where " + key + " = " + id))
          .as(table)
          .isEqualTo("0");
    }
    String hash = done.json().at("/auditHash").asText();
    assertThat(command.call("audit", "verify", "--head", hash).exitCode()).isZero();
    assertThat(command.call("profile", "export", id).exitCode()).isEqualTo(ExitCode.CONFIGURATION);

    // The same file would be passed over.
    Files.writeString(shop.peopleFile(), "\n", StandardOpenOption.APPEND);
    sync();

    assertThat(shop.query("select count(*) from profile")).isEqualTo("10");
    assertThat(
            shop.query(
                "select count(*) from profile p join suppression s"
                    + " on s.address_hash = sha256((select value from store_salt) ||"
                    + " convert_to(split_part(p.email_key, '@', 1), 'UTF8'))"
                    + " where s.reason = 'Forgotten'"))
        .isEqualTo("1");
  }

  @Test
  void keysAreRotatedAndWhatIsStoredComesUnderTheNewOnes() throws Exception {
    shop.edit(
            "{name: first_name, type: String, pii: true}",
            "{name: first_name, type: String, pii: true, deterministic: true}")
        .edit("profile.city == \"Boston\"", "profile.first_name == \"Zebulon4\"")
        .writePlans();
    sync();
    assertThat(ShopCommand.withoutResources("keys", "rotate", keyset.toString()).exitCode())
        .isZero();
    mountKeys();
    shop.people(12);
    sync();

    assertThat(pod.call("refresh").message().refresh().size()).isEqualTo(1);
    JsonNode meanwhile = command.call("keys", "list", "-o", "json").json();
    ShopCommand.Result rewrap = command.call("keys", "rewrap", "-o", "json");
    JsonNode after = command.call("keys", "list", "-o", "json").json();
    ShopCommand.Result again = command.call("keys", "rewrap");

    assertThat(values(meanwhile, "aead", false)).isEqualTo(10);
    assertThat(rewrap.exitCode()).as(rewrap.err()).isZero();
    assertThat(rewrap.json().at("/personKeys").asInt()).isEqualTo(10);
    assertThat(values(after, "aead", false)).isZero();
    assertThat(values(after, "aead", true)).isEqualTo(12);
    assertThat(values(after, "deterministicAead", false)).isZero();
    assertThat(again.out()).startsWith("0 keys of persons, 0 values");
    assertThat(
            command
                .call("audit", "list", "--action", "keys.", "-o", "json")
                .json()
                .findValuesAsText("action"))
        .containsExactly("keys.rotated", "keys.rewrapped", "keys.rewrapped");
    assertThat(command.call("audit", "verify").exitCode()).isZero();
    assertThat(pod.call("refresh").message().refresh().size()).isEqualTo(1);
    assertThat(
            command
                .call("profile", "export", "number=4")
                .json()
                .at("/attributes/first_name")
                .asText())
        .isEqualTo("Zebulon4");
  }

  private static long values(JsonNode keys, String purpose, boolean primary) {
    for (JsonNode key : keys) {
      if (key.at("/purpose").asText().equals(purpose)
          && key.at("/primary").asBoolean() == primary) {
        return key.at("/values").asLong();
      }
    }
    throw new AssertionError("No such key in " + keys);
  }

  @Test
  void keysAreNeverOverwrittenAndWhatIsNoKeysetIsSaid() throws Exception {
    ShopCommand.Result again = ShopCommand.withoutResources("keys", "create", keyset.toString());
    assertThat(again.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(again.err()).contains("is there already").contains("keys rotate");
    shop.secret("pii-keys", Map.of("keyset.json", "secret"));

    PodCommand.Result sync = pod.call("sync");

    assertThat(sync.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(sync.message().message())
        .contains("ProfileStore/default spec.encryption.keysetSecretRef")
        .contains("keys create");
  }

  @Test
  void aRuleOnAnEncryptedAttributeIsRefusedByLint() throws Exception {
    shop.edit("profile.city == \"Boston\"", "profile.first_name == \"Ada\"");

    ShopCommand.Result lint = command.call("lint");

    assertThat(lint.exitCode()).isEqualTo(1);
    assertThat(lint.out() + lint.err())
        .contains("\"first_name\" is encrypted")
        .contains("deterministic: true");
  }
}
