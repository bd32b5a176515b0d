package dev.lettershop.template.place;

import dev.lettershop.api.v1alpha1.template.TemplateEngine;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.template.model.TextPositions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds code of another language or tool, which would stand in the mail as it is: what is left of a
 * template that was written for something else.
 */
public final class ForeignCode {

  /**
   * How one tool writes its code.
   *
   * @param name group 1 is the name of what is shown, where there is one
   */
  private record Tool(String is, Pattern name) {}

  private static final List<Tool> TOOLS =
      List.of(
          tool("a merge tag of Mailchimp", "\\*\\|([A-Za-z0-9_:= !-]{1,80})\\|\\*"),
          tool(
              "code of Salesforce Marketing Cloud",
              "%%(?:[=\\[]|([A-Za-z_][A-Za-z0-9_ .]{0,60})%%)"),
          tool("a tag of Braze", "\\{\\{\\s{0,9}(?:[a-z_]{1,40}\\.)?\\$\\{([A-Za-z0-9_]{1,60})\\}"),
          tool("a placeholder of another language", "\\$\\{([A-Za-z_][A-Za-z0-9_.]{0,80})\\}"),
          tool(
              "a variable of Mailjet",
              "\\[\\[(?:data:|var:)?([A-Za-z_][A-Za-z0-9_]{0,60})[^\\]\\n]{0,80}\\]\\]"),
          tool(
              "a token of Mautic",
              "(?<!\\{)\\{(?:contactfield|leadfield)=([A-Za-z0-9_]{1,60})[^}\\n]{0,80}\\}"
                  + "|(?<!\\{)\\{(?:unsubscribe|webview)_(?:url|text)\\}"),
          tool("a tag of ActiveCampaign", "%(?![0-9A-F]{2})([A-Z][A-Z0-9_-]{2,40})%"),
          tool(
              "a variable of Mailgun",
              "%(recipient\\.[A-Za-z_][A-Za-z0-9_.]{0,60}|unsubscribe_url)%"),
          tool(
              "code of ERB or EJS",
              "<%(?:[=-]\\s{0,9}@?([A-Za-z_][A-Za-z0-9_.]{0,80})?|\\s{0,9}(?:if|unless|for|end|else|var|let)\\b)"),
          tool(
              "a Go template, as listmonk has them",
              "\\{\\{-?\\s{0,9}(?:if |range |with )?\\.([A-Z][A-Za-z0-9_.]{0,80})"));

  private static final Pattern LIQUID =
      Pattern.compile(
          "\\{%-?\\s{0,9}(if|unless|for|case|when|assign|capture|include|render|comment|raw|liquid"
              + "|end[a-z]{2,9}|else|elsif)\\b");

  /** What is not read: comments, and what is to stand in the mail as it is. */
  private static final Pattern IN_LIQUID =
      Pattern.compile(
          "\\{%-?\\s{0,9}(raw|comment)\\s{0,9}-?%\\}.*?(?:\\{%-?\\s{0,9}end\\1\\s{0,9}-?%\\}|$)",
          Pattern.DOTALL);

  private static final Pattern IN_BRACES =
      Pattern.compile(
          "\\\\?\\{\\{~?!--.*?--~?\\}\\}|\\{\\{~?!.*?\\}\\}|\\\\\\{\\{.*?\\}\\}", Pattern.DOTALL);

  /** What other tools call the values that every store has. */
  private static final Map<String, String> NAMES =
      Map.of(
          "fname", "profile.first_name",
          "firstname", "profile.first_name",
          "lname", "profile.last_name",
          "lastname", "profile.last_name",
          "email", "profile.email",
          "emailaddr", "profile.email",
          "emailaddress", "profile.email",
          "unsub", "links.unsubscribe");

  private ForeignCode() {}

  private static Tool tool(String is, String pattern) {
    return new Tool(is, Pattern.compile(pattern));
  }

  /**
   * @param written a field, as the author wrote it
   */
  public static List<Problem> in(String written, TemplateEngine engine) {
    String source = read(written, engine);
    List<Problem> problems = new ArrayList<>();
    TextPositions positions = new TextPositions(source);
    if (engine != TemplateEngine.Liquid) {
      Matcher liquid = LIQUID.matcher(source);
      if (liquid.find()) {
        problems.add(
            Problem.error(
                positions.at(liquid.start()),
                "\"{% " + liquid.group(1) + " %}\" is Liquid, and spec.engine is " + engine,
                "set spec.engine: Liquid, or write "
                    + (engine == TemplateEngine.Handlebars
                        ? "{{#if …}}…{{/if}}"
                        : "{{#name}}…{{/name}}")));
      }
    }
    int found = -1;
    for (Tool tool : TOOLS) {
      Matcher code = tool.name().matcher(source);
      if (code.find() && code.start() != found) {
        found = code.start();
        problems.add(
            Problem.error(
                positions.at(code.start()),
                "\"" + code.group() + "\" is " + tool.is() + ", and means nothing here",
                "write " + equivalent(code, engine)));
      }
    }
    return problems;
  }

  private static String equivalent(Matcher code, TemplateEngine engine) {
    String name = code.groupCount() == 0 || code.group(1) == null ? code.group() : code.group(1);
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    String value = plain.contains("unsub") ? "links.unsubscribe" : null;
    for (Map.Entry<String, String> known : NAMES.entrySet()) {
      if (value == null && plain.endsWith(known.getKey())) {
        value = known.getValue();
      }
    }
    String shown = value == null ? "profile.<attribute>" : value;
    return engine == TemplateEngine.Liquid ? "{{ " + shown + " }}" : "{{" + shown + "}}";
  }

  /** The source with spaces in place of what is not read. */
  private static String read(String source, TemplateEngine engine) {
    Matcher unread = (engine == TemplateEngine.Liquid ? IN_LIQUID : IN_BRACES).matcher(source);
    StringBuilder read = new StringBuilder(source);
    while (unread.find()) {
      for (int i = unread.start(); i < unread.end(); i++) {
        read.setCharAt(i, source.charAt(i) == '\n' ? '\n' : ' ');
      }
    }
    return read.toString();
  }
}
