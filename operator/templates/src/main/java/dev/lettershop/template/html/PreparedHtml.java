package dev.lettershop.template.html;

import dev.lettershop.diagnostic.Problem;
import java.util.List;

/**
 * A body that is ready to be filled in for one recipient after another.
 *
 * @param html HTML with the tags of the template language in it; never null
 * @param problems positions are those in the source that was prepared
 */
public record PreparedHtml(String html, List<Problem> problems) {
  public PreparedHtml {
    problems = List.copyOf(problems);
  }
}
