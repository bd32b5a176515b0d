package dev.lettershop.bounce;

import dev.lettershop.bounce.Verdict.Meaning;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What status codes (RFC 3463) and, where these say nothing, the words of a server mean for an
 * address.
 */
final class StatusRules {
  private static final Pattern ENHANCED =
      Pattern.compile("(?<![\\d.])([245])\\.(\\d{1,3})\\.(\\d{1,3})(?![\\d.]*\\d)");

  /** At a line's end or before text: a reply code, not a house number. */
  private static final Pattern REPLY =
      Pattern.compile("(?m)(?:^|[\\s:;<(])([45]\\d\\d)[ -](?!\\d)");

  private static final Pattern NO_SUCH_ADDRESS =
      Pattern.compile(
          "user unknown|unknown user|unknown recipient|no such (user|recipient|mailbox|address"
              + "|person|domain)|(mailbox|recipient|address|account|user|inbox)[^.\\n]{0,40}?"
              + "(not found|unavailable|disabled|inactive|deactivated|does(n't| not) exist"
              + "|no longer|suspended|closed|unknown)|invalid (recipient|mailbox|address)"
              + "|no mailbox|not a (valid|known) (user|mailbox|recipient)|doesn't have a .{0,40}"
              + "account|unrouteable address|unroutable|host unknown|domain[^.\\n]{0,40}not"
              + " (found|exist)");

  private static final Pattern FOR_NOW =
      Pattern.compile(
          "(mailbox|quota|inbox|storage|disk)[^.\\n]{0,40}(full|exceed)|over ?quota|quota exceed"
              + "|insufficient (system )?(storage|resources)|out of (storage|space)|try again"
              + "|temporar|timed? ?out|connection refused|greylist|too many|retry time");

  private static final Pattern POLICY =
      Pattern.compile(
          "spam|blocked|block ?list|blacklist|deny ?list|reputation|policy|dmarc|\\bspf\\b|\\bdkim\\b"
              + "|not authori[sz]ed|relay(ing)? (access )?denied|content rejected|virus|unsolicited");

  private StatusRules() {}

  /**
   * @param status of a delivery report, or null
   * @param words of the server
   */
  static Verdict judge(String status, String words, String reportedAddress) {
    String text = words.toLowerCase(Locale.ROOT);
    String code = enhanced(status == null ? "" : status).orElse(null);
    if (code == null || code.endsWith(".0.0")) {
      // A generic one; the server's own words may hold a better one.
      code = enhanced(text).filter(c -> !c.endsWith(".0.0")).orElse(code);
    }
    Meaning meaning = code == null ? null : byCode(code);
    if (meaning == null) {
      meaning = byWords(text);
    }
    if (code == null) {
      code = reply(text).orElse(null);
    }
    if (meaning == null) {
      // Refused and no reason given: not enough to give up an address at once.
      meaning = code == null ? Meaning.Unknown : Meaning.Soft;
    }
    return new Verdict(meaning, code, reportedAddress);
  }

  private static Optional<String> enhanced(String text) {
    Matcher found = ENHANCED.matcher(text);
    while (found.find()) {
      if (found.group(1).charAt(0) != '2') {
        return Optional.of(found.group());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> reply(String text) {
    Matcher found = REPLY.matcher(text);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /** Null when the code says too little. */
  private static Meaning byCode(String code) {
    String[] parts = code.split("\\.");
    String detail = parts[1] + "." + parts[2];
    if (parts[1].equals("7")) {
      // RFC 5248: the account is disabled.
      return detail.equals("7.13") ? Meaning.Hard : Meaning.Policy;
    }
    if (parts[0].equals("4")) {
      return Meaning.Soft;
    }
    return switch (detail) {
      case "1.7", "1.8", "2.3", "3.4" -> Meaning.Policy;
      case "2.1", "4.1", "4.4" -> Meaning.Hard;
      case "0.0", "2.0", "5.0" -> null;
      default ->
          switch (parts[1]) {
            case "1" -> detail.equals("1.0") ? null : Meaning.Hard;
            case "2", "3", "4" -> Meaning.Soft;
            case "6" -> Meaning.Policy;
            default -> null;
          };
    };
  }

  /** Null when they say nothing. */
  private static Meaning byWords(String text) {
    if (FOR_NOW.matcher(text).find()) {
      return Meaning.Soft;
    }
    if (NO_SUCH_ADDRESS.matcher(text).find()) {
      return Meaning.Hard;
    }
    return POLICY.matcher(text).find() ? Meaning.Policy : null;
  }
}
