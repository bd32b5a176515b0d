package dev.lettershop.playground.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.playground.inbox.MemorySink;
import dev.lettershop.playground.inbox.ReceivedMail;
import dev.lettershop.playground.inbox.Reply;
import dev.lettershop.playground.inbox.ReplyScript;
import dev.lettershop.playground.inbox.SmtpInbox;
import dev.lettershop.playground.inbox.Stage;
import dev.lettershop.playground.packaged.PackagedLettershop;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command line against a real database and a real SMTP dialogue: within this process, and as
 * the packaged jar where the process itself is what counts.
 */
class RunIT {
  private static final int PEOPLE = 20;

  @TempDir static Path scratch;
  private static EmbeddedDatabase database;

  private final MemorySink inbox = new MemorySink();
  private SmtpInbox server;
  private CampaignFolder folder;
  private ReplyScript script = ReplyScript.ACCEPT_ALL;

  @BeforeAll
  static void startDatabase() throws IOException {
    database = EmbeddedDatabase.start(scratch.resolve("postgresql"));
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    database.close();
  }

  @BeforeEach
  void startInbox(TestInfo test) throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS lettershop CASCADE");
    }
    server =
        SmtpInbox.builder(inbox).script((stage, exchange) -> script.at(stage, exchange)).start();
    folder =
        CampaignFolder.write(
            scratch.resolve(test.getTestMethod().orElseThrow().getName()),
            database,
            server.port(),
            PEOPLE,
            1000);
  }

  @AfterEach
  void stopInbox() {
    server.close();
  }

  @Test
  void everybodyGetsTheirOwnMailAndStatusSaysSo() throws Exception {
    RunProcess.Result result = packaged("--run-name", "one", "-o", "json");

    assertThat(result.exitCode()).as(result.stderr()).isZero();
    assertThat(inbox.mails()).hasSize(PEOPLE);
    JsonNode status = status(result);
    assertThat(status.at("/audience/selected").asInt()).isEqualTo(PEOPLE);
    assertThat(status.at("/deliveries/sent").asInt()).isEqualTo(PEOPLE);
    assertThat(status.at("/planHash").asText()).startsWith("sha256:");
    assertThat(status.at("/startTime").asText()).isNotEmpty();
    assertThat(status.at("/completionTime").asText()).isNotEmpty();
    String third = mailTo("zebulon.3@" + CampaignFolder.ADDRESS_MARK);
    assertThat(third)
        .contains("Subject: Good morning, Zebulon3")
        .contains("List-Unsubscribe: <https://mail.shop.example/")
        .contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
        .contains("List-ID:");
  }

  @Test
  void theSameRunNameAgainSendsNothingAndSaysSo() throws Exception {
    run("--run-name", "one");
    RunProcess.Result again = text("--run-name", "one");

    assertThat(again.exitCode()).isZero();
    assertThat(inbox.mails()).hasSize(PEOPLE);
    assertThat(again.stdout()).contains("nothing was sent").contains("--run-name");
  }

  @Test
  void aCampaignThatChangedAfterItsRunStillSendsNothingUnderTheSameName() throws Exception {
    run("--run-name", "one");
    folder.edit("default: Hello", "default: Hi");
    RunProcess.Result again = run("--run-name", "one");

    assertThat(again.exitCode()).isZero();
    assertThat(inbox.mails()).hasSize(PEOPLE);
  }

  @Test
  void aDryRunSendsNothingAndLeavesItsNameFree() throws Exception {
    RunProcess.Result dry = run("--run-name", "one", "--dry-run");
    assertThat(dry.exitCode()).as(dry.stderr()).isZero();
    assertThat(inbox.mails()).isEmpty();
    assertThat(status(dry).at("/audience/selected").asInt()).isEqualTo(PEOPLE);
    assertThat(status(dry).at("/deliveries/sent").asInt()).isZero();

    run("--run-name", "one");
    assertThat(inbox.mails()).hasSize(PEOPLE);
  }

  @Test
  void aRunThatIsToldToStopEndsInOrderAndGoesOnLater() throws Exception {
    folder.edit("rate: {perSecond: 1000}", "rate: {perSecond: 5}");
    RunProcess process =
        RunProcess.start(
            scratch, "run", "-f", folder.path().toString(), CampaignFolder.CAMPAIGN, "-o", "json");
    Awaitility.await().atMost(Duration.ofSeconds(240)).until(() -> !inbox.mails().isEmpty());
    process.terminate();
    RunProcess.Result stopped = process.result();

    assertThat(stopped.exitCode()).as(stopped.stderr()).isEqualTo(4);
    int sent = inbox.mails().size();
    assertThat(sent).isLessThan(PEOPLE);
    assertThat(status(stopped).at("/deliveries/sent").asInt()).isEqualTo(sent);
    assertThat(status(stopped).at("/deliveries/uncertain").asInt()).isZero();

    // Without a name, the command goes on with the unfinished run.
    RunProcess.Result resumed = run();
    assertThat(resumed.exitCode()).as(resumed.stderr()).isZero();
    assertThat(resumed.stderr()).contains("Going on with run");
    assertThat(inbox.mails()).hasSize(PEOPLE);
  }

  @Test
  void aTestMailGoesToItsRecipientOnlyAndLeavesTheRealRunAlone() throws Exception {
    String tester = "zebulon.7@" + CampaignFolder.ADDRESS_MARK;
    RunProcess.Result tested = run("--test-recipient", tester);
    assertThat(tested.exitCode()).as(tested.stderr()).isZero();
    assertThat(inbox.mails())
        .singleElement()
        .satisfies(mail -> assertThat(mail.envelope().recipients()).containsExactly(tester));

    RunProcess.Result real = run();
    assertThat(real.exitCode()).as(real.stderr()).isZero();
    assertThat(inbox.mails()).hasSize(PEOPLE + 1);
  }

  @Test
  void aTestNeverGoesOnWithARunThatHasItsAudience() throws Exception {
    folder.edit("port: " + server.port() + ",", "port: " + freePort() + ",");
    assertThat(run("--run-name", "real").exitCode()).isEqualTo(1);
    folder = CampaignFolder.write(folder.path(), database, server.port(), PEOPLE, 1000);
    RunProcess.Result test =
        run("--run-name", "real", "--test-recipient", "zebulon.7@" + CampaignFolder.ADDRESS_MARK);

    assertThat(test.exitCode()).isEqualTo(2);
    assertThat(test.stderr()).contains("--run-name");
    assertThat(inbox.mails()).isEmpty();
  }

  @Test
  void aMissingSecretIsFoundBeforeAnythingIsDone() throws Exception {
    folder.edit("stringData: {key: a-key", "stringData: {kye: a-key");
    RunProcess.Result result = run("--run-name", "one");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.stderr()).contains("spec.links.keySecretRef").contains("Secret/links");
    assertThat(inbox.mails()).isEmpty();
  }

  @Test
  void permanentRefusalsFailTheirRecipientsAndNobodyElse() throws Exception {
    script =
        ReplyScript.forRecipients(
            Stage.Recipient,
            Set.of("zebulon.3@" + CampaignFolder.ADDRESS_MARK),
            Reply.answer(550, "5.1.1", "no such user"));
    RunProcess.Result result = run("--run-name", "one");

    assertThat(result.exitCode()).as(result.stderr()).isEqualTo(3);
    assertThat(status(result).at("/deliveries/failed").asInt()).isEqualTo(1);
    assertThat(inbox.mails()).hasSize(PEOPLE - 1);
    assertThat(query("SELECT code FROM lettershop.delivery WHERE state = 'failed'"))
        .contains("5.1.1");
  }

  @Test
  void aRelayThatIsDownStopsTheRunWithItsPlaceAndLosesNobody() throws Exception {
    folder.edit("port: " + server.port() + ",", "port: " + freePort() + ",");
    RunProcess.Result down = run("--run-name", "one");

    assertThat(down.exitCode()).isEqualTo(1);
    assertThat(down.stderr()).contains("127.0.0.1").contains("run the same command again");
    assertThat(down.stdout()).isEmpty();

    folder = CampaignFolder.write(folder.path(), database, server.port(), PEOPLE, 1000);
    RunProcess.Result again = run("--run-name", "one");
    assertThat(again.exitCode()).as(again.stderr()).isZero();
    assertThat(inbox.mails()).hasSize(PEOPLE);
  }

  @Test
  void aDatabaseThatIsDownIsNamedWithoutItsPassword() throws Exception {
    folder.edit("port: " + database.port(), "port: " + freePort());
    RunProcess.Result down = packaged("--run-name", "one");

    assertThat(down.exitCode()).isEqualTo(1);
    assertThat(down.stderr())
        .contains("127.0.0.1")
        .doesNotContain("defect")
        .doesNotContain(CampaignFolder.PASSWORD_MARK);
    assertThat(inbox.mails()).isEmpty();
  }

  @Test
  void aMissingFileIsNamedAndNothingIsSent() throws Exception {
    Files.delete(folder.people());
    RunProcess.Result result = run("--run-name", "one");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.stderr()).contains("ProfileSource/people").contains("people.csv");
    assertThat(inbox.mails()).isEmpty();
    assertThat(query("SELECT count(*) FROM lettershop.profile")).isEqualTo("0");
  }

  @Test
  void dirtyRowsAreSetAsideCountedAndListedWithTheirPlace() throws Exception {
    Files.writeString(
        folder.people(),
        "77,not-an-address,Zebulon77,Boston,2026-01-01\n"
            + "78,zebulon.78@people.example,Zebulon78,Boston,yesterday\n"
            + "79,\"zebulon.79@people.example\n",
        StandardOpenOption.APPEND);
    folder.edit(
        "identity: {key: number", "onInvalid: {failAbovePercent: 50}\n  identity: {key: number");
    RunProcess.Result result = run("--run-name", "one");

    assertThat(result.exitCode()).as(result.stderr()).isZero();
    assertThat(result.stderr()).contains("people.csv:23").contains("joined").contains("set aside");
    assertThat(inbox.mails()).as("who has no readable date has not joined").hasSize(PEOPLE);
    assertThat(query("SELECT count(*) FROM lettershop.profile"))
        .as("neither a bad address nor a bad date costs the person")
        .isEqualTo(Integer.toString(PEOPLE + 2));
    assertThat(query("SELECT count(*) FROM lettershop.quarantine")).isEqualTo("1");
  }

  @Test
  void tooManyInvalidRowsFailTheSyncAndLeaveTheStoreAsItWas() throws Exception {
    StringBuilder bad = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      bad.append(100 + i).append(",zebulon@people.example,Zebulon,Boston,not a date\n");
    }
    Files.writeString(folder.people(), bad, StandardOpenOption.APPEND);
    folder.edit(
        "identity: {key: number", "onInvalid: {failAbovePercent: 5}\n  identity: {key: number");
    RunProcess.Result result = run("--run-name", "one");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.stderr()).contains("failAbovePercent");
    assertThat(query("SELECT count(*) FROM lettershop.profile")).isEqualTo("0");
    assertThat(inbox.mails()).isEmpty();
  }

  @Test
  void mistakesInTheResourcesAreAllReportedBeforeAnythingIsDone() throws Exception {
    folder.edit("profile.city == \"New York\"", "profile.ctiy == \"New York\"");
    folder.edit("{{profile.first_name}} from", "{{profile.frist_name}} from");
    folder.edit("include: [joined]", "include: [joint]");
    RunProcess.Result result = run("--run-name", "one");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.stderr())
        .contains("did you mean \"city\"?")
        .contains("did you mean \"first_name\"?")
        .contains("did you mean \"joined\"?")
        .contains("campaign.yaml:");
    assertThat(inbox.mails()).isEmpty();
  }

  @Test
  void moreRecipientsThanTheLimitAreRefusedBeforeTheFirstMail() throws Exception {
    folder.edit(
        "topic: newsletter\n  audience",
        "topic: newsletter\n  limits: {maxRecipients: 5}\n  audience");
    RunProcess.Result result = run("--run-name", "one");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.stderr()).contains("maxRecipients is 5").contains("20 people");
    assertThat(inbox.mails()).isEmpty();
  }

  @Test
  void nothingPersonalIsPrintedWhateverHappens() throws Exception {
    Files.writeString(
        folder.people(),
        "77,zebulon@@people.example,Zebulon77,Boston,2026-01-01\n"
            + "78,zebulon.78@people.example,Zebulon78,Boston,Zebulon\n",
        StandardOpenOption.APPEND);
    folder.edit(
        "identity: {key: number", "onInvalid: {failAbovePercent: 50}\n  identity: {key: number");
    script =
        ReplyScript.forShare(
            Stage.Recipient, 300, 1, Reply.answer(550, "5.1.1", "zebulon@people.example unknown"));
    RunProcess.Result sent = packaged("--run-name", "one");
    RunProcess.Result linted =
        RunProcess.run(scratch, "lint", "-f", folder.path().toString(), "-o", "json");
    RunProcess.Result planned =
        RunProcess.run(scratch, "plan", "-f", folder.path().toString(), CampaignFolder.CAMPAIGN);

    assertThat(sent.exitCode()).isEqualTo(3);
    for (RunProcess.Result result : new RunProcess.Result[] {sent, linted, planned}) {
      assertThat(result.all())
          .doesNotContainIgnoringCase(CampaignFolder.NAME_MARK)
          .doesNotContain(CampaignFolder.ADDRESS_MARK)
          .doesNotContain(CampaignFolder.PASSWORD_MARK);
    }
  }

  private RunProcess.Result run(String... more) {
    return command(append(more, "-o", "json"));
  }

  private RunProcess.Result text(String... more) {
    return command(more);
  }

  private RunProcess.Result command(String... more) {
    PackagedLettershop.Result result = PackagedLettershop.here(arguments(more));
    return new RunProcess.Result(result.exitCode(), result.out(), result.err());
  }

  private RunProcess.Result packaged(String... more) throws Exception {
    return RunProcess.run(scratch, arguments(more));
  }

  private String[] arguments(String... more) {
    return concat(
        new String[] {"run", "-f", folder.path().toString(), CampaignFolder.CAMPAIGN}, more);
  }

  private static String[] append(String[] first, String... second) {
    return concat(first, second);
  }

  private static String[] concat(String[] first, String[] second) {
    String[] all = new String[first.length + second.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static JsonNode status(RunProcess.Result result) throws Exception {
    return new ObjectMapper().readTree(result.stdout());
  }

  private String mailTo(String address) {
    ReceivedMail mail =
        inbox.mails().stream()
            .filter(m -> m.envelope().recipients().contains(address))
            .findFirst()
            .orElseThrow();
    return new String(mail.content(), StandardCharsets.UTF_8).replace("\r\n ", " ");
  }

  private static String query(String sql) throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
