package dev.lettershop.worker.task;

import dev.lettershop.delivery.message.InvalidAddressException;
import dev.lettershop.delivery.message.MessageBuilder;
import dev.lettershop.delivery.message.MessageSettings;
import dev.lettershop.delivery.smtp.MailRelay;
import dev.lettershop.delivery.smtp.RelayException;
import dev.lettershop.delivery.smtp.RelaySession;
import dev.lettershop.delivery.smtp.SmtpResult;
import dev.lettershop.plan.Plan;
import dev.lettershop.template.RenderedMail;
import dev.lettershop.worker.RunException;
import dev.lettershop.worker.access.Secrets;
import dev.lettershop.worker.access.TransportAccess;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Hands single mails to a campaign's relay, past the ledger: for people who look at their own. */
public final class TestDelivery {
  private final Plan plan;
  private final TransportAccess access;
  private final Clock clock;

  public TestDelivery(Plan plan, Secrets secrets, Clock clock) {
    this.plan = plan;
    this.access = new TransportAccess(plan, secrets);
    this.clock = clock;
  }

  /**
   * @param code the server's reply code, or a word for what happened
   */
  public record Outcome(boolean accepted, String code) {}

  /**
   * Sends one mail. Each is a new one to the receiver, however often it is sent.
   *
   * @throws RunException when an address, a Secret or the connection will not do
   */
  public Outcome send(String to, RenderedMail mail) {
    Instant now = clock.instant();
    MessageSettings settings =
        new MessageSettings(
                plan.namespace(),
                plan.campaign(),
                "send-test-" + now,
                plan.from().name(),
                plan.from().address(),
                plan.replyTo())
            .with(plan.headerFields(), plan.isTransactional());
    try (MailRelay relay = access.relay(() -> ThreadLocalRandom.current().nextDouble());
        RelaySession session = new RelaySession(relay, 1)) {
      MessageBuilder messages = new MessageBuilder(settings, null, access.signers());
      SmtpResult result = session.send(messages.build(1, to, mail, null, false, now));
      return new Outcome(result instanceof SmtpResult.Accepted, result.code());
    } catch (InvalidAddressException e) {
      throw RunException.configuration("The address given with --to is none that mail can go to");
    } catch (IllegalArgumentException e) {
      throw RunException.configuration(
          "Campaign/" + plan.campaign() + " spec.from or spec.replyTo: " + e.getMessage());
    } catch (RelayException e) {
      throw e.isTransient()
          ? RunException.retry(e.getMessage(), e)
          : RunException.configuration(e.getMessage(), e);
    }
  }
}
