package dev.lettershop.delivery.bounce;

import dev.lettershop.delivery.bounce.Verdict.Meaning;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a refusal means for an address: by the words of the server that refused where they are
 * clear, then by its own status code (RFC 3463), then by the status of the report, which is often
 * the reporting server's guess.
 */
final class StatusRules {
  private static final Pattern ENHANCED =
      Pattern.compile("(?<![\\d.])([245])\\.(\\d{1,3})\\.(\\d{1,3})(?![\\d.]*\\d)");

  /** At a line's end or before text: a reply code, not a house number. */
  private static final Pattern REPLY =
      Pattern.compile("(?m)(?:^|[\\s:;<(])([45]\\d\\d)[ -](?!\\d)");

  private StatusRules() {}

  /**
   * @param status of a delivery report, or null
   * @param diagnostic what the refusing server said, may be empty
   * @param notice what the reporting server wrote for people, may be empty
   * @param reportedAddress or null
   */
  static Verdict judge(String status, String diagnostic, String notice, String reportedAddress) {
    String own = enhanced(diagnostic).orElse(null);
    String reported = enhanced(status == null ? "" : status).orElse(null);
    boolean forNow = reported != null && reported.charAt(0) == '4';
    Meaning meaning = clear(diagnostic, forNow);
    if (meaning == null && own != null) {
      meaning = byCode(own);
    }
    if (meaning == null && reported != null) {
      meaning = byCode(reported);
    }
    if (meaning == null) {
      meaning = byNotice(diagnostic, notice, forNow);
    }
    String code = specific(own, reported, enhanced(notice).orElse(null));
    if (code == null) {
      code = reply(diagnostic).or(() -> reply(notice)).orElse(null);
    }
    if (meaning == null) {
      // Refused and no reason given: not enough to give up an address at once.
      meaning = code == null ? Meaning.Unknown : Meaning.Soft;
    }
    return new Verdict(
        meaning, code, reportedAddress, ServerWords.fingerprint(diagnostic).orElse(null));
  }

  /** DNS may fail for a while, and a report that says so is believed. */
  private static Meaning clear(String text, boolean forNow) {
    Meaning meaning = ServerWords.clear(text);
    return forNow && meaning == Meaning.Hard && ServerWords.isAboutHost(text)
        ? Meaning.Soft
        : meaning;
  }

  private static Meaning byNotice(String diagnostic, String notice, boolean forNow) {
    Meaning meaning = clear(notice, forNow);
    if (meaning == null) {
      meaning = enhanced(notice).map(StatusRules::byCode).orElse(null);
    }
    if (meaning == null) {
      meaning = ServerWords.vague(diagnostic);
    }
    return meaning == null ? ServerWords.vague(notice) : meaning;
  }

  /** The first that says more than "refused", else the first that there is. */
  private static String specific(String... codes) {
    String first = null;
    for (String code : codes) {
      if (code != null && !isGeneric(code)) {
        return code;
      }
      first = first == null ? code : first;
    }
    return first;
  }

  private static boolean isGeneric(String code) {
    return code.endsWith(".0.0") || code.endsWith(".1.0");
  }

  /** The first specific code of a refusal in a text, else the first code. */
  private static Optional<String> enhanced(String text) {
    Matcher found = ENHANCED.matcher(text);
    String first = null;
    while (found.find()) {
      if (found.group(1).charAt(0) != '2') {
        if (!isGeneric(found.group())) {
          return Optional.of(found.group());
        }
        first = first == null ? found.group() : first;
      }
    }
    return Optional.ofNullable(first);
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
    if (parts[0].equals("4") && !isGeneric(code)) {
      return Meaning.Soft;
    }
    return switch (detail) {
      case "1.7", "1.8", "2.3", "3.4" -> Meaning.Policy;
      case "2.1", "4.4" -> Meaning.Hard;
      case "0.0", "1.0", "2.0", "3.0", "5.0" -> null;
      default ->
          switch (parts[1]) {
            case "1" -> Meaning.Hard;
            case "2", "3", "4" -> Meaning.Soft;
            case "6" -> Meaning.Policy;
            default -> null;
          };
    };
  }
}
