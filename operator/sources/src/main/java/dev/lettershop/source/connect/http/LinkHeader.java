package dev.lettershop.source.connect.http;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header Link (RFC 8288). */
final class LinkHeader {
  private static final Pattern LINK =
      Pattern.compile(
          "<([^>]*)>((?:\\s*;\\s*[^;,=\\s]+\\s*(?:=\\s*(?:\"[^\"]*\"|[^\";,\\s]*))?)*)");
  private static final Pattern NEXT =
      Pattern.compile(
          ";\\s*rel\\s*=\\s*(?:\"(?:[^\"]*\\s)?next(?:\\s[^\"]*)?\"|next(?![^\\s;,]))",
          Pattern.CASE_INSENSITIVE);

  private LinkHeader() {}

  /** Where {@code rel=next} leads, as it stands there; null when there is none. */
  static String next(List<String> headers) {
    for (String header : headers) {
      Matcher link = LINK.matcher(header);
      while (link.find()) {
        if (NEXT.matcher(link.group(2)).find()) {
          return link.group(1);
        }
      }
    }
    return null;
  }
}
