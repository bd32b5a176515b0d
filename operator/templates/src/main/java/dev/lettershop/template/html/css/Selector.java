package dev.lettershop.template.html.css;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;

/**
 * One selector of a rule's list.
 *
 * @param text as written
 * @param compounds what elements have to be, from left to right; at least one
 * @param combinators between them: {@code ' '}, {@code '>'}, {@code '+'} or {@code '~'}
 * @param specificity comparable as a number (Selectors Level 4 §17)
 * @param state whether it asks for what only the client knows, such as {@code :hover}
 * @param pseudoElement whether it styles something else than the element, such as {@code ::before}
 */
public record Selector(
    String text,
    List<Compound> compounds,
    List<Character> combinators,
    int specificity,
    boolean state,
    boolean pseudoElement) {

  /** Whether a rule with it can become part of style attributes. */
  public boolean isStatic() {
    return !state && !pseudoElement;
  }

  /** Whether an element matches, once the client's state is as asked for. */
  public Match matches(Element element, Scene scene) {
    return new Matching(scene).matches(compounds.size() - 1, element);
  }

  /**
   * One answer. What has been answered about an element around is kept: else a long selector in a
   * deep document would be answered again for each way up.
   */
  private final class Matching {
    private final Scene scene;
    private final List<Map<Element, Match>> known = new ArrayList<>();

    Matching(Scene scene) {
      this.scene = scene;
    }

    Match matches(int last, Element element) {
      Match match = compounds.get(last).matches(element, scene);
      if (last == 0 || match == Match.No) {
        return match;
      }
      boolean unknown = scene.isInterlocked() || compounds.get(last - 1).mayBeAdded(scene);
      return match.and(unknown ? Match.Maybe : context(last, element));
    }

    private Match context(int last, Element element) {
      if (compounds.size() < 4) {
        return search(last, element);
      }
      while (known.size() <= last) {
        known.add(new IdentityHashMap<>());
      }
      Match match = known.get(last).get(element);
      if (match == null) {
        match = search(last, element);
        known.get(last).put(element, match);
      }
      return match;
    }

    private Match search(int last, Element element) {
      return switch (combinators.get(last - 1)) {
        case '>' -> isElement(element.parent()) ? matches(last - 1, element.parent()) : Match.No;
        case '+' -> siblings(last, element, true);
        case '~' -> siblings(last, element, false);
        default -> ancestors(last, element);
      };
    }

    private Match ancestors(int last, Element element) {
      Match found = Match.No;
      for (Element up = element.parent(); isElement(up) && found != Match.Yes; up = up.parent()) {
        found = found.or(matches(last - 1, up));
      }
      return found;
    }

    private Match siblings(int last, Element element, boolean nextOnly) {
      if (element.parent() == null) {
        return Match.No;
      }
      if (scene.hasChangingChildren(element.parent())) {
        return Match.Maybe;
      }
      Match found = Match.No;
      Element before = element.previousElementSibling();
      while (before != null && found != Match.Yes) {
        found = found.or(matches(last - 1, before));
        before = nextOnly ? null : before.previousElementSibling();
      }
      return found;
    }
  }

  private static boolean isElement(Element element) {
    return element != null && element.parent() != null;
  }
}
