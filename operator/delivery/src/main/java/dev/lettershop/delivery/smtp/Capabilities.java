package dev.lettershop.delivery.smtp;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a server offered in its reply to EHLO (RFC 5321 section 4.1.1.1).
 *
 * @param maxSize in bytes (RFC 1870), 0 when unknown or unlimited
 * @param auth mechanisms in upper case
 */
record Capabilities(
    boolean pipelining,
    boolean eightBitMime,
    boolean smtpUtf8,
    boolean startTls,
    boolean size,
    long maxSize,
    Set<String> auth) {

  /** What a server offers that knows HELO only. */
  static final Capabilities NONE = new Capabilities(false, false, false, false, false, 0, Set.of());

  static Capabilities of(SmtpReply ehlo) {
    Set<String> keywords = new TreeSet<>();
    Set<String> auth = new TreeSet<>();
    long maxSize = 0;
    List<String> lines = ehlo.lines();
    for (String line : lines.subList(1, lines.size())) {
      String[] words = line.strip().toUpperCase(Locale.ROOT).split("[ =]+");
      keywords.add(words[0]);
      if (words[0].equals("AUTH")) {
        auth.addAll(List.of(words).subList(1, words.length));
      } else if (words[0].equals("SIZE") && words.length > 1 && words[1].matches("\\d{1,18}")) {
        maxSize = Long.parseLong(words[1]);
      }
    }
    return new Capabilities(
        keywords.contains("PIPELINING"),
        keywords.contains("8BITMIME"),
        keywords.contains("SMTPUTF8"),
        keywords.contains("STARTTLS"),
        keywords.contains("SIZE"),
        maxSize,
        Set.copyOf(auth));
  }
}
