package dev.lettershop.collector.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.util.Base64;
import java.util.function.Supplier;

/** How each provider signs, but for SES, which signs by way of SNS. */
final class Verifications {
  private Verifications() {}

  /** User name and password in the address, which arrive as Basic authentication. */
  static Verification basic(Supplier<String> credentials) {
    return request -> {
      String header = request.header("authorization");
      byte[] given =
          header != null && header.regionMatches(true, 0, "Basic ", 0, 6)
              ? decoded(header.substring(6).strip())
              : new byte[0];
      byte[] expected = credentials.get().getBytes(StandardCharsets.UTF_8);
      if (expected.length == 0 || !MessageDigest.isEqual(expected, given)) {
        throw new ForgedException("user name or password is wrong");
      }
    };
  }

  /** ECDSA over timestamp and body; the key is public, as base64 of DER. */
  static Verification sendGrid(Supplier<String> publicKey, Clock clock) {
    return request -> {
      String timestamp = request.header("x-twilio-email-event-webhook-timestamp");
      String signature = request.header("x-twilio-email-event-webhook-signature");
      ReplayWindow.DAY.check(timestamp, clock);
      if (signature == null || !ecdsa(publicKey.get(), timestamp, request.body(), signature)) {
        throw new ForgedException("the signature is wrong");
      }
    };
  }

  private static boolean ecdsa(String key, String timestamp, byte[] body, String signature) {
    try {
      PublicKey publicKey =
          KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(decoded(key)));
      Signature verifier = Signature.getInstance("SHA256withECDSA");
      verifier.initVerify(publicKey);
      verifier.update(timestamp.getBytes(StandardCharsets.US_ASCII));
      verifier.update(body);
      return verifier.verify(decoded(signature));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** HMAC over timestamp and token, which stand in the body beside it. */
  static Verification mailgun(Supplier<String> key, Clock clock) {
    return request -> {
      JsonNode signature;
      try {
        signature = Json.object(request.body()).path("signature");
      } catch (UnreadableException e) {
        throw new ForgedException("the signature is missing");
      }
      String timestamp = signature.path("timestamp").asText("");
      String token = signature.path("token").asText("");
      ReplayWindow.DAY.check(timestamp, clock);
      if (!Hmac.matches(
          key.get(),
          signature.path("signature").asText(null),
          (timestamp + token).getBytes(StandardCharsets.UTF_8))) {
        throw new ForgedException("the signature is wrong");
      }
    };
  }

  /** HMAC over timestamp, a dot and the body. */
  static Verification generic(Supplier<String> key, Clock clock) {
    return request -> {
      String timestamp = request.header("x-lettershop-timestamp");
      ReplayWindow.DAY.check(timestamp, clock);
      if (!Hmac.matches(
          key.get(),
          request.header("x-lettershop-signature"),
          (timestamp + ".").getBytes(StandardCharsets.US_ASCII),
          request.body())) {
        throw new ForgedException("the signature is wrong");
      }
    };
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
