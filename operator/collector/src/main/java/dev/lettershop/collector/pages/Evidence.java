package dev.lettershop.collector.pages;

import dev.lettershop.collector.http.Request;
import java.util.LinkedHashMap;
import java.util.Map;

/** How it is known what somebody said on a page. */
final class Evidence {
  private static final int LONGEST = 300;

  private Evidence() {}

  /**
   * @param page such as {@code preferences}
   */
  static Map<String, Object> of(Request request, String page, Language language) {
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("page", page);
    evidence.put("language", language.tag());
    evidence.put("ip", request.client());
    String agent = request.header("user-agent");
    if (agent != null) {
      evidence.put("user_agent", line(agent, LONGEST));
    }
    return evidence;
  }

  /** Text that a client chose, on one line and bounded: nothing in it can do harm where it goes. */
  static String line(String text, int longest) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(longest)
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE)
        .forEach(line::appendCodePoint);
    return line.toString().strip();
  }
}
