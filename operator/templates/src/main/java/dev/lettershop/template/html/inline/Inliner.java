package dev.lettershop.template.html.inline;

import dev.lettershop.template.html.css.Declaration;
import dev.lettershop.template.html.css.Selector;
import dev.lettershop.template.html.css.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Range;

/**
 * Moves style rules into style attributes, since some clients read nothing else, and leaves in the
 * style sheets what cannot move: media queries, pseudo-classes, fonts, animations, and what depends
 * on the template's tags. Computed styles stay the same; the text changes at style attributes and
 * style elements only.
 */
public final class Inliner {
  private final MailDocument mail;
  private final List<StyleBlock> blocks;
  private final Cascade cascade;

  private Inliner(MailDocument mail, MarkedSource source) {
    this.mail = mail;
    this.blocks =
        mail.named("style").stream()
            .map(style -> StyleBlock.of(style, mail))
            .filter(Objects::nonNull)
            .toList();
    this.cascade = new Cascade(mail, source, blocks);
  }

  /** Reads the styles of a mail. */
  public static Inliner of(MailDocument mail, MarkedSource source) {
    return new Inliner(mail, source);
  }

  /** The style elements. */
  public List<StyleBlock> blocks() {
    return blocks;
  }

  /** What applies to an element wherever the mail is shown, in order: the last one counts. */
  public List<Declaration> effective(Element element) {
    return cascade.effective(element);
  }

  /** The mail with its styles inlined, and with images that do not outgrow a phone. */
  public String inlined() {
    ScalingImages.scale(mail, cascade);
    Edits edits = new Edits();
    for (Map.Entry<Element, ElementStyle> entry : cascade.styles().entrySet()) {
      if (entry.getValue().isChanged() && mail.isWritten(entry.getKey())) {
        write(entry.getKey(), entry.getValue(), edits);
      }
    }
    blocks.forEach(block -> write(block, edits));
    return edits.applyTo(mail.html());
  }

  private void write(Element element, ElementStyle style, Edits edits) {
    String html = mail.html();
    if (!element.hasAttr("style")) {
      int at = mail.start(element) + 1 + element.tagName().length();
      edits.insert(at, " style=\"" + quoted(style.text(""), '"') + "\"");
      return;
    }
    Range.AttributeRange range = element.attribute("style").sourceRange();
    int from = range.valueRange().startPos();
    int to = range.valueRange().endPos();
    if (from < 0 || to < from) {
      return;
    }
    char quote = from > 0 ? html.charAt(from - 1) : ' ';
    String written = html.substring(from, to);
    if (from == to && quote != '"' && quote != '\'') {
      // An attribute without a value.
      edits.insert(range.nameRange().endPos(), "=\"" + quoted(style.text(""), '"') + "\"");
    } else if (quote == '"' || quote == '\'') {
      edits.replace(from, to, around(written, style, quote));
    } else {
      edits.replace(from, to, '"' + around(written, style, '"') + '"');
    }
  }

  /** The author's own text is escaped already. */
  private static String around(String written, ElementStyle style, char quote) {
    String placeholder = "\uE00A";
    String text = style.text(written.isBlank() ? "" : placeholder);
    return quoted(text, quote).replace(placeholder, trimmed(written));
  }

  private static String trimmed(String written) {
    String text = written.strip();
    return text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
  }

  private static String quoted(String css, char quote) {
    String text = css.replace("&", "&amp;");
    if (text.indexOf(quote) < 0) {
      return text;
    }
    char other = quote == '"' ? '\'' : '"';
    return text.indexOf(other) < 0
        ? text.replace(quote, other)
        : text.replace(String.valueOf(quote), quote == '"' ? "&quot;" : "&#39;");
  }

  private void write(StyleBlock block, Edits edits) {
    List<String> left = new ArrayList<>();
    boolean anything = false;
    for (Statement statement : block.sheet().statements()) {
      String text = text(statement, block);
      if (text != null) {
        left.add(text);
        anything |= !(statement instanceof Statement.Tag);
      }
    }
    if (anything) {
      edits.replace(
          block.contentStart(), block.contentEnd(), "\n" + String.join("\n", left) + "\n");
    } else {
      edits.replace(block.start(), block.end(), "");
    }
  }

  /** What stays of a statement, or null. */
  private String text(Statement statement, StyleBlock block) {
    Edits edits = new Edits();
    if (statement instanceof Statement.Rule rule) {
      KeptRule kept = cascade.kept(rule);
      if (kept == null) {
        return null;
      }
      promote(kept, edits);
      if (!block.inlinable() || isWhole(kept)) {
        return edits.applyTo(mail.html(), rule.start(), rule.end());
      }
      int open = mail.html().indexOf('{', rule.start());
      List<String> parts = new ArrayList<>();
      part(kept, kept.selectors(), edits.applyTo(mail.html(), open, rule.end()), parts);
      part(kept, kept.left(), mail.html().substring(open, rule.end()), parts);
      return String.join("\n", parts);
    }
    if (statement instanceof Statement.At at) {
      promoteWithin(at.inner(), edits);
    }
    return edits.applyTo(mail.html(), statement.start(), statement.end());
  }

  /** Whether a rule stays with all of its selectors, and alike for all of them. */
  private static boolean isWhole(KeptRule kept) {
    int staying = kept.selectors().size() + kept.left().size();
    return staying >= kept.rule().selectors().size()
        && (kept.left().isEmpty() || kept.promoted().isEmpty());
  }

  private static void part(
      KeptRule kept, Set<Selector> selectors, String body, List<String> parts) {
    if (!selectors.isEmpty()) {
      parts.add(
          kept.rule().selectors().stream()
                  .filter(selectors::contains)
                  .map(Selector::text)
                  .collect(Collectors.joining(", "))
              + " "
              + body);
    }
  }

  private void promoteWithin(List<Statement> statements, Edits edits) {
    for (Statement statement : statements) {
      if (statement instanceof Statement.Rule rule && cascade.kept(rule) != null) {
        promote(cascade.kept(rule), edits);
      } else if (statement instanceof Statement.At at) {
        promoteWithin(at.inner(), edits);
      }
    }
  }

  private static void promote(KeptRule kept, Edits edits) {
    for (Declaration declaration : kept.promoted()) {
      edits.insert(declaration.end(), " !important");
    }
  }
}
