package dev.lettershop.template.html.mjml;

import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.diagnostic.Severity;
import dev.lettershop.template.html.css.Marks;
import dev.lettershop.template.html.inline.MarkedSource;
import dev.lettershop.template.html.mjml.MjmlLanguage.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what MJML would silently pass over, or lay out wrongly. */
final class MjmlCheck {
  private static final String ID = "mjml";
  private static final Pattern PADDED = Pattern.compile("\uE002\\d+\uE003");

  /** Elements of the head that hold elements. */
  private static final Set<String> HEAD =
      Set.of("mj-head", "mj-attributes", "mj-html-attributes", "mj-selector");

  private static final Pattern CONDITIONAL =
      Pattern.compile("<!--\\s*+\\[if[^\\]]*+\\]>(?!\\s*+(?:<!)?-->)", Pattern.CASE_INSENSITIVE);
  private static final Pattern ELEMENT =
      Pattern.compile("<(/?+mj-[a-z-]++)", Pattern.CASE_INSENSITIVE);

  private final MjmlLanguage language = MjmlLanguage.vendored();
  private final MarkedSource source;
  private final List<Problem> problems = new ArrayList<>();
  private final Deque<MjmlTag> open = new ArrayDeque<>();
  private boolean root;
  private boolean body;

  private MjmlCheck(MarkedSource source) {
    this.source = source;
  }

  static List<Problem> check(MarkedSource source, List<MjmlTag> tags) {
    MjmlCheck check = new MjmlCheck(source);
    int from = 0;
    for (MjmlTag tag : tags) {
      check.between(from, tag.start());
      check.tag(tag);
      from = tag.end();
    }
    check.end();
    check.comments();
    HtmlAttributes.of(source.text(), tags).forEach(check::htmlAttribute);
    return check.problems;
  }

  /** The head is laid out before a recipient is known: what is in a section there is for all. */
  private void between(int from, int to) {
    boolean head =
        !open.isEmpty()
            && HEAD.contains(open.peek().name())
            && Marks.in(source.text().substring(from, to));
    if (head) {
      error(
          source.text().indexOf(Marks.BEGIN, from),
          "a tag of the template stands between the elements of <" + open.peek().name() + ">",
          "put it inside of <mj-style>, <mj-title> or <mj-preview>, around what depends on it");
    }
  }

  /** A comment that begins in one mj-raw and ends in another hides the MJML between them. */
  private void comments() {
    Matcher comment = CONDITIONAL.matcher(source.text());
    while (comment.find()) {
      int end = source.text().indexOf("-->", comment.end());
      Matcher inside =
          ELEMENT.matcher(source.text()).region(comment.end(), Math.max(comment.end(), end));
      if (inside.find()) {
        error(
            comment.start(),
            "this conditional comment goes on over <"
                + inside.group(1)
                + ">, which would reach Outlook as it is",
            "close it in the same <mj-raw>: MJML cannot be laid out for Outlook only");
      }
    }
  }

  private void htmlAttribute(HtmlAttributes.Added added) {
    if (!HtmlAttributes.isSelector(added.path())) {
      error(
          added.start(),
          "\"" + added.path() + "\" is not a selector",
          "write one such as .my-class a");
    } else if (!added.name().matches("[A-Za-z][A-Za-z0-9_-]*+")) {
      error(added.start(), "<mj-html-attribute> has no name", "write name=\"data-id\"");
    }
  }

  private void tag(MjmlTag tag) {
    if (isInHtml() && !tag.closing()) {
      error(
          tag.start(),
          "<" + tag.name() + "> cannot stand in <" + open.peek().name() + ">, which holds HTML",
          "close <" + open.peek().name() + "> before it");
    } else if (tag.closing()) {
      close(tag);
      return;
    } else {
      start(tag);
    }
    if (!tag.empty()) {
      open.push(tag);
    }
  }

  private boolean isInHtml() {
    Kind kind = open.isEmpty() ? null : language.kind(open.peek().name());
    return kind != null && kind.html();
  }

  private void close(MjmlTag tag) {
    if (open.stream().noneMatch(o -> o.name().equals(tag.name()))) {
      error(tag.start(), "</" + tag.name() + "> closes nothing", "remove it");
      return;
    }
    while (!open.peek().name().equals(tag.name())) {
      notClosed(open.pop());
    }
    open.pop();
  }

  private void notClosed(MjmlTag tag) {
    error(
        tag.start(),
        "<" + tag.name() + "> is not closed",
        "close it with </" + tag.name() + ">, or write <" + tag.name() + " … />");
  }

  private void start(MjmlTag tag) {
    root |= tag.name().equals(MjmlLanguage.ROOT);
    body |= tag.name().equals("mj-body");
    Kind kind = language.kind(tag.name());
    if (tag.name().equals("mj-include")) {
      error(tag.start(), "a template includes no files", "use a partial: spec.partials");
    } else if (kind == null) {
      error(
          tag.start(),
          "MJML has no element <" + tag.name() + ">",
          DidYouMean.nearest(tag.name(), language.elements().keySet())
              .map(near -> "did you mean <" + near + ">?")
              .orElse("see https://documentation.mjml.io"));
    } else {
      nesting(tag);
      tag.attributes().forEach(attribute -> attribute(tag, kind, attribute));
    }
  }

  private void nesting(MjmlTag tag) {
    if (open.isEmpty()) {
      if (!tag.name().equals(MjmlLanguage.ROOT)) {
        error(tag.start(), "<" + tag.name() + "> stands outside of <mjml>", "put it inside");
      }
      return;
    }
    String parent = open.peek().name();
    Kind around = language.kind(parent);
    boolean free =
        around == null
            || parent.equals("mj-attributes")
            || around.children().isEmpty() && !around.html();
    if (!free && !around.children().contains(tag.name())) {
      Set<String> parents = new TreeSet<>();
      language
          .elements()
          .forEach(
              (name, kind) -> {
                if (kind.children().contains(tag.name())) {
                  parents.add("<" + name + ">");
                }
              });
      error(
          tag.start(),
          "<" + tag.name() + "> cannot stand in <" + parent + ">, and would not be shown",
          "put it into " + String.join(" or ", parents));
    }
  }

  private void attribute(MjmlTag tag, Kind kind, MjmlTag.Attribute attribute) {
    if (PADDED.matcher(attribute.name()).find()) {
      error(
          attribute.start(),
          "a tag of the template cannot stand between the attributes of <" + tag.name() + ">",
          "put it into an attribute's value, or around the whole element");
      return;
    }
    String parent = open.isEmpty() ? null : open.peek().name();
    if (!language.takes(tag.name(), attribute.name(), parent)) {
      problems.add(
          new Problem(
              Severity.Warning,
              source.position(attribute.start()),
              "<" + tag.name() + "> has no attribute \"" + attribute.name() + "\"",
              DidYouMean.fix(attribute.name(), kind.attributes()),
              ID));
    } else if (kind.computed().contains(attribute.name()) && Marks.in(attribute.value())) {
      error(
          attribute.start(),
          "layout is computed before a recipient is known, and "
              + attribute.name()
              + " is part of it",
          "write a length, such as " + attribute.name() + "=\"20px\"");
    }
  }

  private void end() {
    open.forEach(this::notClosed);
    if (!root || !body) {
      String missing = root ? "<mj-body>" : "<mjml>";
      error(0, missing + " is missing", "write <mjml><mj-body>…</mj-body></mjml>");
    }
  }

  private void error(int offset, String message, String fix) {
    problems.add(new Problem(Severity.Error, source.position(offset), message, fix, ID));
  }
}
