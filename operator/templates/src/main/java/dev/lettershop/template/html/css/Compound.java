package dev.lettershop.template.html.css;

import java.util.List;
import org.jsoup.nodes.Element;

/** Tests that one element has to pass, such as {@code td.box:first-child}. */
public record Compound(List<SimpleSelector> tests) {

  Match matches(Element element, Scene scene) {
    Match match = Match.Yes;
    for (SimpleSelector test : tests) {
      Match one = test.matches(element, scene);
      match = match.and(one == Match.No && scene.mayBeAdded(test) ? Match.Maybe : one);
      if (match == Match.No) {
        return match;
      }
    }
    return match;
  }

  /** Whether an element of this kind may be one that a client adds. */
  boolean mayBeAdded(Scene scene) {
    return tests.stream().anyMatch(scene::mayBeAdded);
  }
}
