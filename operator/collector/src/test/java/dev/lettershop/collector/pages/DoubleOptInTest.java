package dev.lettershop.collector.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lettershop.api.v1alpha1.common.Mailbox;
import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.api.v1alpha1.transport.SmtpServer;
import dev.lettershop.api.v1alpha1.transport.SmtpTls;
import dev.lettershop.collector.TestCollector;
import dev.lettershop.collector.pages.mail.ConfirmationMails;
import dev.lettershop.collector.pages.mail.MailAccess;
import dev.lettershop.delivery.dkim.DkimSigners;
import dev.lettershop.delivery.message.EnvelopeSender;
import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.delivery.smtp.MailRelay;
import dev.lettershop.delivery.smtp.SmtpRelay;
import dev.lettershop.delivery.smtp.SmtpSettings;
import dev.lettershop.plan.CollectorPlan;
import dev.lettershop.plan.Plan;
import dev.lettershop.store.bounce.BounceLog.SoftLimit;
import dev.lettershop.store.preference.SignUpTerms;
import dev.lettershop.template.CompiledTemplate;
import dev.lettershop.testkit.FaultySmtpServer;
import dev.lettershop.testkit.FaultySmtpServer.Moment;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the form to the consent, through a real SMTP dialogue. */
class DoubleOptInTest {
  private static final Pattern LINK =
      Pattern.compile("https://links\\.shop\\.example(/confirm/\\S+)");
  private static final SignUpTerms TERMS =
      new SignUpTerms(
          "shop",
          "web",
          TestPages.SCHEMA,
          Map.of("newsletter", OptIn.Double, "offers", OptIn.Single),
          "sha256:1",
          5);

  private final AtomicInteger refusals = new AtomicInteger();
  private final FaultySmtpServer relay =
      new FaultySmtpServer(
          call ->
              call.moment() == Moment.Rcpt && refusals.getAndDecrement() > 0
                  ? "450 4.2.0 later"
                  : null);
  private final TestPages pages;
  private final TestCollector mails;

  DoubleOptInTest() throws Exception {
    pages = new TestPages();
    mails = TestCollector.of(mails());
  }

  @AfterEach
  void close() {
    mails.close();
    pages.close();
    relay.close();
  }

  private ConfirmationMails mails() {
    SmtpServer server =
        new SmtpServer("localhost", relay.port(), SmtpTls.None, null, null, null, 1);
    CollectorPlan.Confirmation confirmation =
        new CollectorPlan.Confirmation(
            new Plan.Transport("default", server, null, null),
            new Mailbox("Acme Shop", "news@shop.example"),
            "confirm",
            CompiledTemplate.mustache(
                "Please confirm",
                "<p>Hello {{profile.first_name}}, <a href=\"{{links.confirm}}\">confirm</a></p>",
                "Hello {{profile.first_name}}, confirm here:\n{{links.confirm}}\n"),
            "72h");
    MailAccess access =
        new MailAccess() {
          @Override
          public MailRelay relay() {
            return new SmtpRelay(SmtpSettings.of("localhost", relay.port(), SmtpSettings.Tls.None));
          }

          @Override
          public DkimSigners signers() {
            return DkimSigners.NONE;
          }

          @Override
          public EnvelopeSender bounces(long runId) {
            return null;
          }

          @Override
          public SoftLimit softLimit() {
            return new SoftLimit(3, Duration.ofDays(30));
          }

          @Override
          public RecipientLinks links() {
            return TestPages.LINKS;
          }
        };
    return new ConfirmationMails(
        pages.database.store(),
        TERMS,
        confirmation,
        access,
        Clock.systemUTC(),
        ThreadLocalRandom.current());
  }

