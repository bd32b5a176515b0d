package dev.lettershop.template.html.check;

import dev.lettershop.template.html.check.ClientSupport.Feature;
import dev.lettershop.template.html.css.Declaration;
import dev.lettershop.template.html.css.Statement;
import dev.lettershop.template.html.inline.StyleBlock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;

/** HTML and CSS that big mail clients do not support. */
final class ClientSupportCheck implements MailCheck {
  private static final String ID = "client-support";

  /** Where a client lacks these, what is inside or behind them is lost, not only plainer. */
  private static final Set<String> LOST =
      Set.of("audio", "video", "dialog", "svg", "meter", "progress");

  private static final Pattern FUNCTION = Pattern.compile("([a-z-]+)\\(");
  private static final Pattern UNIT = Pattern.compile("(?<![\\w#-])-?[\\d.]+([a-z]+)\\b");

  private final ClientSupport support;

  ClientSupportCheck(ClientSupport support) {
    this.support = support;
  }

  @Override
  public void check(CheckedMail mail, FindingCollector found) {
    for (Element element : mail.document().elements()) {
      element(element, mail, found);
    }
    for (StyleBlock block : mail.styles().blocks()) {
      statements(block.sheet().statements(), mail, found);
    }
  }

  private void element(Element element, CheckedMail mail, FindingCollector found) {
    int offset = mail.offset(element);
    String name = element.normalName();
    Feature lacking = support.lacking("element:" + name);
    if (lacking != null && !name.equals("form") && !name.equals("object")) {
      report("<" + name + ">", lacking, offset, "<" + name, LOST.contains(name), found);
    }
    if (name.equals("input")) {
      String type = element.attr("type").toLowerCase(Locale.ROOT);
      report(
          "<input type=\"" + type + "\">",
          support.lacking("input:" + type),
          offset,
          "<input",
          false,
          found);
    }
    for (Attribute attribute : element.attributes()) {
      Feature missing = support.lacking("attribute:" + attribute.getKey());
      report(
          "the attribute " + attribute.getKey(), missing, offset, attribute.getKey(), false, found);
    }
    if (name.equals("img")) {
      image(element.attr("src"), offset, found);
    }
    for (Declaration declaration : Declaration.parse(element.attr("style"))) {
      declaration(declaration, offset, declaration.name() + ":", found);
    }
  }

  private void image(String src, int offset, FindingCollector found) {
    String address = src.strip().toLowerCase(Locale.ROOT);
    String path = address.replaceFirst("[?#].*", "");
    String extension = path.substring(path.lastIndexOf('.') + 1);
    boolean data = address.startsWith("data:");
    Feature lacking = support.lacking("image:" + (data ? "data:" : extension));
    String what = data ? "images inside of addresses (data:)" : "images of type ." + extension;
    report(what, lacking, offset, data ? "data:" : src, true, found);
  }

  private void statements(List<Statement> statements, CheckedMail mail, FindingCollector found) {
    for (Statement statement : statements) {
      if (statement instanceof Statement.Rule rule) {
        for (Declaration declaration : rule.declarations()) {
          declaration(declaration, declaration.start(), declaration.name(), found);
        }
      } else if (statement instanceof Statement.At at) {
        String name = "@" + at.name();
        report(name, support.lacking("at:" + at.name()), at.start(), name, false, found);
        statements(at.inner(), mail, found);
      }
    }
  }

  private void declaration(
      Declaration declaration, int offset, String snippet, FindingCollector found) {
    String name = declaration.name();
    if (name.startsWith("-") || name.startsWith("mso-")) {
      return;
    }
    report(name, support.lacking("property:" + name), offset, snippet, false, found);
    String value = declaration.value().toLowerCase(Locale.ROOT);
    String pair = name + "=" + value;
    report(name + ": " + value, support.lacking("value:" + pair), offset, snippet, false, found);
    if (value.contains("url(")) {
      return;
    }
    Matcher function = FUNCTION.matcher(value);
    while (value.indexOf('(') >= 0 && function.find()) {
      String called = function.group(1);
      report(called + "()", support.lacking("function:" + called), offset, snippet, false, found);
    }
    Matcher unit = UNIT.matcher(value);
    while (unit.find()) {
      String used = unit.group(1);
      report("the unit " + used, support.lacking("unit:" + used), offset, snippet, false, found);
    }
  }

  private static void report(
      String what,
      Feature lacking,
      int offset,
      String snippet,
      boolean lost,
      FindingCollector found) {
    if (lacking == null) {
      return;
    }
    String message = what + " is not supported by " + shortened(lacking.lacking());
    message = what.startsWith("images") ? message.replace(" is not ", " are not ") : message;
    String fix = "see https://www.caniemail.com/features/" + lacking.page() + "/";
    if (lost && lacking.lacking().startsWith("Gmail")) {
      found.warning(ID, offset, snippet, message, fix);
    } else {
      found.hint(ID, offset, snippet, message, fix);
    }
  }

  /** {@code Gmail, Gmail (iOS), Yahoo} as {@code Gmail, Yahoo}. */
  private static String shortened(String clients) {
    StringBuilder families = new StringBuilder();
    String last = "";
    for (String client : clients.split(", ")) {
      String family = client.replaceFirst(" \\((?!Windows).*", "").replace(".com", "");
      if (!family.equals(last) && !(" " + families).contains(" " + family + ",")) {
        families.append(family).append(", ");
      }
      last = family;
    }
    return families.substring(0, families.length() - 2);
  }
}
