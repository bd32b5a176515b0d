package dev.lettershop.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.api.v1alpha1.run.ShardActivity;
import dev.lettershop.cli.PodCommand;
import dev.lettershop.cli.TestShop;
import dev.lettershop.job.ExitCode;
import dev.lettershop.testkit.ApiStandIn;
import dev.lettershop.testkit.FaultySmtpServer;
import dev.lettershop.testkit.FaultySmtpServer.Moment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One shard that has a run to itself. */
@Timeout(120)
class SendCommandTest {
  private static final int PEOPLE = 60;

  @TempDir Path scratch;

  private volatile FaultySmtpServer.Script script = call -> null;
  private final FaultySmtpServer inbox =
      new FaultySmtpServer(call -> script.answer(call), "PIPELINING", "8BITMIME");
  private ApiStandIn api;
  private TestShop shop;
  private PodCommand pod;

  @BeforeEach
  void open() throws Exception {
    api = new ApiStandIn(scratch.resolve("account"));
    shop = new TestShop(scratch, inbox.port(), PEOPLE);
    pod = new PodCommand(shop, api, scratch);
  }

  @AfterEach
  void close() {
    api.close();
    inbox.close();
  }

  @Test
  void everybodyIsMailedAndStatusAndTerminationMessageSayWhatTheLedgerSays() throws Exception {
    PodCommand.Result result = pod.call("send", "--run-name=one");

    assertThat(result.exitCode()).as(result.err()).isZero();
    Map<String, Long> states = shop.counts("select state::text, count(*) from delivery group by 1");
    assertThat(inbox.received()).hasSize(states.get("sent").intValue());
    assertThat(result.message().reason()).isEqualTo("Succeeded");
    assertThat(result.message().shard().activity()).isEqualTo(ShardActivity.Finished);
    assertThat(result.message().shard().sent()).isEqualTo(states.get("sent"));
    assertThat(result.message().shard().selected()).isEqualTo(states.get("sent"));
    assertThat(result.message().shard().skipped())
        .containsEntry("holdout", states.get("skipped"))
        .containsEntry("notInAudience", 0L);
    assertThat(result.message().shard().variants())
        .isEqualTo(
            shop.counts("select variant, count(*) from delivery where state = 'sent' group by 1"));
    assertThat(result.message().planHash()).startsWith("sha256:");

    ApiStandIn.Patch last = api.lastPatch("campaignruns");
    assertThat(last.method()).isEqualTo("PATCH");
    assertThat(last.path())
        .isEqualTo("/apis/lettershop.dev/v1alpha1/namespaces/shop/campaignruns/one/status");
    assertThat(last.contentType()).isEqualTo("application/merge-patch+json");
    assertThat(last.authorization()).isEqualTo("Bearer first-token");
    JsonNode shard = last.body().at("/status/shards/0");
    assertThat(shard.at("/activity").asText()).isEqualTo("Finished");
    assertThat(shard.at("/sent").asLong()).isEqualTo(states.get("sent"));
    assertThat(shard.at("/time").asText()).isNotEmpty();
  }

  @Test
  void whatTheRunHasReadStandsInTheStatusOfItsSource() throws Exception {
    pod.call("send", "--run-name=one");

    assertThat(api.patches())
        .filteredOn(patch -> patch.path().contains("/profilesources/"))
        .singleElement()
        .satisfies(
            patch -> {
              assertThat(patch.path())
                  .isEqualTo(
                      "/apis/lettershop.dev/v1alpha1/namespaces/shop/profilesources/people/status");
              assertThat(patch.body().at("/status/lastSync/read").asLong()).isPositive();
              assertThat(patch.body().at("/status/lastSyncTime").asText()).endsWith("Z");
            });
  }

  @Test
  void contentRulesAskWhatModelsHaveComputed() throws Exception {
    pod.call("sync");
    shop.execute(
        "insert into model_output (profile_id, model, score)"
            + " select id, 'shop/churn', case when city = 'Boston' then 0.9 else 0.1 end from profile");
    shop.edit(
            "templateRef: {name: hello}",
            "templateRef: {name: hello}, rules: [{when: 'score(\"churn\") > 0.5',"
                + " set: {greeting: Come back}}]")
        .edit("holdoutPercent: 10", "holdoutPercent: 0")
        .writePlans();

    PodCommand.Result result = pod.call("send", "--run-name=one");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(inbox.received()).hasSize(PEOPLE);
    assertThat(inbox.received())
        .filteredOn(mail -> mail.text().contains("Come back, Zebulon"))
        .hasSize(PEOPLE / 2)
        .allSatisfy(mail -> assertThat(mail.rcpt()).matches(".*zebulon\\.\\d*[02468]@.*"));
  }

  @Test
  void aRunThatWasCompletedSendsNothingAndSaysWhenItWas() throws Exception {
    pod.call("send", "--run-name=one");
    int mails = inbox.received().size();
    PodCommand.Result again = pod.call("send", "--run-name=one");

    assertThat(again.exitCode()).isZero();
    assertThat(inbox.received()).hasSize(mails);
    assertThat(again.message().reason()).isEqualTo("AlreadyCompleted");
    assertThat(again.message().message())
        .contains(
            shop.query(
                "select to_char(completed_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI')"
                    + " from run"));
    assertThat(again.message().shard().sent()).isEqualTo(mails);
  }

