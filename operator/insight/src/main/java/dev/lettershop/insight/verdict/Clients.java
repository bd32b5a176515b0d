package dev.lettershop.insight.verdict;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import ua_parser.Parser;

/** What a user agent says of the client. Answers are kept for those seen lately. */
final class Clients {
  private static final int KEPT = 10_000;
  private static final int LONGEST = 512;

  /** Gmail's servers, fetching ahead while somebody is signed in. */
  private static final String GMAIL_PREFETCH =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0";

  private static final Pattern LIBRARY =
      Pattern.compile(
          "^(?:curl|wget|libcurl|python|python-requests|python-urllib|aiohttp|httpx|go-http-client"
              + "|java|apache-httpclient|okhttp|jersey|axios|node|node-fetch|undici|got|ruby|perl"
              + "|libwww-perl|php|guzzlehttp|powershell|reactornetty|vert\\.x-webclient)\\b.*",
          Pattern.DOTALL);

  private final Parser parser = new Parser();
  private final LruCache<String, Optional<Reason>> machines = new LruCache<>(KEPT);

  /** How a pixel was fetched, where the user agent says so. */
  static Optional<Reason> fetcher(String userAgent) {
    if (userAgent.equals("Mozilla/5.0")) {
      return Optional.of(Reason.ApplePrivacy);
    }
    if (userAgent.equals(GMAIL_PREFETCH)) {
      return Optional.of(Reason.GmailPrefetch);
    }
    if (userAgent.contains("GoogleImageProxy")) {
      return Optional.of(Reason.GmailProxy);
    }
    if (userAgent.contains("YahooMailProxy")) {
      return Optional.of(Reason.YahooProxy);
    }
    return Optional.empty();
  }

  /** Whether a user agent is that of a program rather than a browser or a mail client. */
  Optional<Reason> machine(String userAgent) {
    if (userAgent.isBlank()) {
      return Optional.of(Reason.NoClient);
    }
    String known = userAgent.substring(0, Math.min(LONGEST, userAgent.length()));
    return machines.computeIfAbsent(known, this::judge);
  }

  private Optional<Reason> judge(String userAgent) {
    if (LIBRARY.matcher(userAgent.toLowerCase(Locale.ROOT)).matches()) {
      return Optional.of(Reason.Library);
    }
    return parser.parseDevice(userAgent).family.equals("Spider")
        ? Optional.of(Reason.Crawler)
        : Optional.empty();
  }
}
