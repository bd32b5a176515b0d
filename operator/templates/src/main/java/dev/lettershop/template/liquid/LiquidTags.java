package dev.lettershop.template.liquid;

import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.template.language.TemplateFunction;
import dev.lettershop.template.liquid.LiquidExpression.Fault;
import dev.lettershop.template.model.Token;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The tags that templates in Liquid can use, and what to write in place of others. */
final class LiquidTags {
  /** Tags that are closed by another. */
  static final Set<String> BLOCKS = Set.of("if", "unless", "case", "for", "tablerow", "capture");

  private static final Set<String> SINGLE =
      Set.of(
          "elsif",
          "else",
          "when",
          "break",
          "continue",
          "assign",
          "increment",
          "decrement",
          "cycle",
          "include",
          "render",
          "echo",
          "liquid",
          "comment",
          "raw");

  private static final Map<String, String> ELSEWHERE =
      TemplateFunction.elsewhere(LiquidTags.class, "tags-elsewhere.tsv");

  private LiquidTags() {}

  static Fault unknown(String name) {
    Set<String> all = new TreeSet<>(BLOCKS);
    all.addAll(SINGLE);
    return new Fault(
        "unknown tag \"" + name + "\"", ELSEWHERE.getOrDefault(name, DidYouMean.fix(name, all)));
  }

  /** What is wrong with a tag that Handlebars or Mustache has; null for another one. */
  static Fault ofHandlebars(String inside) {
    char sigil = inside.isEmpty() ? ' ' : inside.charAt(0);
    if ("#/^>&!{".indexOf(sigil) < 0) {
      return null;
    }
    String rest = inside.substring(1).strip();
    String[] words = rest.split("\\s+", 2);
    String of = words.length > 1 ? words[1] : "profile.<attribute>";
    String here =
        switch (sigil + words[0]) {
          case "#if" -> "{% if " + of + " %}…{% endif %}";
          case "#unless" -> "{% unless " + of + " %}…{% endunless %}";
          case "#each" -> "{% for item in " + of + " %}…{% endfor %}";
          case "/if" -> "{% endif %}";
          case "/unless" -> "{% endunless %}";
          case "/each" -> "{% endfor %}";
          default ->
              switch (sigil) {
                case '>' -> "{% render \"" + words[0] + "\" %}";
                case '#' -> "{% if " + rest + " %}…{% endif %}";
                case '^' -> "{% unless " + rest + " %}…{% endunless %}";
                case '!' -> "{% comment %}…{% endcomment %}";
                default -> "{{ " + rest.replaceAll("[{}]", "") + " }}";
              };
        };
    return new Fault(
        "{{" + inside + "}} is Handlebars or Mustache, and spec.engine is Liquid",
        "set spec.engine, or write " + here);
  }

  /** As what the innermost open block was written: one that could not be read became another. */
  static String innermost(List<Token> read, String otherwise) {
    int depth = 0;
    for (int i = read.size() - 1; i >= 0; i--) {
      if (read.get(i) instanceof Token.Close) {
        depth++;
      } else if (read.get(i) instanceof Token.Open open && depth-- == 0) {
        return open.block();
      }
    }
    return otherwise;
  }
}
