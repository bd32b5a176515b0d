package dev.lettershop.playground.flow;

import static dev.lettershop.playground.flow.Namespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import dev.lettershop.api.v1alpha1.run.CampaignRunStatus;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.api.v1alpha1.transport.MailTransportStatus;
import dev.lettershop.kubesim.Cluster;
import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.playground.inbox.MemorySink;
import dev.lettershop.playground.inbox.ReceivedMail;
import dev.lettershop.playground.inbox.Reply;
import dev.lettershop.playground.inbox.SmtpInbox;
import dev.lettershop.playground.inbox.Stage;
import dev.lettershop.playground.packaged.PackagedLettershop;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a resource that is applied to its status: the Job's Pods are the packaged worker, with a
 * real PostgreSQL and a real SMTP server.
 */
class WholeRunsIT {
  private static final int PEOPLE = 20;

  @TempDir Path folder;

  private final MemorySink mails = new MemorySink();
  private final AtomicBoolean full = new AtomicBoolean();
  private Path spool;
  private EmbeddedDatabase database;
  private SmtpInbox inbox;
  private Cluster cluster;
  private Reconciling reconciling;
  private Namespace shop;

  @BeforeEach
  void aShop() throws Exception {
    database = EmbeddedDatabase.start(folder.resolve("postgresql"));
    inbox =
        SmtpInbox.builder(mails)
            .script(
                (stage, exchange) ->
                    full.get()
                            && stage == Stage.Recipient
                            && exchange.recipient().endsWith("9@people.example")
                        ? Reply.answer(552, "5.2.2", "mailbox full")
                        : Reply.ACCEPT)
            .start();
    spool = Files.createDirectories(folder.resolve("mail/Maildir/new"));
    cluster =
        Cluster.builder()
            .jobBackOff(Duration.ofMillis(50))
            .claim("mail", folder.resolve("mail"))
            .pods(PackagedLettershop.command(), folder.resolve("pods"))
            .start();
    reconciling = Reconciling.start(cluster.server(), Duration.ofSeconds(30));
    shop = Namespace.create(cluster.server());
    shop.apply(secretsAndPeople());
    shop.apply(
        Shop.SURROUNDINGS
            .replace("host: pg.shop.svc", "host: 127.0.0.1, port: " + database.port())
            .replace("database: shop,", "database: " + database.database() + ",")
            .replace("{name: db}}", "{name: db}, tls: {mode: Disable}}")
            .replace("{name: newsletter, optIn: Double}", "{name: newsletter, optIn: Implied}")
            .replace(
                "{host: smtp.shop.svc, port: 587, credentialsSecretRef: {name: smtp}}",
                "{host: 127.0.0.1, port: " + inbox.port() + ", tls: None, connections: 2}")
            .replace(
                "  from: {domains",
                "  bounces: {domain: bounces.shop.example, spool: {claimName: mail, path: Maildir}}\n"
                    + "  from: {domains"));
    shop.apply(Shop.unscheduled());
    shop.awaitCondition(Campaign.class, "news", "Ready", "True Ready");
  }

  @AfterEach
  void close() throws Exception {
    reconciling.close();
    cluster.close();
    inbox.close();
    database.close();
  }

  private static String secretsAndPeople() {
    String rows =
        String.join(
            "",
            IntStream.range(0, PEOPLE)
                .mapToObj(i -> "    %d,p%d@people.example,Ada%d,Graz,9\n".formatted(i, i, i))
                .toList());
    return """
    apiVersion: v1
    kind: Secret
    metadata: {name: db}
    stringData: {username: postgres, password: postgres}
    ---
    apiVersion: v1
    kind: Secret
    metadata: {name: links}
    stringData: {key: a-key-of-thirty-two-characters-ok}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: people}
    data:
      people.csv: |
        number,email,first_name,city,visits
    """
        + rows;
  }

  @Test
  void thoseWhomARunMissedAreMailedByAnotherThatResumesIt() {
    full.set(true);
    shop.apply(Shop.run("first"));
    CampaignRunStatus first = ended("first");
    assertThat(first.deliveries().sent()).isEqualTo(PEOPLE - 2);
    assertThat(first.deliveries().failed()).isEqualTo(2);

    full.set(false);
    shop.apply(Shop.run("second", ", resume: {run: first}"));
    CampaignRunStatus second = ended("second");

    assertThat(second.conditions())
        .anySatisfy(
            c -> {
              assertThat(c.type()).isEqualTo("Succeeded");
              assertThat(c.status()).isEqualTo(ConditionStatus.True);
            });
    assertThat(second.deliveries().sent()).isEqualTo(PEOPLE);
    assertThat(second.deliveries().failed()).isZero();
    assertThat(recipients()).hasSize(PEOPLE).doesNotHaveDuplicates();
    assertThat(Serialization.asJson(second)).doesNotContain("people.example");
  }

  @Test
  void whoseMailBouncesIsLeftOutOfTheNextRun() throws Exception {
    shop.apply(Shop.run("first"));
    ended("first");
    assertThat(recipients()).hasSize(PEOPLE);
    ReceivedMail lost = mails.mails().get(0);
    String gone = lost.envelope().recipients().get(0);
    Files.writeString(spool.resolve("1.bounce"), dsn(lost.envelope().sender()));

    Jobs.createFromCronJob(shop, "default-bounces", "read-1");
    shop.awaitCondition(MailTransport.class, "default", "LastBouncesSucceeded", "True Succeeded");
    MailTransportStatus status = shop.get(MailTransport.class, "default").getStatus();
    assertThat(status.lastBounces().read()).isEqualTo(1);
    assertThat(status.lastBounces().hard()).isEqualTo(1);
    assertThat(status.lastBounces().suppressed()).isEqualTo(1);
    assertThat(status.lastBouncesTime()).isNotNull();
    assertThat(folder.resolve("mail/Maildir/done")).isNotEmptyDirectory();

    shop.apply(Shop.run("second"));
    CampaignRunStatus second = ended("second");
    assertThat(second.deliveries().sent()).isEqualTo(PEOPLE - 1);
    assertThat(second.audience().skipped()).containsEntry("suppressed", 1L);
    assertThat(recipients().subList(PEOPLE, 2 * PEOPLE - 1)).doesNotContain(gone);
  }

  /** As a mail server writes it (RFC 3464). */
  private static String dsn(String to) {
    return """
        From: MAILER-DAEMON@relay.example
        To: %s
        Subject: Undelivered Mail Returned to Sender
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain

        There is nobody of that name.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; relay.example

        Final-Recipient: rfc822; somebody@people.example
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 User unknown

        --b--
        """
        .formatted(to)
        .replace("\n", "\r\n");
  }

  /** What is known of a run when it has ended. */
  private CampaignRunStatus ended(String run) {
    eventually(
        () -> {
          CampaignRunStatus status = shop.run(run).getStatus();
          assertThat(status.completionTime()).as("%s: %s", run, status).isNotNull();
        });
    return shop.run(run).getStatus();
  }

  private List<String> recipients() {
    return mails.mails().stream().flatMap(mail -> mail.envelope().recipients().stream()).toList();
  }
}
