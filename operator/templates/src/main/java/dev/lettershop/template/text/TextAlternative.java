package dev.lettershop.template.text;

import dev.lettershop.template.link.LinkMarks;
import dev.lettershop.template.model.Token;
import dev.lettershop.template.place.HtmlPlaces;
import dev.lettershop.template.place.TagPlaceholders;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * Makes the text alternative of an HTML template (RFC 2046 §5.1.4), as a template: headings, lists,
 * tables, quotes and links stay readable, the tags of the template keep their place.
 */
public final class TextAlternative {
  private static final Set<String> LEFT_OUT =
      Set.of(
          "title",
          "meta",
          "link",
          "base",
          "style",
          "script",
          "template",
          "noscript",
          "object",
          "svg",
          "iframe",
          "input",
          "select",
          "textarea",
          "audio",
          "video",
          "map");
  private static final Set<String> PARAGRAPHS =
      Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "dl", "figure", "form");

  private static final Pattern BLANKS = Pattern.compile("\\s");

  /** The usual ways to hide a preheader, in a style without white space. */
  private static final Pattern HIDING =
      Pattern.compile(
          "(?:^|;)(?:display:none|mso-hide:all|visibility:hidden|(?:opacity|max-height|max-width):0(?:px)?"
              + "|(?:left|top|text-indent):-[0-9]{3,}(?:px|em)?)(?:!important)?(?=;|$)");

  /** Hides what an element holds once it has no height. */
  private static final Pattern CUT =
      Pattern.compile("(?:^|;)overflow:hidden(?:!important)?(?=;|$)");

  private static final Pattern FLAT =
      Pattern.compile("(?:^|;)(?:height|width):0(?:px)?(?:!important)?(?=;|$)");

  /** Elements within elements; what is deeper is running text. */
  private static final int MAX_DEPTH = 200;

  private final TagPlaceholders placeholders;
  private final TextLayout layout = new TextLayout();
  private int depth;

  private TextAlternative(TagPlaceholders placeholders) {
    this.placeholders = placeholders;
  }

  /**
   * The tokens of the text. Sections may have come apart where the HTML interlocks them with
   * elements; the caller has to check.
   *
   * @param html with full names and partials in place, without the preheader
   * @param places of {@code html}
   */
  public static List<Token> of(List<Token> html, HtmlPlaces places) {
    TagPlaceholders placeholders = new TagPlaceholders(html);
    TextAlternative alternative = new TextAlternative(placeholders);
    alternative.children(Jsoup.parse(placeholders.html(places)));
    return alternative.layout.tokens();
  }

  /** The text of a piece of HTML without tags of a template. */
  public static String ofFragment(String html) {
    StringBuilder text = new StringBuilder();
    List<Token> literal = List.of(new Token.Literal(html, null));
    for (Token token : of(literal, HtmlPlaces.of(literal))) {
      text.append(((Token.Literal) token).text());
    }
    return text.toString().strip();
  }

  private void children(Node parent) {
    if (depth == MAX_DEPTH) {
      parent.traverse((inner, level) -> running(inner));
      return;
    }
    depth++;
    for (Node child : parent.childNodes()) {
      node(child);
    }
    depth--;
  }

  private void running(Node node) {
    if (node instanceof TextNode text) {
      layout.text(text.getWholeText());
    } else if (node instanceof Comment comment && placeholders.tagOf(comment.getData()) >= 0) {
      layout.inlineTag(placeholders.token(placeholders.tagOf(comment.getData())));
    }
  }

  private void node(Node node) {
    if (node instanceof TextNode text) {
      layout.text(text.getWholeText());
    } else if (node instanceof Comment comment) {
      tag(comment);
    } else if (node instanceof Element element && !isLeftOut(element)) {
      element(element);
    }
  }

  private void tag(Comment comment) {
    int index = placeholders.tagOf(comment.getData());
    if (index < 0) {
      return;
    }
    Token token = placeholders.token(index);
    boolean shown =
        token instanceof Token.Value || token instanceof Token.Statement one && one.shows();
    if (shown || SectionShape.isInline(comment, placeholders)) {
      layout.inlineTag(token);
    } else {
      layout.blockTag(token);
    }
  }

  private void element(Element element) {
    String name = element.normalName();
    switch (name) {
      case "br" -> layout.lineBreak();
      case "hr" -> rule();
      case "img" -> tokens(placeholders.restore(element.attr("alt").strip()));
      case "a" -> link(element);
      case "ul", "ol" -> list(element);
      case "li" -> item(element, "- ");
      case "tr" -> row(element);
      case "blockquote" -> quote(element);
      case "pre" -> {
        layout.margin(2);
        layout.preformatted(true);
        children(element);
        layout.preformatted(false);
        layout.margin(2);
      }
      default -> other(element, name);
    }
  }

  private void other(Element element, String name) {
    int margin = margin(element, name);
    layout.margin(margin);
    children(element);
    layout.margin(margin);
  }

  private static int margin(Element element, String name) {
    if (PARAGRAPHS.contains(name)) {
      return 2;
    }
    return element.isBlock() ? 1 : 0;
  }

  private void rule() {
    layout.margin(2);
    layout.text("----------");
    layout.margin(2);
  }

  private void list(Element list) {
    int margin = list.closest("li") == null ? 2 : 1;
    boolean numbered =
        list.normalName().equals("ol")
            && list.childNodes().stream().noneMatch(node -> node instanceof Comment);
    int number = 1;
    layout.margin(margin);
    for (Node child : list.childNodes()) {
      if (numbered && child instanceof Element item && item.normalName().equals("li")) {
        item(item, number++ + ". ");
      } else {
        node(child);
      }
    }
    layout.margin(margin);
  }

  private void item(Element item, String mark) {
    layout.margin(1);
    layout.beginItem(mark);
    children(item);
    layout.endItem();
    layout.margin(1);
  }

  private void quote(Element quote) {
    layout.margin(2);
    layout.beginIndent("> ");
    children(quote);
    layout.endIndent();
    layout.margin(2);
  }

  /** A row of short cells is one line; a row that lays out boxes is just these boxes. */
  private void row(Element row) {
    int margin = SectionShape.isData(row.closest("table")) ? 1 : 2;
    layout.margin(margin);
    boolean oneLine = SectionShape.isTextRow(row);
    boolean first = true;
    for (Node child : row.childNodes()) {
      boolean cell = child instanceof Element;
      if (!oneLine) {
        layout.margin(cell ? 1 : 0);
        node(child);
      } else if (cell && SectionShape.hasText((Element) child)) {
        layout.text(first ? "" : " | ");
        children(child);
        first = false;
      } else if (child instanceof Comment) {
        node(child);
      }
    }
    layout.margin(margin);
  }

  private void link(Element link) {
    String href = link.attr("href").strip();
    String scheme = href.toLowerCase(Locale.ROOT);
    boolean leads = !href.isEmpty() && !href.startsWith("#") && !scheme.startsWith("javascript:");
    String target = scheme.startsWith("mailto:") ? href.substring("mailto:".length()) : href;
    String label = label(link);
    String address = address(LinkMarks.bare(target));
    if (LinkMarks.isMarked(target) && label.equals(address)) {
      tokens(placeholders.restore(target));
    } else if (!leads || bare(label).equals(bare(address))) {
      children(link);
    } else if (!SectionShape.hasText(link)) {
      tokens(placeholders.restore(target));
    } else if (SectionShape.isBlock(link)) {
      layout.margin(1);
      children(link);
      layout.margin(1);
      tokens(placeholders.restore(target));
      layout.margin(1);
    } else {
      children(link);
      layout.text(" (");
      tokens(placeholders.restore(target));
      layout.text(")");
    }
  }

  /** What a reader sees of a link. */
  private String label(Element link) {
    StringBuilder label = new StringBuilder();
    link.nodeStream()
        .forEach(
            node -> {
              if (node instanceof TextNode text) {
                label.append(text.text());
              } else if (node instanceof Comment comment
                  && placeholders.tagOf(comment.getData()) >= 0) {
                label.append(name(placeholders.token(placeholders.tagOf(comment.getData()))));
              }
            });
    return label.toString().strip();
  }

  private String address(String target) {
    StringBuilder address = new StringBuilder();
    placeholders
        .restore(target)
        .forEach(
            token ->
                address.append(token instanceof Token.Literal text ? text.text() : name(token)));
    return address.toString();
  }

  private static String name(Token token) {
    return token instanceof Token.Value value ? "{{" + value.code() + "}}" : token.toString();
  }

  private static String bare(String address) {
    String bare = address.strip().replaceFirst("^(?i)(https?://|tel:)(www\\.)?", "");
    return bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
  }

  private void tokens(List<Token> tokens) {
    for (Token token : tokens) {
      if (token instanceof Token.Literal text) {
        layout.text(text.text());
      } else {
        layout.inlineTag(token);
      }
    }
  }

  private static boolean isLeftOut(Element element) {
    if (LEFT_OUT.contains(element.normalName()) || element.hasAttr("hidden")) {
      return true;
    }
    if (!element.hasAttr("style")) {
      return false;
    }
    String style = BLANKS.matcher(element.attr("style")).replaceAll("").toLowerCase(Locale.ROOT);
    return HIDING.matcher(style).find() || CUT.matcher(style).find() && FLAT.matcher(style).find();
  }
}
