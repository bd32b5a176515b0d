package dev.lettershop.delivery.smtp;

import dev.lettershop.delivery.smtp.RelayException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * AUTH (RFC 4954) by PLAIN (RFC 4616), LOGIN or XOAUTH2, whichever suits the credentials and the
 * server. Only ever used within TLS; see {@link SmtpSettings}. Thread-safe.
 */
final class SmtpLogin {
  private static final int CHALLENGE = 334;

  private final Supplier<SmtpCredentials> credentials;
  private final Duration timeout;

  SmtpLogin(Supplier<SmtpCredentials> credentials, Duration timeout) {
    this.credentials = credentials;
    this.timeout = timeout;
  }

  /**
   * Logs in. Credentials that are refused are read once more, because they may have been replaced
   * since they were read.
   *
   * @return what went wrong, or empty
   */
  Optional<Refusal> login(Wire wire, Set<String> offered) throws IOException {
    SmtpCredentials first = credentials.get();
    Optional<Refusal> refusal = login(wire, offered, first);
    if (refusal.isPresent() && refusal.get().reason() == Reason.Authentication) {
      SmtpCredentials second = credentials.get();
      return second.equals(first) ? refusal : login(wire, offered, second);
    }
    return refusal;
  }

  /** Why one is not logged in. */
  record Refusal(Reason reason, String code, String what) {}

  private Optional<Refusal> login(Wire wire, Set<String> offered, SmtpCredentials who)
      throws IOException {
    SmtpReply reply;
    if (who.isToken() && offered.contains("XOAUTH2")) {
      reply = token(wire, who);
    } else if (who.isToken()) {
      return Optional.of(
          notOffered("the server does not offer AUTH XOAUTH2, but there is a token"));
    } else if (offered.contains("PLAIN")) {
      reply =
          wire.ask("AUTH PLAIN " + base64("\0" + who.username() + "\0" + who.secret()), timeout);
    } else if (offered.contains("LOGIN")) {
      reply = password(wire, who);
    } else {
      return Optional.of(
          notOffered("the server offers neither AUTH PLAIN nor LOGIN, but there are credentials"));
    }
    if (reply.isPositive()) {
      return Optional.empty();
    }
    return Optional.of(
        reply.isTransient()
            ? new Refusal(Reason.Busy, reply.code(), "the server answers AUTH with " + reply.code())
            : new Refusal(
                Reason.Authentication,
                reply.code(),
                "the server refuses the credentials with "
                    + reply.code()
                    + ": check credentialsSecretRef"
                    + (who.isToken() ? ", and that its token has not expired" : "")));
  }

  /** A server explains a refusal in a challenge, which an empty answer ends. */
  private SmtpReply token(Wire wire, SmtpCredentials who) throws IOException {
    String bearer = "user=" + who.username() + "\1auth=Bearer " + who.secret() + "\1\1";
    SmtpReply reply = wire.ask("AUTH XOAUTH2 " + base64(bearer), timeout);
    return reply.status() == CHALLENGE ? wire.ask("", timeout) : reply;
  }

  private SmtpReply password(Wire wire, SmtpCredentials who) throws IOException {
    SmtpReply reply = wire.ask("AUTH LOGIN", timeout);
    if (reply.status() == CHALLENGE) {
      reply = wire.ask(base64(who.username()), timeout);
    }
    return reply.status() == CHALLENGE ? wire.ask(base64(who.secret()), timeout) : reply;
  }

  private static Refusal notOffered(String what) {
    return new Refusal(Reason.Authentication, "AuthNotOffered", what);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
