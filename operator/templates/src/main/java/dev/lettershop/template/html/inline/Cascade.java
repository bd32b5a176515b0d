package dev.lettershop.template.html.inline;

import dev.lettershop.template.html.css.Declaration;
import dev.lettershop.template.html.css.Match;
import dev.lettershop.template.html.css.Scene;
import dev.lettershop.template.html.css.Selector;
import dev.lettershop.template.html.css.SelectorParser;
import dev.lettershop.template.html.css.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;

/** Which rules of a mail move into its elements and which stay where they are. */
final class Cascade {
  private static final Set<String> NOT_SHOWN =
      Set.of("head", "title", "meta", "link", "style", "script", "base", "template", "noscript");

  private final MailDocument mail;
  private final MarkedSource source;
  private final Scene client;
  private final List<Element> shown;
  private final Map<Element, ElementStyle> styles = new IdentityHashMap<>();
  private final Map<Statement, KeptRule> kept = new IdentityHashMap<>();
  private final Map<String, List<Selector>> parsed = new HashMap<>();
  private int order;

  Cascade(MailDocument mail, MarkedSource source, List<StyleBlock> blocks) {
    this.mail = mail;
    this.source = source;
    this.client = new ClientScene(mail);
    this.shown =
        mail.elements().stream()
            .filter(e -> e.parent() != null && !NOT_SHOWN.contains(e.normalName()))
            .toList();
    for (Element element : shown) {
      styles.put(element, new ElementStyle(element.attr("style")));
    }
    for (StyleBlock block : blocks) {
      read(block);
    }
    styles.values().forEach(ElementStyle::findUnpromotable);
    styles.values().forEach(style -> style.promoteRivals(this::leave));
    styles.values().forEach(ElementStyle::defend);
  }

  private void read(StyleBlock block) {
    int sections = 0;
    for (Statement statement : block.sheet().statements()) {
      if (statement instanceof Statement.Tag tag) {
        sections += depth(tag);
      } else if (statement instanceof Statement.Rule rule) {
        RankedRule ranked = ranked(rule);
        boolean fixed = block.inlinable() && sections == 0 && isFixed(rule);
        if (fixed) {
          move(ranked);
        } else {
          keep(ranked, ranked.selectors());
        }
      } else if (statement instanceof Statement.At at) {
        conditional(at.inner());
      }
    }
  }

  /** How many sections a tag begins: 1, -1 or 0. */
  private int depth(Statement.Tag tag) {
    String mark = mail.html().substring(tag.start(), tag.end());
    TemplateTag found = source.tagOf(mark);
    if (found == null) {
      return 0;
    }
    return switch (found.role()) {
      case Begin -> 1;
      case End -> -1;
      default -> 0;
    };
  }

  private boolean isFixed(Statement.Rule rule) {
    return !rule.nested() && !source.hasSections(mail.html().substring(rule.start(), rule.end()));
  }

  private void conditional(List<Statement> statements) {
    for (Statement statement : statements) {
      if (statement instanceof Statement.Rule rule) {
        RankedRule ranked = ranked(rule);
        keep(ranked, ranked.selectors());
      } else if (statement instanceof Statement.At at) {
        conditional(at.inner());
      }
    }
  }

  private RankedRule ranked(Statement.Rule rule) {
    List<Selector> selectors =
        parsed.computeIfAbsent(
            rule.prelude(), prelude -> SelectorParser.parse(prelude).orElse(List.of()));
    return new RankedRule(rule, selectors, order++);
  }

  private void keep(RankedRule rule, List<Selector> selectors) {
    KeptRule keptRule = kept.computeIfAbsent(rule.rule(), key -> new KeptRule(rule));
    Map<Element, Integer> met = new LinkedHashMap<>();
    Map<Element, Integer> metInClients = new LinkedHashMap<>();
    for (Selector selector : selectors) {
      keptRule.selectors().add(selector);
      if (!selector.pseudoElement() && !meet(selector, mail, met)) {
        meet(selector, client, metInClients);
      }
    }
    met.forEach((element, weight) -> styles.get(element).compete(keptRule, weight, true));
    metInClients.forEach((element, weight) -> styles.get(element).compete(keptRule, weight, false));
  }

  private boolean meet(Selector selector, Scene scene, Map<Element, Integer> met) {
    boolean any = false;
    for (Element element : shown) {
      if (selector.matches(element, scene) != Match.No) {
        met.merge(element, selector.specificity(), Math::max);
        any = true;
      }
    }
    return any;
  }

  private void move(RankedRule rule) {
    if (rule.selectors().isEmpty() || hasCustomProperties(rule)) {
      keep(rule, rule.selectors());
      return;
    }
    Map<Element, Integer> moved = new IdentityHashMap<>();
    List<Selector> stay = new ArrayList<>();
    for (Selector selector : rule.selectors()) {
      if (!selector.isStatic() || !distribute(selector, moved)) {
        stay.add(selector);
      }
    }
    moved.forEach((element, weight) -> styles.get(element).apply(rule, weight));
    if (!stay.isEmpty()) {
      keep(rule, stay);
    }
  }

  /** A rule that has moved stays as well, for elements that did not take all of it. */
  private void leave(RankedRule rule) {
    KeptRule keptRule = kept.computeIfAbsent(rule.rule(), key -> new KeptRule(rule));
    rule.selectors().stream()
        .filter(selector -> !keptRule.selectors().contains(selector))
        .forEach(keptRule.left()::add);
  }

  private static boolean hasCustomProperties(RankedRule rule) {
    return rule.rule().declarations().stream().anyMatch(d -> d.name().startsWith("--"));
  }

  /** Finds a selector's elements; false when it has to stay too. */
  private boolean distribute(Selector selector, Map<Element, Integer> moved) {
    boolean complete = !source.hasUnknownMarkup();
    boolean any = false;
    for (Element element : shown) {
      Match match = selector.matches(element, mail);
      if (match == Match.Yes && mail.isWritten(element) && !mail.isConditional(element, "style")) {
        moved.merge(element, selector.specificity(), Math::max);
        any = true;
      } else if (match != Match.No) {
        complete = false;
      }
    }
    // What matches nothing here may match what a client puts around the mail, or into it.
    return complete && any && !ClientHacks.isOne(selector);
  }

  /** The style of each element that is shown. */
  Map<Element, ElementStyle> styles() {
    return styles;
  }

  /** What stays of a rule; null when nothing does. */
  KeptRule kept(Statement.Rule rule) {
    return kept.get(rule);
  }

  /** What applies to an element wherever and whenever the mail is shown, in order. */
  List<Declaration> effective(Element element) {
    ElementStyle style = styles.get(element);
    return style == null ? List.of() : style.effective();
  }
}
