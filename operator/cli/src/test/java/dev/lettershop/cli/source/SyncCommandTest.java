package dev.lettershop.cli.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.api.v1alpha1.source.SyncCounts;
import dev.lettershop.cli.PodCommand;
import dev.lettershop.cli.TestShop;
import dev.lettershop.job.ExitCode;
import dev.lettershop.job.TerminationMessage.RefreshCounts;
import dev.lettershop.testkit.ApiStandIn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What fills a store, and what is told of it. */
@Timeout(120)
class SyncCommandTest {
  private static final int PEOPLE = 20;

  @TempDir Path scratch;
  private ApiStandIn api;
  private TestShop shop;
  private PodCommand pod;

  @BeforeEach
  void open() throws Exception {
    api = new ApiStandIn(scratch.resolve("account"));
    shop = new TestShop(scratch, 25, PEOPLE);
    pod = new PodCommand(shop, api, scratch);
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aSourceIsReadAndItsStatusSaysWhatCameOfIt() throws Exception {
    Files.writeString(
        shop.peopleFile(), "77,no address,Zebulon77,Boston\n", StandardOpenOption.APPEND);
    shop.edit("identity: {key", "onInvalid: {failAbovePercent: 50}\n  identity: {key").writePlans();
    PodCommand.Result result = pod.call("sync");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(shop.query("select count(*) from profile")).isEqualTo("21");
    assertThat(result.message().reason()).isEqualTo("Succeeded");
    assertThat(result.message().sync())
        .isEqualTo(new SyncCounts(21L, 21L, 0L, 0L, 0L, null, null, null, 1L));
    assertThat(api.lastPatch("profilesources").path())
        .isEqualTo("/apis/lettershop.dev/v1alpha1/namespaces/shop/profilesources/people/status");
    JsonNode status = api.lastPatch("profilesources").body().at("/status");
    assertThat(status.at("/lastSync/read").asInt()).isEqualTo(21);
    assertThat(status.at("/lastSync/droppedValues").asInt()).isEqualTo(1);
    assertThat(status.at("/lastSyncTime").asText()).matches("\\d{4}-.*Z");
    assertThat(result.all()).doesNotContain("Zebulon").doesNotContain("people.example");
  }

  @Test
  void theStoreLearnsWhichAttributesItsTablesHold() throws Exception {
    pod.call("sync");
    shop.edit("- {name: city, type: String}", "- {name: town, type: String, renamedFrom: city}")
        .edit("profile.city", "profile.town")
        .writePlans();

    PodCommand.Result result = pod.call("sync");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(api.lastPatch("profilestores").path())
        .isEqualTo("/apis/lettershop.dev/v1alpha1/namespaces/shop/profilestores/default/status");
    JsonNode schema = api.lastPatch("profilestores").body().at("/status/schema");
    assertThat(schema.at("/version").asInt()).isEqualTo(2);
    assertThat(schema.at("/changes").toString()).isEqualTo("[\"renamed city to town\"]");
    assertThat(schema.at("/undeclared").toString()).isEqualTo("[]");
    assertThat(schema.at("/changedTime").asText()).matches("\\d{4}-.*Z");
  }

  @Test
  void aFileThatIsTheSameIsPassedOverUnlessAllIsAskedFor() throws Exception {
    pod.call("sync");
    PodCommand.Result same = pod.call("sync");
    JsonNode status = api.lastPatch("profilesources").body().at("/status");
    PodCommand.Result full = pod.call("sync", "--full");

    assertThat(same.exitCode()).as(same.err()).isZero();
    assertThat(same.message().message()).contains("nothing to do");
    assertThat(same.message().sync()).isNull();
    assertThat(status.at("/lastSyncTime").asText()).matches("\\d{4}-.*Z");
    assertThat(status.has("lastSync")).isFalse();
    assertThat(full.message().sync()).isEqualTo(new SyncCounts(20L, 0L, 0L, 0L, 0L));
  }

  private static Predicate<String> ofSource() {
    return path -> path.contains("/profilesources/");
  }

  @Test
  void tooManyInvalidRecordsLeaveTheStoreAsItWasAndNoStatus() throws Exception {
    Files.writeString(
        shop.peopleFile(),
        "77,no address,Zebulon77,Boston\n".repeat(20),
        StandardOpenOption.APPEND);
    shop.edit(
            "identity: {key",
            "onInvalid: {failAbovePercent: 5}\n  normalise: {fields: [{name: email, onInvalid: Quarantine}]}\n  identity: {key")
        .writePlans();
    PodCommand.Result result = pod.call("sync");

    assertThat(result.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(result.message().reason()).isEqualTo("ConfigurationError");
    assertThat(result.message().message())
        .contains("ProfileSource/people")
        .contains("failAbovePercent");
    assertThat(result.message().sync().quarantined()).isEqualTo(20);
    assertThat(shop.query("select count(*) from profile")).isEqualTo("0");
    assertThat(api.patches()).extracting(ApiStandIn.Patch::path).noneMatch(ofSource());
  }

  @Test
  void valuesAreLookedUpInTheTableOfAConfigMap() throws Exception {
    shop.edit(
            "identity: {key",
            "normalise: {fields: [{name: city, tableFrom: {name: cities, key: cities.csv}}]}\n"
                + "  identity: {key")
        .writePlans();
    PodCommand.Result without = pod.call("sync");
    Path table = Files.createDirectories(shop.sources().resolve(".tables/cities"));
    Files.writeString(table.resolve("cities.csv"), "from,to\nBoston,BOS\n");
    PodCommand.Result with = pod.call("sync");

    assertThat(without.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(without.message().message())
        .contains("ProfileSource/people spec.normalise.fields[0].tableFrom")
        .contains("file not found: cities/cities.csv");
    assertThat(with.exitCode()).as(with.err()).isZero();
    assertThat(shop.query("select count(*) from profile where city = 'BOS'")).isEqualTo("10");
    assertThat(shop.query("select count(*) from profile where city = 'Boston'")).isEqualTo("0");
  }

  @Test
  void aMissingFileIsNamedWithItsVolume() throws Exception {
    Files.delete(shop.peopleFile());
    PodCommand.Result result = pod.call("sync");

    assertThat(result.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(result.message().message())
        .contains("ProfileSource/people spec.file.path")
        .contains("people.csv in " + shop.sources().resolve("people"));
  }

  @Test
  void aDatabaseThatIsDownIsWorthAnotherTry() throws Exception {
    shop.edit("host: 127.0.0.1\n    port: ", "host: 127.0.0.1\n    port: 1\n    # ").writePlans();
    PodCommand.Result result = pod.call("sync");

    assertThat(result.exitCode()).isEqualTo(ExitCode.RETRY);
    assertThat(result.message().reason()).isEqualTo("Retry");
    assertThat(result.message().message()).contains("127.0.0.1:1/");
  }

  @Test
  void aSegmentThatRestsOnAnotherIsRecordedWithItsComingAndGoing() throws Exception {
    pod.call("sync");
    PodCommand.Result first = pod.call("refresh");
    shop.people(PEOPLE + 10);
    pod.call("sync");
    PodCommand.Result second = pod.call("refresh");

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.message().refresh())
        .extracting(RefreshCounts::size, RefreshCounts::entered, RefreshCounts::left)
        .containsExactly(10L, 10L, 0L);
    assertThat(second.message().refresh())
        .extracting(RefreshCounts::size, RefreshCounts::entered, RefreshCounts::left)
        .containsExactly(15L, 5L, 0L);
    assertThat(second.message().message())
        .startsWith("Segment bostonians: 15 members, 5 came, 0 left; in ");
    assertThat(api.lastPatch().path())
        .isEqualTo("/apis/lettershop.dev/v1alpha1/namespaces/shop/segments/bostonians/status");
    JsonNode status = api.lastPatch().body().at("/status");
    assertThat(status.at("/size").asInt()).isEqualTo(15);
    assertThat(status.at("/entered").asInt()).isEqualTo(5);
    assertThat(status.at("/left").asInt()).isZero();
    assertThat(second.message().refresh().milliseconds())
        .isEqualTo(status.at("/lastRefreshMilliseconds").asLong());
    assertThat(status.at("/lastRefreshTime").asText()).matches("\\d{4}-.*Z");
  }
}
