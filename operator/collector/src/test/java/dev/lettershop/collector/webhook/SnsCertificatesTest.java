package dev.lettershop.collector.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SnsCertificatesTest {
  private static final SnsKeys KEYS = SnsKeys.read();
  private static final URI ADDRESS =
      URI.create("https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-30T12:00:00Z"), ZoneOffset.UTC);

  private final AtomicInteger asked = new AtomicInteger();

  private SnsCertificates serving(byte[] file) {
    return new SnsCertificates(
        address -> {
          asked.incrementAndGet();
          return file;
        },
        KEYS.authorities(),
        CLOCK);
  }

  private void refuses(String reason, String... names) {
    assertThatThrownBy(() -> serving(KEYS.file(names)).at(ADDRESS))
        .isInstanceOf(ForgedException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void aCertificateForSnsFromATrustedAuthorityIsTakenAndKept() throws Exception {
    SnsCertificates certificates = serving(KEYS.file("sns", "between"));

    assertThat(certificates.at(ADDRESS)).isEqualTo(KEYS.certificate("sns"));
    assertThat(certificates.at(ADDRESS)).isEqualTo(KEYS.certificate("sns"));
    assertThat(asked).hasValue(1);
  }

  @Test
  void aCertificateThatNobodyTrustedHasIssuedIsRefused() {
    refuses("not from an authority that is trusted", "own");
    refuses("not from an authority that is trusted", "sns");
    refuses("not from an authority that is trusted", "below", "other", "between");
    refuses("not from an authority that is trusted", "old", "between");
  }

  @Test
  void aCertificateForAnotherNameIsRefused() {
    refuses("not for SNS", "other", "between");
    refuses("not for SNS", "between");
  }

  @Test
  void whatIsNotACertificateIsRefused() {
    for (String file : new String[] {"", "nothing", "-----BEGIN CERTIFICATE-----\nAAAA\n"}) {
      assertThatThrownBy(() -> serving(file.getBytes(StandardCharsets.UTF_8)).at(ADDRESS))
          .as(file)
          .isInstanceOf(ForgedException.class);
    }
  }

  @Test
  void anIssuerThatCannotBeReachedIsNoForgeryButHasToComeAgain() {
    assertThatThrownBy(() -> serving(KEYS.file("far")).at(ADDRESS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("amazontrust.com in reach");
  }

  /** Messages and the certificate that Amazon tests its own SDK with. */
  @Test
  void amazonsPublishedSignaturesAreAccepted() throws Exception {
    byte[] file;
    try (InputStream in = getClass().getResourceAsStream("sns-published.pem")) {
      file = in.readAllBytes();
    }
    X509Certificate signer =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(file));
    Clock then = Clock.fixed(Instant.parse("2026-03-06T20:00:30Z"), ZoneOffset.UTC);
    SnsVerification verification =
        new SnsVerification(
            Set.of("arn:aws:sns:us-west-2:131990247566:dongie-standard-topic"),
            new SnsCertificates(address -> file, Set.of(new TrustAnchor(signer, null)), then),
            then);

    for (String message : new String[] {VERSION_2, WITH_SUBJECT}) {
      SnsMessage read = SnsMessage.read(message.getBytes(StandardCharsets.UTF_8));
      assertThatCode(() -> verification.check(read)).doesNotThrowAnyException();
      SnsMessage altered =
          SnsMessage.read(message.replace("essage", "essag3").getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> verification.check(altered)).isInstanceOf(ForgedException.class);
    }
  }

  private static final String SIGNER =
      "https://sns.us-west-2.amazonaws.com/SimpleNotificationService-7506a1e35b36ef5a444dd1a8e7cc3ed8.pem";

  private static final String VERSION_2 =
      """
      {"Type": "Notification", "MessageId": "9d2c5580-b61d-550c-8583-37a582870907",
       "TopicArn": "arn:aws:sns:us-west-2:131990247566:dongie-standard-topic",
       "Message": "This message uses signature version 2.",
       "Timestamp": "2026-03-06T20:00:26.893Z", "SignatureVersion": "2", "SigningCertURL": "%s",
       "Signature": "kGNJ7FIM5DJxRv9bdoSJBty2WHpADFWrJ0ZQU/A2sALy6tBE5hqfUvPRlklTJ+PACFMguoFOO7W6\
      ac/Bs4gR+JBRFhx4598X8/HWzrmaLrtB2f7nzViHbpzYN+u+OewXhxjj2lNsu0bLKv6fogkACytDIOhjZylbfJoPphDYAB7T\
      3Ila7u+K3m2wLHH4k1cPYKyBf5FI/kAoQAVsY6qFHeb6CWfHsdM98I2gwyEvwJSzW0iyYBfqckmthQwH3Ex53jrhQlZylXFD\
      YmstSJAdvbLeGqIUxKyk+O25wYgBjbbbeR+2qE2UCGEQrk1Bq018wmTxdHZmDhoBjJXiGmFkfg=="}
      """
          .formatted(SIGNER);

  private static final String WITH_SUBJECT =
      """
      {"Type": "Notification", "MessageId": "26858270-545e-5848-82a2-e05566af3dcf",
       "TopicArn": "arn:aws:sns:us-west-2:131990247566:dongie-standard-topic",
       "Subject": "My message subject", "Message": "Hello! This message has a subject.",
       "Timestamp": "2026-03-06T19:53:21.424Z", "SignatureVersion": "1", "SigningCertURL": "%s",
       "Signature": "jvNSgHVOF9KUOKI3bmQZhURD0kDN6txhfjiyuvnV95Dw6b2SRa7nq3AhM8agP0KUCIrRgKHqUlN6\
      K2XBA35Lzkx1eI5RT0oXIN00pvvzGxSz0ddnuSGmDJM7bd/b1vl2RlLjz+KvkhzEtspxLnxjLsGl2EpOmztt+um7owb4475s\
      OLdGTx1QiFV/8HqB2J0DyjeWdRZvu7Xpsf1Yd2rgmijFoz8x89Vw8pIksjczr4q16pxdh/XKWjbN2uPoC+3EeYdljL8KUvLY\
      H9ueHSs5E9qq2iLdze4+FtANnE73XRvvSGE0KI+FGOvz1igest6qon3g1/CVy4mq3n19TsCSmA=="}
      """
          .formatted(SIGNER);
}
