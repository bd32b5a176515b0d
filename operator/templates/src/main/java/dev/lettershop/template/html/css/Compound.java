package dev.lettershop.template.html.css;

import java.util.List;
import org.jsoup.nodes.Element;

/** Tests that one element has to pass, such as {@code td.box:first-child}. */
public record Compound(List<SimpleSelector> tests) {

  Match matches(Element element, Scene scene) {
    Match match = Match.Yes;
    for (SimpleSelector test : tests) {
      match = match.and(test.matches(element, scene));
      if (match == Match.No) {
        return match;
      }
    }
    return match;
  }
}
