package dev.lettershop.delivery.bounce;

import dev.lettershop.delivery.smtp.SmtpCredentials;
import dev.lettershop.delivery.smtp.SmtpSettings.Tls;

/**
 * Where a mailbox is.
 *
 * @param caPem certificates (PEM) that are trusted instead of the Java runtime's, or null
 * @param folder that messages arrive in
 * @param doneFolder made when absent
 * @param unknownFolder made when absent
 */
public record ImapSettings(
    String host,
    int port,
    Tls tls,
    SmtpCredentials credentials,
    String caPem,
    String folder,
    String doneFolder,
    String unknownFolder) {}
