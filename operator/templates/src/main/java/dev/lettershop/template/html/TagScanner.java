package dev.lettershop.template.html;

import dev.lettershop.template.html.inline.TemplateTag;
import dev.lettershop.template.html.inline.TemplateTag.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the tags of the template language in a body, and what each does to the HTML around it. */
final class TagScanner {
  private static final Pattern BRACES =
      Pattern.compile("\\{\\{\\{.*?\\}\\}\\}|\\{\\{!--.*?--\\}\\}|\\{\\{.*?\\}\\}", Pattern.DOTALL);
  private static final Pattern LIQUID =
      Pattern.compile("\\{\\{.*?\\}\\}|\\{%.*?%\\}", Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("^\\{%-?\\s*(\\w+)");
  private static final Pattern RAW_FILTER = Pattern.compile("\\|\\s*raw\\b");

  private TagScanner() {}

  static List<TemplateTag> tags(String source, TagSyntax syntax) {
    List<TemplateTag> tags = new ArrayList<>();
    Matcher tag = (syntax == TagSyntax.Liquid ? LIQUID : BRACES).matcher(source);
    while (tag.find()) {
      String text = tag.group();
      Role role = syntax == TagSyntax.Liquid ? liquid(text) : braces(text);
      tags.add(new TemplateTag(text, tag.start(), role));
    }
    return tags;
  }

  private static Role braces(String text) {
    if (text.startsWith("{{{") || text.startsWith("{{&")) {
      return Role.Markup;
    }
    String inside = text.substring(2, text.length() - 2).replace("~", "").strip();
    if (inside.equals("else") || inside.startsWith("else ") || inside.equals("^")) {
      return Role.Middle;
    }
    char sigil = inside.isEmpty() ? ' ' : inside.charAt(0);
    return switch (sigil) {
      case '#', '^' -> Role.Begin;
      case '/' -> Role.End;
      default -> Role.Value;
    };
  }

  private static Role liquid(String text) {
    Matcher word = WORD.matcher(text);
    if (!word.find()) {
      return RAW_FILTER.matcher(text).find() ? Role.Markup : Role.Value;
    }
    String name = word.group(1);
    return switch (name) {
      case "if", "unless", "for", "case", "capture", "tablerow", "ifchanged", "comment" ->
          Role.Begin;
      case "else", "elsif", "when" -> Role.Middle;
      default -> name.startsWith("end") && !name.equals("endraw") ? Role.End : Role.Value;
    };
  }
}
