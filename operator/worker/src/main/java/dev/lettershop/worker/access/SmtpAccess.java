package dev.lettershop.worker.access;

import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.common.SecretKeyRef;
import dev.lettershop.api.v1alpha1.transport.MailAuth;
import dev.lettershop.api.v1alpha1.transport.SmtpServer;
import dev.lettershop.delivery.smtp.SmtpCredentials;
import dev.lettershop.delivery.smtp.SmtpSettings;
import dev.lettershop.delivery.smtp.SmtpTimeouts;
import dev.lettershop.worker.RunException;
import java.util.function.Supplier;

/** Puts a mail server's settings and their Secrets together. */
public final class SmtpAccess {
  private SmtpAccess() {}

  /**
   * @param place for messages, such as {@code MailTransport/default spec.smtp}
   * @throws RunException when a Secret is missing or a value is of no use
   */
  static SmtpSettings settings(SmtpServer smtp, String place, Secrets secrets) {
    String field = place + ".";
    try {
      return new SmtpSettings(
          smtp.host(),
          smtp.port(),
          SmtpSettings.Tls.valueOf(smtp.tls().name()),
          credentials(
              smtp.credentialsSecretRef(), smtp.auth(), field + "credentialsSecretRef", secrets),
          ca(smtp.caSecretRef(), field + "caSecretRef", secrets),
          null,
          SmtpTimeouts.STANDARD);
    } catch (IllegalArgumentException e) {
      throw RunException.configuration(place + ": " + e.getMessage());
    }
  }

  /** Certificates (PEM), or null for the public ones. */
  public static String ca(SecretKeyRef ref, String field, Secrets secrets) {
    return ref == null ? null : secrets.require(field, ref.name(), ref.key());
  }

  /**
   * Reads the Secret each time, so that a rotated one is seen, and once at once, so that a missing
   * one is found out before anything is done.
   *
   * @return null without a Secret
   * @throws IllegalArgumentException when they cannot be sent
   */
  public static Supplier<SmtpCredentials> credentials(
      LocalRef secret, MailAuth auth, String field, Secrets secrets) {
    if (secret == null) {
      return null;
    }
    Supplier<SmtpCredentials> credentials =
        () -> {
          String username = secrets.require(field, secret.name(), "username");
          return auth == MailAuth.XOAuth2
              ? SmtpCredentials.token(username, secrets.require(field, secret.name(), "token"))
              : SmtpCredentials.password(
                  username, secrets.require(field, secret.name(), "password"));
        };
    credentials.get();
    return credentials;
  }
}
