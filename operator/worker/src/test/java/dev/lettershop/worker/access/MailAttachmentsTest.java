package dev.lettershop.worker.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.lettershop.api.v1alpha1.campaign.CampaignAttachment;
import dev.lettershop.delivery.message.AttachmentException;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlanBuilder;
import dev.lettershop.profile.Event;
import dev.lettershop.template.MailAttachment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailAttachmentsTest {
  private static final byte[] CONTENT = "a file".getBytes(StandardCharsets.UTF_8);

  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private String base;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    base = "http://127.0.0.1:" + server.getAddress().getPort();
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          String path = exchange.getRequestURI().getPath();
          if (path.startsWith("/302")) {
            exchange.getResponseHeaders().add("Location", base + "/file");
          }
          byte[] body = path.equals("/large") ? new byte[1025] : CONTENT;
          int status = path.matches("/[0-9]{3}") ? Integer.parseInt(path.substring(1)) : 200;
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static Plan plan(CampaignAttachment... files) {
    return new PlanBuilder()
        .namespace("shop")
        .campaign("order")
        .attachments(List.of(files))
        .build();
  }

  private static CampaignAttachment fromUrl(String url, boolean privateAllowed) {
    return new CampaignAttachment(
        "a.pdf", "application/pdf", url, null, null, null, 1, null, null, privateAllowed);
  }

  private static CampaignAttachment fromUrlProperty(String host, boolean optional) {
    return new CampaignAttachment(
        "a.pdf", "application/pdf", null, "url", List.of(host), null, 1, null, optional, true);
  }

  private static CampaignAttachment fromContent() {
    return new CampaignAttachment(
        "a.png", "image/png", null, null, null, "content", 1, "a@shop.example", null, null);
  }

  private static Event event(String property, String value) {
    return new Event("order", Instant.EPOCH, Map.of(property, value));
  }

  private static List<MailAttachment> files(CampaignAttachment planned, Event event) {
    try (MailAttachments files = new MailAttachments(plan(planned))) {
      return files.of(event);
    }
  }

  private static void refused(CampaignAttachment planned, Event event, String code) {
    assertThatThrownBy(() -> files(planned, event))
        .isInstanceOfSatisfying(
            AttachmentException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.isTemporary()).isEqualTo(code.equals("AttachmentUnavailable"));
            });
  }

  @Test
  void whatIsTheSameForEverybodyIsReadOnce() {
    try (MailAttachments files = new MailAttachments(plan(fromUrl(base + "/file", true)))) {
      assertThat(files.of(null).get(0).content()).isEqualTo(CONTENT);
      assertThat(files.of(null).get(0).content()).isEqualTo(CONTENT);
    }
    assertThat(requests).hasValue(1);
  }

  @Test
  void aFileOfTheEventIsReadFromItsHostOnly() {
    assertThat(files(fromUrlProperty("127.0.0.1", false), event("url", base + "/file")))
        .singleElement()
        .matches(file -> !file.isInline() && new String(file.content()).equals("a file"));
    refused(
        fromUrlProperty("files.shop.example", false),
        event("url", base + "/file"),
        "AttachmentRefused");
    assertThat(requests).hasValue(1);
  }

  @Test
  void privateAddressesAreRefusedUnlessAllowed() {
    refused(fromUrl(base + "/file", false), null, "AttachmentRefused");
    refused(
        fromUrl("https://localhost:" + server.getAddress().getPort() + "/", false),
        null,
        "AttachmentRefused");
    assertThat(requests).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({
    "/503, AttachmentUnavailable",
    "/404, AttachmentUnavailable",
    "/302, AttachmentUnavailable",
    "/large, AttachmentRefused"
  })
  void whatIsNotThereIsToldFromWhatNeverWillBe(String path, String code) {
    refused(fromUrlProperty("127.0.0.1", false), event("url", base + path), code);
    assertThat(requests).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({"file:///etc/passwd", "ftp://127.0.0.1/a", "no URL", "//127.0.0.1/a"})
  void whatIsNoUrlOfTheWebIsRefused(String url) {
    refused(fromUrlProperty("127.0.0.1", false), event("url", url), "AttachmentRefused");
  }

  @Test
  void whatTheEventHasInBase64IsThePicture() {
    assertThat(files(fromContent(), event("content", "YSBm\r\naWxl")))
        .singleElement()
        .matches(file -> file.isInline() && new String(file.content()).equals("a file"));
    refused(fromContent(), event("content", "no base64!"), "AttachmentRefused");
    refused(fromContent(), event("content", "A".repeat(1368)), "AttachmentRefused");
    refused(fromContent(), event("content", "A".repeat(1_000_000)), "AttachmentRefused");
    refused(fromContent(), event("other", "x"), "AttachmentMissing");
    refused(fromContent(), null, "AttachmentMissing");
  }

  @Test
  void whatIsOptionalMayBeMissing() {
    assertThat(files(fromUrlProperty("127.0.0.1", true), event("other", "x"))).isEmpty();
    refused(fromUrlProperty("127.0.0.1", false), event("other", "x"), "AttachmentMissing");
  }
}