  @Test
  void aDryRunSendsNothingAndIsDoneOnceUnderItsName() throws Exception {
    PodCommand.Result dry = pod.call("send", "--run-name=one", "--dry-run");
    String run = shop.query("select id from run");
    PodCommand.Result again = pod.call("send", "--run-name=one", "--dry-run");

    assertThat(dry.exitCode()).as(dry.err()).isZero();
    assertThat(dry.message().reason()).isEqualTo("DryRun");
    assertThat(dry.message().shard().sent()).isZero();
    assertThat(dry.message().shard().selected()).isPositive();
    assertThat(again.exitCode()).isZero();
    assertThat(shop.query("select id from run")).isEqualTo(run);
    assertThat(inbox.received()).isEmpty();

    pod.call("send", "--run-name=one");
    assertThat(inbox.received()).isNotEmpty();
  }

  @Test
  void aTestMailsItsRecipientsOnlyWhateverItsName() throws Exception {
    shop.edit("holdoutPercent: 10", "holdoutPercent: 0").writePlans();
    Path recipients = scratch.resolve("test-recipients");
    Files.writeString(recipients, "zebulon.7@people.example\nzebulon.8@people.example\n");
    PodCommand.Result test = pod.call("send", "--run-name=one", "--test-recipients=" + recipients);

    assertThat(test.exitCode()).as(test.err()).isZero();
    assertThat(inbox.received())
        .extracting(FaultySmtpServer.Received::rcpt)
        .hasSize(2)
        .anyMatch(rcpt -> rcpt.contains("zebulon.7@"))
        .anyMatch(rcpt -> rcpt.contains("zebulon.8@"));
    PodCommand.Result real = pod.call("send", "--run-name=one");
    assertThat(real.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(real.message().message()).contains("was a test");
    assertThat(inbox.received()).hasSize(2);
  }

  @Test
  void recipientsWhoFailForGoodAreToldByTheExitCode() throws Exception {
    script = call -> rejects(call) ? "550 5.1.1 zebulon.3@people.example is not here" : null;
    PodCommand.Result result = pod.call("send", "--run-name=one");

    assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED_RECIPIENTS);
    assertThat(result.message().reason()).isEqualTo("PartiallySent");
    assertThat(result.message().shard().failed()).isPositive();
    assertThat(result.all()).doesNotContain("people.example").doesNotContain("Zebulon");
  }

  private static boolean rejects(FaultySmtpServer.Call call) {
    return call.moment() == Moment.Rcpt && call.argument().contains("3@");
  }

  @Test
  void moreRecipientsThanTheLimitStopTheRun() throws Exception {
    shop.edit(
            "topic: newsletter\n  audience",
            "topic: newsletter\n  limits: {maxRecipients: 5}\n  audience")
        .writePlans();
    PodCommand.Result result = pod.call("send", "--run-name=one");

    assertThat(result.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(result.message().reason()).isEqualTo("TooManyRecipients");
    assertThat(inbox.received()).isEmpty();

    PodCommand.Result other = pod.call("send", "--run-name=one", "--shard=1", "--shards=2");

    assertThat(other.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(other.message().message()).startsWith("Another shard of the run one found");
    assertThat(inbox.received()).isEmpty();
  }

  @Test
  void aMissingSecretIsNamedWithTheFieldThatRefersToIt() throws Exception {
    Files.delete(shop.secrets().resolve("db/password"));
    PodCommand.Result result = pod.call("send", "--run-name=one");

    assertThat(result.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(result.message().reason()).isEqualTo("ConfigurationError");
    assertThat(result.message().message())
        .contains("ProfileStore/default spec.postgresql.credentialsSecretRef")
        .contains("\"password\" of Secret/db");
  }

  @Test
  void aRelayThatIsDownIsWorthAnotherTry() throws Exception {
    inbox.close();
    PodCommand.Result result = pod.call("send", "--run-name=one", "--relay-patience=1s");

    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.RETRY);
    assertThat(result.message().reason()).isEqualTo("Retry");
    assertThat(result.message().shard().activity()).isEqualTo(ShardActivity.Sending);
    assertThat(result.message().shard().sent()).isZero();
  }

  @Test
  void aCommandThatIsNotToldTheRunSaysHowToTellIt() throws Exception {
    PodCommand.Result result = pod.call("send");

    assertThat(result.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(result.message().message()).contains("LETTERSHOP_RUN");
  }

  @Test
  void aPodWithoutAServiceAccountSendsAllTheSame() throws Exception {
    PodCommand.Result result = new PodCommand(shop, null, scratch).call("send", "--run-name=one");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).contains("no status is written");
    assertThat(inbox.received()).isNotEmpty();
  }

  @Test
  void anApiServerThatRefusesStopsNothing() throws Exception {
    api.answer(403);
    PodCommand.Result result = pod.call("send", "--run-name=one");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).containsOnlyOnce("403");
    assertThat(result.message().shard().activity()).isEqualTo(ShardActivity.Finished);
  }
}
