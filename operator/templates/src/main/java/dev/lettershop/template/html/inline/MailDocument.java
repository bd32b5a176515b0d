package dev.lettershop.template.html.inline;

import dev.lettershop.template.html.css.Marks;
import dev.lettershop.template.html.css.Scene;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.DocumentType;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.parser.Parser;

/** HTML with marks, read; every element knows its place in the text. */
public final class MailDocument implements Scene {
  private static final Pattern CONDITION =
      Pattern.compile("\\s*+\\[if[^\\]]*+\\]>", Pattern.CASE_INSENSITIVE);

  private final String html;
  private final Document document;
  private final Set<Element> changing = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Element> elements;
  private final Map<Element, Set<String>> conditional = new IdentityHashMap<>();
  private final MarkedSource source;
  private final boolean quirks;
  private boolean interlocked;

  private MailDocument(String html, Document document, MarkedSource source) {
    this.html = html;
    this.document = document;
    this.source = source;
    this.elements = List.copyOf(document.getAllElements());
    this.quirks = doctype() == null;
  }

  /**
   * @param html with marks of {@code source}
   */
  public static MailDocument parse(String html, MarkedSource source) {
    Parser parser = Parser.htmlParser().setTrackPosition(true);
    MailDocument mail = new MailDocument(html, Jsoup.parse(html, "", parser), source);
    mail.findSections(source);
    mail.findConditionalAttributes();
    return mail;
  }

  /**
   * What only Outlook reads: the HTML in conditional comments, at the same offsets, without the
   * rest. Null when there is none.
   */
  public MailDocument conditional(MarkedSource source) {
    char[] only = new char[html.length()];
    for (int i = 0; i < only.length; i++) {
      only[i] = html.charAt(i) == '\n' ? '\n' : ' ';
    }
    boolean any = false;
    for (Comment comment : document.nodeStream(Comment.class).toList()) {
      Matcher condition = CONDITION.matcher(comment.getData());
      if (condition.lookingAt() && comment.sourceRange().isTracked()) {
        int end = comment.getData().lastIndexOf("<![endif]");
        int from = comment.sourceRange().startPos() + "<!--".length();
        int length = comment.getData().length();
        for (int i = condition.end(); i < (end < 0 ? length : end); i++) {
          only[from + i] = html.charAt(from + i);
          any = true;
        }
      }
    }
    return any ? parse(new String(only), source) : null;
  }

  private void findSections(MarkedSource source) {
    Deque<Node> open = new ArrayDeque<>();
    document
        .nodeStream(Comment.class)
        .forEach(
            comment -> {
              TemplateTag tag = source.tagOf(comment.getData());
              if (tag != null && tag.role().isSection()) {
                section(tag, comment, open);
              }
            });
    interlocked |= !open.isEmpty();
  }

  private void findConditionalAttributes() {
    for (Element element : elements) {
      if (isWritten(element)) {
        Set<String> names =
            source.conditionalAttributes(
                html.substring(
                    start(element) + 1 + element.tagName().length(),
                    element.sourceRange().endPos()));
        if (!names.isEmpty()) {
          conditional.put(element, names);
        }
      }
    }
  }

  @Override
  public String fixed(Element element, String attribute) {
    if (isConditional(element, attribute)) {
      return null;
    }
    String text = element.attr(attribute);
    return Marks.in(text) ? source.withoutSections(text) : text;
  }

  /** Whether the recipient decides if an element has an attribute, or which of several. */
  public boolean isConditional(Element element, String attribute) {
    return conditional.getOrDefault(element, Set.of()).contains(attribute);
  }

  private void section(TemplateTag tag, Comment comment, Deque<Node> open) {
    Node parent = comment.parent();
    if (parent instanceof Element element) {
      changing.add(element);
    }
    if (tag.role() == TemplateTag.Role.Begin) {
      open.push(parent);
    } else if (open.isEmpty() || open.peek() != parent) {
      interlocked = true;
    }
    if (tag.role() == TemplateTag.Role.End && !open.isEmpty()) {
      open.pop();
    }
  }

  /** The text that was read. */
  public String html() {
    return html;
  }

  /** The tree; to look at, not to change. */
  public Document document() {
    return document;
  }

  /** All elements in the order of the text. */
  public List<Element> elements() {
    return elements;
  }

  @Override
  public boolean quirks() {
    return quirks;
  }

  /** Null when there is none. */
  public DocumentType doctype() {
    return document.childNodes().stream()
        .filter(DocumentType.class::isInstance)
        .map(DocumentType.class::cast)
        .findFirst()
        .orElse(null);
  }

  @Override
  public boolean hasChangingChildren(Element parent) {
    return changing.contains(parent);
  }

  @Override
  public boolean isInterlocked() {
    return interlocked;
  }

  /** Whether an element's start tag stands in the text, so that it can be changed there. */
  public boolean isWritten(Element element) {
    if (!element.sourceRange().isTracked() || element.sourceRange().isImplicit()) {
      return false;
    }
    int start = start(element);
    return html.regionMatches(true, start + 1, element.tagName(), 0, element.tagName().length());
  }

  /** Offset of an element's start tag. */
  public int start(Element element) {
    return element.sourceRange().startPos();
  }

  /** Elements of this name, in the order of the text. */
  public List<Element> named(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    List<Element> found = new ArrayList<>();
    for (Element element : elements) {
      if (element.normalName().equals(wanted)) {
        found.add(element);
      }
    }
    return found;
  }
}
