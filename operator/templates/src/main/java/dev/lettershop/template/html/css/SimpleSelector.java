package dev.lettershop.template.html.css;

import java.util.List;
import java.util.Locale;
import org.jsoup.nodes.Element;

/** One test of an element. */
public sealed interface SimpleSelector {
  Match matches(Element element, Scene scene);

  /**
   * {@code td}, or {@code *}.
   *
   * @param name in lower case
   */
  record Type(String name) implements SimpleSelector {
    @Override
    public Match matches(Element element, Scene scene) {
      return Match.of(name.equals("*") || element.normalName().equals(name));
    }
  }

  /** {@code .box}. */
  record HasClass(String name) implements SimpleSelector {
    @Override
    public Match matches(Element element, Scene scene) {
      String all = scene.fixed(element, "class");
      if (all == null) {
        return Match.Maybe;
      }
      if (hasWord(all, scene.quirks())) {
        return Match.Yes;
      }
      return Marks.in(all) ? Match.Maybe : Match.No;
    }

    /** Most elements are asked for most classes: no words are made. */
    private boolean hasWord(String all, boolean ignoreCase) {
      int length = name.length();
      for (int i = 0; i + length <= all.length(); i++) {
        if (all.regionMatches(ignoreCase, i, name, 0, length)
            && (i == 0 || all.charAt(i - 1) <= ' ')
            && (i + length == all.length() || all.charAt(i + length) <= ' ')) {
          return true;
        }
      }
      return false;
    }
  }

  /** {@code #top}. */
  record HasId(String name) implements SimpleSelector {
    @Override
    public Match matches(Element element, Scene scene) {
      String id = scene.fixed(element, "id");
      if (id == null || Marks.in(id)) {
        return Match.Maybe;
      }
      return Match.of(scene.quirks() ? id.equalsIgnoreCase(name) : id.equals(name));
    }
  }

  /**
   * {@code [href^="https:"]}.
   *
   * @param name in lower case
   * @param operator one of {@code = ~ | ^ $ *}, or a space when any value will do
   */
  record Attribute(String name, char operator, String value, boolean ignoreCase)
      implements SimpleSelector {
    @Override
    public Match matches(Element element, Scene scene) {
      String actual = scene.fixed(element, name);
      if (actual == null) {
        return Match.Maybe;
      }
      if (!element.hasAttr(name)) {
        return Match.No;
      }
      if (operator == ' ') {
        return Match.Yes;
      }
      return Marks.in(actual) ? Match.Maybe : Match.of(holds(folded(actual), folded(value)));
    }

    private String folded(String text) {
      return ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
    }

    private boolean holds(String actual, String wanted) {
      return switch (operator) {
        case '=' -> actual.equals(wanted);
        case '~' -> List.of(actual.split("\\s+")).contains(wanted) && !wanted.isEmpty();
        case '|' -> actual.equals(wanted) || actual.startsWith(wanted + "-");
        case '^' -> !wanted.isEmpty() && actual.startsWith(wanted);
        case '$' -> !wanted.isEmpty() && actual.endsWith(wanted);
        default -> !wanted.isEmpty() && actual.contains(wanted);
      };
    }
  }

  /**
   * {@code :nth-child(2n+1)} and its relatives: every {@code step}-th from {@code offset}.
   *
   * @param ofType whether only elements of the same name are counted
   * @param fromEnd whether the last is the first
   */
  record Nth(int step, int offset, boolean ofType, boolean fromEnd) implements SimpleSelector {
    @Override
    public Match matches(Element element, Scene scene) {
      if (element.parent() == null) {
        return Match.No;
      }
      if (scene.hasChangingChildren(element.parent())) {
        return Match.Maybe;
      }
      int position = 1;
      Element other = sibling(element);
      while (other != null) {
        if (!ofType || other.normalName().equals(element.normalName())) {
          position++;
        }
        other = sibling(other);
      }
      int ahead = position - offset;
      return Match.of(step == 0 ? ahead == 0 : ahead % step == 0 && ahead / step >= 0);
    }

    private Element sibling(Element element) {
      return fromEnd ? element.nextElementSibling() : element.previousElementSibling();
    }
  }

  /** {@code :root}. */
  record Root() implements SimpleSelector {
    @Override
    public Match matches(Element element, Scene scene) {
      return Match.of(element.normalName().equals("html"));
    }
  }

  /** {@code :not(.box)}. */
  record Not(List<Compound> none) implements SimpleSelector {
    @Override
    public Match matches(Element element, Scene scene) {
      Match any = Match.No;
      for (Compound compound : none) {
        any = any.or(compound.matches(element, scene));
      }
      return any.not();
    }
  }
}
