package dev.lettershop.api.v1alpha1.collector;

/** Whose webhooks they are: how they are signed, and what they say. */
public enum WebhookProvider {
  Ses,
  SendGrid,
  Mailgun,
  Postmark,
  Brevo,
  Generic
}
