package dev.lettershop.collector.pages.mail;

import dev.lettershop.delivery.dkim.DkimSigners;
import dev.lettershop.delivery.message.EnvelopeSender;
import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.delivery.smtp.MailRelay;
import dev.lettershop.store.bounce.BounceLog.SoftLimit;

/**
 * What a transport needs besides its plan. Asked for each round, so that rotated Secrets are seen.
 */
public interface MailAccess {
  /** What takes the mails; the caller closes it. */
  MailRelay relay();

  /** Who signs mails. */
  DkimSigners signers();

  /** Where the bounces of a run go; null for the sender. */
  EnvelopeSender bounces(long runId);

  /** When an address that takes no mail for the time being is suppressed. */
  SoftLimit softLimit();

  /** Signs links. */
  RecipientLinks links();
}
