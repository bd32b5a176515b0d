package dev.lettershop.collector.webhook;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lettershop.api.v1alpha1.collector.WebhookProvider;
import dev.lettershop.collector.Http;
import dev.lettershop.collector.Shop;
import dev.lettershop.collector.TestCollector;
import dev.lettershop.collector.TestDatabase;
import dev.lettershop.collector.TestSpool;
import dev.lettershop.collector.http.Request;
import dev.lettershop.collector.spool.Spool;
import dev.lettershop.delivery.message.LinkKeys;
import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.store.Store;
import dev.lettershop.store.bounce.BounceLog.SoftLimit;
import dev.lettershop.store.encryption.Vault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final String KEY = "a key that only the provider knows";
  private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:bounces";
  private static final String CERTIFICATE =
      "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem";
  private static final LinkKeys LINK_KEYS =
      LinkKeys.parse(Base64.getEncoder().encodeToString(new byte[32]));
  private static final RecipientLinks LINKS =
      new RecipientLinks("https://links.shop.example", LINK_KEYS);

  private static KeyPair sendGrid;
  private static final SnsKeys SNS = SnsKeys.read();

  private final List<URI> asked = new ArrayList<>();
  private TestDatabase database;
  private Store store;
  private final Spool spool = TestSpool.make();
  private TestCollector collector;

  @BeforeAll
  static void makeKey() throws Exception {
    KeyPairGenerator curves = KeyPairGenerator.getInstance("EC");
    curves.initialize(new ECGenParameterSpec("secp256r1"));
    sendGrid = curves.generateKeyPair();
  }

  @BeforeEach
  void start() throws Exception {
    database = new TestDatabase(Shop.SCHEMA);
    // With the rights of the process that the public reaches.
    store = Store.openForCollector(database.settings("postgres", null), Vault.NONE);
    collector =
        TestCollector.of(
            new WebhookFeature(
                List.of(
                    settings("ses", WebhookProvider.Ses, ""),
                    settings(
                        "sendgrid",
                        WebhookProvider.SendGrid,
                        Base64.getEncoder().encodeToString(sendGrid.getPublic().getEncoded())),
                    settings("mailgun", WebhookProvider.Mailgun, KEY),
                    settings("postmark", WebhookProvider.Postmark, "hook:pass:word"),
                    settings("brevo", WebhookProvider.Brevo, "hook:pass"),
                    settings("own", WebhookProvider.Generic, KEY)),
                store.bounces(),
                spool,
                new SimpleMeterRegistry(),
                Clock.fixed(NOW, ZoneOffset.UTC),
                this::amazon,
                SNS.authorities()));
    spool.start();
  }

  private byte[] amazon(URI address) throws IOException {
    asked.add(address);
    return address.toString().equals(CERTIFICATE) ? SNS.file("sns", "between") : new byte[0];
  }

  private static WebhookSettings settings(String name, WebhookProvider provider, String key) {
    return new WebhookSettings(
        name,
        provider,
        () -> key,
        provider == WebhookProvider.Ses ? Set.of(TOPIC) : Set.of(),
        "relay",
        new SoftLimit(3, Duration.ofDays(30)),
        () -> List.of(LINKS));
  }

  @AfterEach
  void stop() {
    collector.close();
    spool.close();
    store.close();
    database.close();
  }

  private HttpResponse<String> post(String name, String body, String... headers) throws Exception {
    return Http.post(collector.uri("/w/" + name), body, headers);
  }

  private List<String> bounces() throws Exception {
    return database.query("select kind, code from bounce order by kind, code");
  }

  private List<String> suppressed() throws Exception {
    return database.query("select reason from suppression order by 1");
  }

  private static String hmac(String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }

  // SendGrid

  private static final String SENDGRID =
      """
      [{"email":"ada@example.com","event":"bounce","type":"bounce","status":"5.1.1",
        "reason":"550 5.1.1 user unknown","sg_event_id":"e1","smtp-id":"<a@b>","timestamp":1},
       {"email":"bob@example.com","event":"spamreport","sg_event_id":"e2"},
       {"email":"eve@example.com","event":"open","sg_machine_open":true,"sg_event_id":"e3"},
       {"email":"cid@example.com","event":"bounce","type":"blocked","status":"4.7.1",
        "reason":"421 4.7.1 blocked for spam","sg_event_id":"e4"}]
      """;

  private HttpResponse<String> sendGrid(String body, String signedBody, Instant at)
      throws Exception {
    String timestamp = Long.toString(at.getEpochSecond());
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(sendGrid.getPrivate());
    signer.update((timestamp + signedBody).getBytes(StandardCharsets.UTF_8));
    return post(
        "sendgrid",
        body,
        "X-Twilio-Email-Event-Webhook-Timestamp",
        timestamp,
        "X-Twilio-Email-Event-Webhook-Signature",
        Base64.getEncoder().encodeToString(signer.sign()));
  }

  /** The example that SendGrid's own libraries are tested with. */
  @Test
  void sendGridsPublishedSignatureIsAccepted() throws Exception {
    String body =
        "[{\"email\":\"hello@world.com\",\"event\":\"dropped\",\"reason\":\"Bounced Address\","
            + "\"sg_event_id\":\"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA\","
            + "\"sg_message_id\":\"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-"
            + "5F5FC76C-9.0\",\"smtp-id\":\"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>\","
            + "\"timestamp\":1600112492}]\r\n";
    Verification published =
        Verifications.sendGrid(
            () ->
                "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1"
                    + "flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==",
            Clock.fixed(Instant.ofEpochSecond(1600112502), ZoneOffset.UTC));

    published.check(published(body));
    assertThatThrownBy(() -> published.check(published(body.strip())))
        .as("without the line's end, which is signed, too")
        .isInstanceOf(ForgedException.class);
  }

  private static Request published(String body) {
    return new Request(
        "POST",
        "/w/sendgrid",
        Map.of(),
        Map.of(),
        Map.of(
            "x-twilio-email-event-webhook-timestamp",
            "1600112502",
            "x-twilio-email-event-webhook-signature",
            "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqH"
                + "h89M15TluLtEZtM="),
        body.getBytes(StandardCharsets.UTF_8),
        "192.0.2.1");
  }

  @Test
  void sendGridsEventsAreRecordedOnce() throws Exception {
    assertThat(sendGrid(SENDGRID, SENDGRID, NOW).statusCode()).isEqualTo(200);
    assertThat(sendGrid(SENDGRID, SENDGRID, NOW.minusSeconds(3600)).statusCode()).isEqualTo(200);

    assertThat(bounces()).containsExactly("Complaint abuse", "Hard 5.1.1", "Policy 4.7.1");
    assertThat(suppressed()).containsExactly("Complaint", "HardBounce");
    assertThat(database.query("select count(*) from audit where action = 'suppression.added'"))
        .containsExactly("2");
  }

  @Test
  void whatIsReportedWhileTheDatabaseIsAwayIsRecordedWhenItIsBack() throws Exception {
    database.execute("alter table bounce rename to bounce_away");

    assertThat(sendGrid(SENDGRID, SENDGRID, NOW).statusCode()).isEqualTo(200);
    assertThat(sendGrid(SENDGRID, SENDGRID, NOW).statusCode()).isEqualTo(200);
    database.execute("alter table bounce_away rename to bounce");

    await().atMost(60, SECONDS).until(() -> spool.bytes() == 0);
    assertThat(bounces()).containsExactly("Complaint abuse", "Hard 5.1.1", "Policy 4.7.1");
    assertThat(suppressed()).containsExactly("Complaint", "HardBounce");
  }

  @Test
  void sendGridsForgeriesAreRefused() throws Exception {
    assertThat(sendGrid(SENDGRID.replace("ada", "eva"), SENDGRID, NOW).statusCode()).isEqualTo(401);
    assertThat(sendGrid(SENDGRID, SENDGRID, NOW.minus(Duration.ofHours(26))).statusCode())
        .isEqualTo(401);
    assertThat(post("sendgrid", SENDGRID).statusCode()).isEqualTo(401);
    assertThat(
            post(
                    "sendgrid",
                    SENDGRID,
                    "X-Twilio-Email-Event-Webhook-Timestamp",
                    Long.toString(NOW.getEpochSecond()),
                    "X-Twilio-Email-Event-Webhook-Signature",
                    "bm9uZQ==")
                .statusCode())
        .isEqualTo(401);
    assertThat(bounces()).isEmpty();
  }

  // Mailgun

  private HttpResponse<String> mailgun(String signature, String event) throws Exception {
    return post("mailgun", "{\"signature\":" + signature + ",\"event-data\":" + event + "}");
  }

  private static String mailgunSignature(Instant at, String token) throws Exception {
    String timestamp = Long.toString(at.getEpochSecond());
    return "{\"timestamp\":\"%s\",\"token\":\"%s\",\"signature\":\"%s\"}"
        .formatted(timestamp, token, hmac(timestamp + token));
  }

  @Test
  void mailgunsEventsAreRecordedAndForgeriesRefused() throws Exception {
    String failed =
        """
        {"event":"failed","id":"m1","severity":"permanent","recipient":"ada@example.com",
         "delivery-status":{"code":550,"enhanced-code":"5.1.1","message":"no such user"}}
        """;
    assertThat(mailgun(mailgunSignature(NOW, "t1"), failed).statusCode()).isEqualTo(200);
    assertThat(
            mailgun(
                    mailgunSignature(NOW, "t2"),
                    "{\"event\":\"complained\",\"id\":\"m2\",\"recipient\":\"bob@example.com\"}")
                .statusCode())
        .isEqualTo(200);
    assertThat(
            mailgun(
                    mailgunSignature(NOW, "t3"),
                    "{\"event\":\"opened\",\"id\":\"m3\",\"recipient\":\"eve@example.com\"}")
                .statusCode())
        .isEqualTo(200);
    assertThat(bounces()).containsExactly("Complaint abuse", "Hard 5.1.1");

    String other = failed.replace("ada", "cid").replace("m1", "m9");
    assertThat(mailgun(mailgunSignature(NOW, "t1").replace("t1", "t4"), other).statusCode())
        .isEqualTo(401);
    assertThat(mailgun(mailgunSignature(NOW.minus(Duration.ofDays(2)), "t1"), other).statusCode())
        .isEqualTo(401);
    assertThat(mailgun("{}", other).statusCode()).isEqualTo(401);
    assertThat(mailgun("{\"signature\":[[", other).statusCode()).isEqualTo(401);
    assertThat(bounces()).hasSize(2);
  }

  // Postmark and Brevo

  private static String basic(String credentials) {
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void postmarksEventsAreTakenFromWhoeverKnowsThePassword() throws Exception {
    String hard =
        "{\"RecordType\":\"Bounce\",\"ID\":42,\"Type\":\"HardBounce\",\"Email\":\"ada@example.com\","
            + "\"Details\":\"smtp;550 5.1.1 unknown\"}";
    String complaint = "{\"RecordType\":\"SpamComplaint\",\"ID\":43,\"Email\":\"bob@example.com\"}";
    String away =
        "{\"RecordType\":\"Bounce\",\"ID\":44,\"Type\":\"AutoResponder\",\"Email\":\"eve@example.com\"}";

    for (String body : List.of(hard, complaint, away, hard)) {
      assertThat(post("postmark", body, "authorization", basic("hook:pass:word")).statusCode())
          .isEqualTo(200);
    }
    assertThat(bounces()).containsExactly("Complaint abuse", "Hard 5.1.1");
    assertThat(post("postmark", hard, "authorization", basic("hook:other")).statusCode())
        .isEqualTo(401);
    assertThat(post("postmark", hard).statusCode()).isEqualTo(401);
  }

  @Test
  void softBouncesSuppressWhenTheyGoOn() throws Exception {
    String soft =
        "{\"event\":\"soft_bounce\",\"email\":\"ada@example.com\",\"message-id\":\"<m%d>\","
            + "\"ts_epoch\":%d,\"reason\":\"452 4.2.2 mailbox full\"}";
    for (int i = 0; i < 3; i++) {
      assertThat(suppressed()).isEmpty();
      assertThat(
              post("brevo", soft.formatted(i, i), "authorization", basic("hook:pass")).statusCode())
          .isEqualTo(200);
      assertThat(
              post("brevo", soft.formatted(i, i), "authorization", basic("hook:pass")).statusCode())
          .isEqualTo(200);
    }
    assertThat(bounces()).containsExactly("Soft 4.2.2", "Soft 4.2.2", "Soft 4.2.2");
    assertThat(suppressed()).containsExactly("SoftBounces");
  }

  // Generic

  @Test
  void ownProvidersSignTimeAndBody() throws Exception {
    String body =
        "{\"events\":[{\"id\":\"g1\",\"type\":\"bounce\",\"email\":\"ada@example.com\","
            + "\"status\":\"5.1.1\",\"said\":\"no such user\"}]}";
    String time = Long.toString(NOW.getEpochSecond());
    String signature = hmac(time + "." + body);

    assertThat(
            post("own", body, "X-Lettershop-Timestamp", time, "X-Lettershop-Signature", signature)
                .statusCode())
        .isEqualTo(200);
    assertThat(bounces()).containsExactly("Hard 5.1.1");
    assertThat(
            post(
                    "own",
                    body + " ",
                    "X-Lettershop-Timestamp",
                    time,
                    "X-Lettershop-Signature",
                    signature)
                .statusCode())
        .isEqualTo(401);
    String bad = hmac(time + ".{\"x\":1}");
    assertThat(
            post("own", "{\"x\":1}", "X-Lettershop-Timestamp", time, "X-Lettershop-Signature", bad)
                .statusCode())
        .isEqualTo(400);
    assertThat(post("nobody", body).statusCode()).isEqualTo(404);
  }

  // SES

  private static final String SES_BOUNCE =
      """
      {"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":[
        {"emailAddress":"ada@example.com","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 unknown"}]},
       "mail":{"messageId":"x","headers":[{"name":"List-Unsubscribe","value":"<%s>"}]}}
      """;

  private static String sns(
      String type, String topic, String message, String version, String signedMessage)
      throws Exception {
    boolean notification = type.equals("Notification");
    String tail =
        notification
            ? "Timestamp\n2026-11-30T11:59:00.000Z\nTopicArn\n%s\nType\n%s\n".formatted(topic, type)
            : "SubscribeURL\n%s\nTimestamp\n2026-11-30T11:59:00.000Z\nToken\nt0\nTopicArn\n%s\nType\n%s\n"
                .formatted(SUBSCRIBE, topic, type);
    Signature signer = Signature.getInstance(version.equals("1") ? "SHA1withRSA" : "SHA256withRSA");
    signer.initSign(SNS.key("sns"));
    signer.update(
        ("Message\n" + signedMessage + "\nMessageId\nid-1\n" + tail)
            .getBytes(StandardCharsets.UTF_8));
    return """
        {"Type":"%s","MessageId":"id-1","TopicArn":"%s","Message":"%s","Token":"t0",
         "Timestamp":"2026-11-30T11:59:00.000Z","SignatureVersion":"%s","Signature":"%s",
         "SigningCertURL":"%s","SubscribeURL":"%s"}
        """
        .formatted(
            type,
            topic,
            message.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"),
            version,
            Base64.getEncoder().encodeToString(signer.sign()),
            CERTIFICATE,
            SUBSCRIBE);
  }

  private static final String SUBSCRIBE =
      "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=t0";

  @Test
  void sesByEitherVersionOfTheSignature() throws Exception {
    String message = SES_BOUNCE.formatted("https://links.shop.example/u/none");

    for (String version : List.of("1", "2")) {
      String body = sns("Notification", TOPIC, message, version, message);
      assertThat(post("ses", body, "content-type", "text/plain").statusCode()).isEqualTo(200);
    }

    assertThat(bounces()).containsExactly("Hard 5.1.1");
    assertThat(asked).containsExactly(URI.create(CERTIFICATE));
  }

  @Test
  void sesNamesTheDeliveryByTheLinkInTheMail() throws Exception {
    database.execute(
        "insert into run (namespace, campaign, name, plan_hash, plan, dry_run, on_uncertain, max_attempts, topic)"
            + " values ('shop', 'sale', 'r1', '', '', false, 'Skip', 1, 'newsletter')");
    database.execute(
        "insert into profile (id, email, email_key) values (7, 'ada@example.com', 'ada@example.com')");
    long run = Long.parseLong(database.query("select id from run").get(0));
    String link = LINKS.url(RecipientLinks.Purpose.Unsubscribe, run, 7);
    String complaint =
        "{\"notificationType\":\"Complaint\",\"complaint\":{\"complainedRecipients\":[{\"emailAddress\":"
            + "\"ada@example.com\"}]},\"mail\":{\"headers\":[{\"value\":\"<"
            + link
            + ">\"}]}}";

    assertThat(post("ses", sns("Notification", TOPIC, complaint, "2", complaint)).statusCode())
        .isEqualTo(200);

    assertThat(database.query("select profile_id, run_id, kind from bounce"))
        .containsExactly("7 " + run + " Complaint");
    assertThat(database.query("select topic, status from consent_state"))
        .containsExactly("newsletter Withdrawn");
    assertThat(suppressed()).containsExactly("Complaint");
  }

  @Test
  void sesForgeriesAreRefusedAndNobodyElseIsAsked() throws Exception {
    String message = SES_BOUNCE.formatted("x");
    String good = sns("Notification", TOPIC, message, "2", message);

    assertThat(post("ses", sns("Notification", TOPIC, message, "2", "other")).statusCode())
        .isEqualTo(401);
    assertThat(post("ses", sns("Notification", TOPIC + "2", message, "2", message)).statusCode())
        .isEqualTo(401);
    assertThat(post("ses", good.replace("11:59:00", "11:58:00")).statusCode()).isEqualTo(401);
    assertThat(
            post("ses", good.replace("\"SignatureVersion\":\"2\"", "\"SignatureVersion\":\"3\""))
                .statusCode())
        .isEqualTo(401);
    for (String host :
        List.of(
            "https://evil.example/x.pem",
            "http://sns.eu-west-1.amazonaws.com/x.pem",
            "https://sns.eu-west-1.amazonaws.com.evil.example/x.pem",
            "https://evil@sns.eu-west-1.amazonaws.com/x.pem",
            "https://sns.eu-west-1.amazonaws.com:444/x.pem",
            "https://snsXeu-west-1.amazonaws.com/x.pem",
            "https://sns.eu-west-1.amazonaws.com/x.exe",
            "file:///etc/passwd")) {
      assertThat(post("ses", good.replace(CERTIFICATE, host)).statusCode()).as(host).isEqualTo(401);
    }
    assertThat(asked).containsOnly(URI.create(CERTIFICATE));
    assertThat(bounces()).isEmpty();
  }

  @Test
  void subscriptionsToOurTopicsAreConfirmed() throws Exception {
    assertThat(
            post("ses", sns("SubscriptionConfirmation", TOPIC, "hello", "2", "hello")).statusCode())
        .isEqualTo(200);
    assertThat(asked).containsExactly(URI.create(CERTIFICATE), URI.create(SUBSCRIBE));

    asked.clear();
    assertThat(
            post("ses", sns("SubscriptionConfirmation", TOPIC + "2", "hello", "2", "hello"))
                .statusCode())
        .isEqualTo(401);
    assertThat(asked).isEmpty();
  }
}
