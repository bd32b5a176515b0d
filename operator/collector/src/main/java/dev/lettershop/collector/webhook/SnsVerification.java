package dev.lettershop.collector.webhook;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Set;

/**
 * Whether a message comes from SNS and from one of our topics: signed with a certificate that only
 * an address of Amazon's can have given us. Thread-safe.
 */
final class SnsVerification {
  private final Set<String> topics;
  private final SnsCertificates certificates;
  private final Clock clock;

  SnsVerification(Set<String> topics, SnsCertificates certificates, Clock clock) {
    this.topics = Set.copyOf(topics);
    this.certificates = certificates;
    this.clock = clock;
  }

  /**
   * @throws ForgedException when it does not
   * @throws IOException when the certificate cannot be had now
   */
  void check(SnsMessage message) throws ForgedException, IOException {
    if (!topics.contains(message.text("TopicArn"))) {
      throw new ForgedException("the topic is not one of the webhook's");
    }
    checkTime(message.text("Timestamp"));
    URI address =
        SnsHosts.trusted(message.text("SigningCertURL"))
            .filter(uri -> uri.getPath().endsWith(".pem"))
            .orElseThrow(() -> new ForgedException("the certificate is not Amazon's"));
    String algorithm =
        switch (message.text("SignatureVersion")) {
          case "1" -> "SHA1withRSA";
          case "2" -> "SHA256withRSA";
          default -> throw new ForgedException("the version of the signature is not known");
        };
    X509Certificate certificate = certificates.at(address);
    try {
      certificate.checkValidity(Date.from(clock.instant()));
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(certificate.getPublicKey());
      verifier.update(message.signedText().getBytes(StandardCharsets.UTF_8));
      if (!verifier.verify(Base64.getDecoder().decode(message.text("Signature")))) {
        throw new ForgedException("the signature is wrong");
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new ForgedException("the signature or its certificate is not valid");
    }
  }

  private void checkTime(String timestamp) throws ForgedException {
    try {
      ReplayWindow.SNS.check(Instant.parse(timestamp), clock);
    } catch (DateTimeException e) {
      throw new ForgedException("the timestamp is missing or not a time");
    }
  }
}
