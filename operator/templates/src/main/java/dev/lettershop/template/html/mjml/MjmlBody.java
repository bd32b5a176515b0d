package dev.lettershop.template.html.mjml;

import ch.digitalfondue.mjml4j.Mjml4j;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.template.html.css.Marks;
import dev.lettershop.template.html.inline.MarkedSource;
import dev.lettershop.template.html.mjml.MjmlLanguage.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * MJML, laid out.
 *
 * @param html with the marks of the source; null when a problem is an error
 */
public record MjmlBody(String html, List<Problem> problems) {
  private static final Pattern COMMENT_MARK =
      Pattern.compile("<!--" + Marks.BEGIN + "\\d++" + Marks.END + "-->");
  private static final Pattern INDENT = Pattern.compile("[ \\t]*\\n[ \\t\\n]*");
  private static final Pattern FONTS =
      Pattern.compile(
          "<!--\\[if !mso\\]><!-->\\s*<link href=\"https://fonts\\.googleapis.*?<!--<!\\[endif\\]-->",
          Pattern.DOTALL);

  /** The renderer's own style sheet, which is for clients that read style sheets. */
  private static final Pattern RESETS =
      Pattern.compile("<style type=\"text/css\">(?=\\s*#outlook a)");

  private static final String HTML_ATTRIBUTES = "mj-html-attributes";
  private static final String DEFAULT_LANGUAGE = "en";

  /** Checks a body and lays it out. */
  public static MjmlBody of(MarkedSource source) {
    List<MjmlTag> tags = MjmlTag.all(source.text());
    List<Problem> problems = MjmlCheck.check(source, tags);
    if (problems.stream().anyMatch(Problem::isError)) {
      return new MjmlBody(null, problems);
    }
    SideBorders borders = new SideBorders();
    String mjml = prepared(source.text(), tags, borders);
    try {
      String html = borders.restored(Mjml4j.render(mjml, new Mjml4j.Configuration(language(tags))));
      String corrected = MjmlCorrections.corrected(withoutFonts(html, tags), tags);
      return new MjmlBody(
          compact(HtmlAttributes.put(corrected, HtmlAttributes.of(source.text(), tags))), problems);
    } catch (RuntimeException e) {
      problems.add(
          Problem.error(
              null,
              "this MJML cannot be laid out (" + e.getClass().getSimpleName() + ")",
              "try it in parts at https://mjml.io/try-it-live to see which one it is"));
      return new MjmlBody(null, problems);
    }
  }

  /**
   * MJML loads fonts from Google for whoever names one, and its default is one; that tells Google
   * who reads. Here fonts are loaded when {@code mj-font} asks for them.
   */
  private static String withoutFonts(String html, List<MjmlTag> tags) {
    boolean asked = tags.stream().anyMatch(tag -> tag.name().equals("mj-font"));
    return asked ? html : FONTS.matcher(html).replaceFirst("");
  }

  private static String language(List<MjmlTag> tags) {
    return tags.stream()
        .filter(tag -> tag.name().equals(MjmlLanguage.ROOT) && !tag.closing())
        .flatMap(tag -> tag.attributes().stream())
        .filter(attribute -> attribute.name().equals("lang"))
        .map(MjmlTag.Attribute::value)
        .findFirst()
        .orElse(DEFAULT_LANGUAGE);
  }

  /**
   * Where MJML expects elements, a mark is put into one that passes it through. Styles that MJML
   * would inline, and mjml4j drops, stay styles: they are inlined later, with all others.
   */
  private static String prepared(String text, List<MjmlTag> tags, SideBorders borders) {
    StringBuilder prepared = new StringBuilder(text.length() + 256);
    MjmlAttributes attributes = new MjmlAttributes(tags);
    Deque<MjmlTag> open = new ArrayDeque<>();
    int at = 0;
    boolean leftOut = false;
    for (MjmlTag tag : tags) {
      if (!leftOut) {
        prepared.append(between(text.substring(at, tag.start()), open));
      }
      leftOut |= tag.name().equals(HTML_ATTRIBUTES);
      if (!leftOut) {
        String element = borders.hidden(text.substring(tag.start(), tag.end()));
        prepared.append(written(element, tag, open, attributes));
      }
      leftOut &= !(tag.name().equals(HTML_ATTRIBUTES) && (tag.closing() || tag.empty()));
      at = tag.end();
      if (tag.closing()) {
        open.pop();
      } else if (!tag.empty()) {
        open.push(tag);
      }
    }
    return prepared.append(text.substring(at)).toString();
  }

  private static String written(
      String text, MjmlTag tag, Deque<MjmlTag> open, MjmlAttributes attributes) {
    if (tag.name().equals("mj-style")) {
      return text.replaceFirst("\\sinline\\s*+=\\s*+(\"[^\"]*+\"|'[^']*+'|\\w++)", "");
    }
    boolean socialElement = tag.name().equals("mj-social-element") && !tag.closing();
    if (socialElement && !open.isEmpty() && tag.attribute("padding", null) == null) {
      // mjml4j does not hand this on to the elements.
      String padding = attributes.of(open.peek(), "inner-padding");
      return padding == null
          ? text
          : text.replaceFirst(
              "(?i)<mj-social-element",
              Matcher.quoteReplacement("<mj-social-element padding=\"" + padding + "\""));
    }
    return text;
  }

  private static String between(String text, Deque<MjmlTag> open) {
    if (!Marks.in(text) || open.isEmpty()) {
      return text;
    }
    Kind kind = MjmlLanguage.vendored().kind(open.peek().name());
    return kind == null || kind.html()
        ? text
        : COMMENT_MARK
            .matcher(text)
            .replaceAll(mark -> Matcher.quoteReplacement("<mj-raw>" + mark.group() + "</mj-raw>"));
  }

  /** The renderer indents as deep as its tables are nested: a third of a mail. */
  private static String compact(String html) {
    String marked = RESETS.matcher(html).replaceFirst("<style type=\"text/css\" data-embed>");
    return marked.contains("<pre") || marked.contains("white-space:pre")
        ? marked
        : INDENT.matcher(marked).replaceAll("\n").strip() + "\n";
  }
}
