package dev.lettershop.collector.webhook;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses that are Amazon's, so that a message cannot make us ask anybody else. */
final class SnsHosts {
  private static final Pattern HOST =
      Pattern.compile("sns\\.[a-z]{2,4}(-[a-z0-9]{1,12}){1,4}\\.amazonaws\\.com(\\.cn)?");

  private SnsHosts() {}

  /** The address, when it is one of SNS by https; without it, empty. */
  static Optional<URI> trusted(String url) {
    try {
      URI uri = URI.create(url);
      boolean trusted =
          "https".equals(uri.getScheme())
              && uri.getHost() != null
              && HOST.matcher(uri.getHost()).matches()
              && uri.getPort() == -1
              && uri.getRawUserInfo() == null;
      return trusted ? Optional.of(uri) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
