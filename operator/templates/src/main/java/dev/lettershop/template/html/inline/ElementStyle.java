package dev.lettershop.template.html.inline;

import dev.lettershop.template.html.css.Declaration;
import dev.lettershop.template.html.css.Marks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What one element's style attribute comes to. */
final class ElementStyle {

  /** A declaration with what it weighs, where it comes from, and who may overrule it. */
  private static final class Weighed {
    private final Declaration declaration;
    private final Origin origin;
    private final RankedRule rule;
    private boolean mustBeImportant;
    private boolean left;

    Weighed(Declaration declaration, Origin origin, RankedRule rule) {
      this.declaration = declaration;
      this.origin = origin;
      this.rule = rule;
    }
  }

  /**
   * A kept declaration that may apply to the element.
   *
   * @param here in the mail as it is, and not only inside of some client
   */
  private record Rival(KeptRule rule, Declaration declaration, Origin origin, boolean here) {}

  private final String attribute;
  private final List<Weighed> weighed = new ArrayList<>();
  private final List<Rival> rivals = new ArrayList<>();
  private final List<Declaration> lowest = new ArrayList<>();

  /**
   * @param attribute the author's style attribute, or empty
   */
  ElementStyle(String attribute) {
    this.attribute = attribute.strip();
    for (Declaration declaration : Declaration.parse(this.attribute)) {
      Origin origin = new Origin(declaration.important(), true, 0, weighed.size());
      weighed.add(new Weighed(declaration, origin, null));
    }
  }

  /** A rule applies to the element. Of several selectors the most specific one counts. */
  void apply(RankedRule rule, int specificity) {
    for (Declaration declaration : rule.rule().declarations()) {
      Origin origin = new Origin(declaration.important(), false, specificity, rule.order());
      weighed.add(new Weighed(declaration, origin, rule));
    }
  }

  /**
   * A rule that is kept may apply to the element.
   *
   * @param here in the mail as it is, and not only inside of some client
   */
  void compete(KeptRule rule, int specificity, boolean here) {
    for (Declaration declaration : rule.rule().rule().declarations()) {
      Origin origin = new Origin(declaration.important(), false, specificity, rule.rule().order());
      rivals.add(new Rival(rule, declaration, origin, here));
    }
  }

  /** Something that everything else overrules. */
  void fallBackTo(Declaration declaration) {
    lowest.add(declaration);
  }

  /** Whether anything but the author's own attribute says something about this property. */
  boolean declares(String property) {
    return weighed.stream().anyMatch(w -> w.declaration.name().equals(property));
  }

  /** First step: finds kept declarations that cannot be made important. */
  void findUnpromotable() {
    for (Rival rival : rivals) {
      if (hasWon(rival) && wouldBeatBetter(rival)) {
        rival.rule().unpromotable().add(rival.declaration());
      }
    }
  }

  /**
   * Second step: kept declarations that have won so far are made to win again, by importance or, if
   * they cannot have that, by leaving what they win over in its style sheet. For a rule that is for
   * some client only, nothing is left there: the mail itself comes first.
   *
   * @param left takes the rules that have to stay for that
   */
  void promoteRivals(Consumer<RankedRule> left) {
    for (Rival rival : rivals) {
      if (!hasWon(rival)) {
        continue;
      }
      if (!rival.rule().unpromotable().contains(rival.declaration())) {
        rival.rule().promoted().add(rival.declaration());
        continue;
      }
      if (rival.here()) {
        for (Weighed beaten : metBy(rival)) {
          beaten.left = true;
          left.accept(beaten.rule);
        }
      }
    }
  }

  /** Whether a kept declaration needs help to win as it did over what now moves. */
  private boolean hasWon(Rival rival) {
    List<Weighed> met = metBy(rival);
    return !rival.declaration().important()
        && !met.isEmpty()
        && met.stream().allMatch(w -> rival.origin().beats(w.origin));
  }

  /**
   * Whether a kept declaration, made important, would win over an important one that it is below.
   */
  private boolean wouldBeatBetter(Rival rival) {
    Origin promoted = rival.origin().promoted();
    return rivals.stream()
        .filter(other -> other.declaration().important())
        .filter(other -> other.declaration().overlaps(rival.declaration()))
        .anyMatch(other -> promoted.beats(other.origin()));
  }

  /** Third step: declarations that have won so far over important ones are made to win again. */
  void defend() {
    for (Weighed own : weighed) {
      boolean threatened = false;
      boolean beaten = false;
      for (Rival rival : rivals) {
        if (own.declaration.overlaps(rival.declaration())) {
          beaten |= rival.here() && rival.origin().beats(own.origin);
          threatened |=
              rival.rule().isImportant(rival.declaration()) && own.origin.beats(rival.origin());
        }
      }
      own.mustBeImportant = threatened && !beaten;
    }
  }

  private List<Weighed> metBy(Rival rival) {
    return weighed.stream().filter(w -> w.declaration.overlaps(rival.declaration())).toList();
  }

  /** What applies in the end, in order: of two about the same the later one counts. */
  List<Declaration> effective() {
    List<Declaration> all = new ArrayList<>(lowest);
    sorted().forEach(w -> all.add(w.declaration));
    return all;
  }

  private List<Weighed> sorted() {
    return weighed.stream()
        .sorted(Comparator.comparing((Weighed w) -> w.origin))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** Whether the attribute has to be written at all. */
  boolean isChanged() {
    return !lowest.isEmpty()
        || weighed.stream().anyMatch(w -> w.rule != null && !w.left || changed(w));
  }

  private static boolean changed(Weighed own) {
    return own.mustBeImportant && !own.declaration.important();
  }

  /**
   * The new attribute: what weighs less than the author's own, the author's own as it was written,
   * what weighs more. In the style sheet's characters; not yet escaped.
   *
   * @param written the author's attribute as it stands in the text
   */
  String text(String written) {
    List<Weighed> sorted = sorted().stream().filter(w -> !w.left).toList();
    List<Weighed> own = sorted.stream().filter(w -> w.rule == null).toList();
    boolean known = !Marks.in(attribute);
    List<Weighed> below = new ArrayList<>();
    List<Weighed> above = new ArrayList<>();
    for (Weighed one : sorted) {
      if (one.rule == null) {
        if (changed(one)) {
          above.add(one);
        }
      } else if (own.isEmpty() || !one.declaration.important()) {
        add(one, below);
      } else {
        add(one, above);
      }
    }
    if (known) {
      below.removeIf(low -> own.stream().anyMatch(o -> o.declaration.replaces(low.declaration)));
    }
    List<String> parts = new ArrayList<>();
    for (Declaration declaration : lowest) {
      parts.add(declaration.text());
    }
    below.forEach(w -> parts.add(text(w)));
    String middle = written.strip();
    if (!middle.isEmpty()) {
      parts.add(middle.endsWith(";") ? middle.substring(0, middle.length() - 1) : middle);
    }
    above.forEach(w -> parts.add(text(w)));
    return String.join(";", parts);
  }

  private static void add(Weighed later, List<Weighed> list) {
    list.removeIf(
        earlier ->
            earlier.rule != later.rule
                && earlier.mustBeImportant == later.mustBeImportant
                && later.declaration.replaces(earlier.declaration));
    list.add(later);
  }

  private static String text(Weighed weighed) {
    Declaration declaration = weighed.declaration;
    String text = declaration.important(weighed.mustBeImportant).text();
    if (weighed.mustBeImportant && weighed.rule != null) {
      // Outlook for Windows passes over important declarations here, and takes the one before.
      text = declaration.important(false).text() + ";" + text;
    }
    return text.replaceAll("\\s++", " ");
  }
}