  private String mailTo(String address) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> relay.received().stream().anyMatch(m -> m.rcpt().contains("<" + address + ">")));
    return relay.received().stream()
        .filter(m -> m.rcpt().contains("<" + address + ">"))
        .findFirst()
        .orElseThrow()
        .text();
  }

  /** The first link of the plain text part, out of quoted-printable. */
  private static String link(String mail) {
    Matcher link = LINK.matcher(mail.replace("=\r\n", ""));
    assertThat(link.find()).as("a link in the mail").isTrue();
    return link.group(1);
  }

  private long id(String address) throws Exception {
    return Long.parseLong(
        pages
            .database
            .query("select profile_id from identity where value = '" + address + "'")
            .get(0));
  }

  @Test
  void whoeverSignsUpIsMailedConfirmsAndOnlyThenHasConsented() throws Exception {
    pages.post("/s/footer", "email=cleo@example.com&first_name=Cleo&topic=newsletter");

    String mail = mailTo("cleo@example.com");
    assertThat(mail)
        .contains("Subject: Please confirm", "From: Acme Shop <news@shop.example>", "Hello Cleo")
        .contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    String link = link(mail);
    assertThat(pages.consents(id("cleo@example.com"))).containsExactly("newsletter=Pending");

    HttpResponse<String> page = pages.get(link);
    assertThat(page.body())
        .contains("Please confirm that you want these emails", "c…@example.com", "Newsletter")
        .contains("I want e-mails about what I chose. I can unsubscribe at any time.");
    assertThat(pages.consents(id("cleo@example.com")))
        .as("opening the link confirms nothing")
        .containsExactly("newsletter=Pending");

    HttpResponse<String> done = pages.post(link, "do=confirm", "user-agent", "Browser/2.0");
    assertThat(done.body()).contains("Thank you, you are signed up");
    assertThat(pages.post(link, "do=confirm").body()).isEqualTo(done.body());

    assertThat(pages.consents(id("cleo@example.com"))).containsExactly("newsletter=Granted");
    assertThat(
            pages.database.query(
                """
                select evidence ->> 'wording_version', evidence ->> 'ip',
                  evidence ->> 'confirmed_ip', evidence ->> 'confirmed_user_agent',
                  evidence ->> 'mail_plan', (evidence ->> 'requested_at')::timestamptz
                    < (evidence ->> 'mail_sent_at')::timestamptz,
                  (evidence ->> 'mail_sent_at')::timestamptz
                    < (evidence ->> 'confirmed_at')::timestamptz
                from consent where status = 'Granted' and source = 'sign-up/footer'
                """))
        .containsExactly("2026-11 127.0.0.1 127.0.0.1 Browser/2.0 sha256:1 true true");
  }

  @Test
  void whoeverDidNotSignUpSaysSoByTheLinkOrByUnsubscribing() throws Exception {
    pages.post("/s/footer", "email=cleo@example.com&topic=newsletter");
    pages.post("/s/footer", "email=dora@example.com&topic=newsletter");

    assertThat(pages.post(link(mailTo("cleo@example.com")), "do=decline").body())
        .contains("You will not receive these emails");
    Matcher unsubscribe =
        Pattern.compile("List-Unsubscribe:\\s+<https://links\\.shop\\.example([^>]+)>")
            .matcher(mailTo("dora@example.com"));
    assertThat(unsubscribe.find()).isTrue();
    assertThat(pages.post(unsubscribe.group(1), "List-Unsubscribe=One-Click").statusCode())
        .isEqualTo(200);

    assertThat(pages.consents(id("cleo@example.com"))).containsExactly("newsletter=Denied");
    assertThat(pages.consents(id("dora@example.com"))).containsExactly("newsletter=Denied");
    assertThat(pages.post(link(mailTo("dora@example.com")), "do=confirm").body())
        .contains("This link is no longer valid");
  }

  @Test
  void aFormThatLostItsFieldConfirmsNothing() throws Exception {
    pages.post("/s/footer", "email=cleo@example.com&topic=newsletter");

    HttpResponse<String> answer = pages.post(link(mailTo("cleo@example.com")), "");

    assertThat(answer.body()).contains("Please confirm that you want these emails");
    assertThat(pages.consents(id("cleo@example.com"))).containsExactly("newsletter=Pending");
  }

  @Test
  void aMailThatTheServerPutsOffIsInTheLedgerAndComesLater() throws Exception {
    refusals.set(1);
    pages.post("/s/footer", "email=cleo@example.com&topic=newsletter");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> pages.database.query("select state from delivery").contains("deferred"));
    pages.database.execute("update delivery set next_attempt_at = now()");

    assertThat(mailTo("cleo@example.com").getBytes(StandardCharsets.UTF_8)).isNotEmpty();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> pages.database.query("select state from delivery").contains("sent"));
  }
}
