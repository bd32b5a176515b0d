package dev.lettershop.template.model;

import dev.lettershop.api.v1alpha1.template.SlotType;
import dev.lettershop.diagnostic.Problem;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;

/**
 * Values of slots: written as text, of the type that the slot declares. What does not fit is found
 * when a campaign is compiled; when a mail is rendered, every value fits.
 */
public final class SlotValue {
  private static final Set<String> ADDRESSES = Set.of("https", "http", "mailto", "tel");
  private static final Set<String> PICTURES = Set.of("https", "http", "cid");
  private static final int LONGEST_NUMBER = 64;

  private SlotValue() {}

  /** What is wrong with a value of that type; empty when it fits. */
  public static List<Problem> check(SlotType type, String value) {
    if (value.isEmpty()) {
      return List.of();
    }
    return switch (type) {
      case Text, List -> List.of();
      case Html -> html(value);
      case Url -> address(value, ADDRESSES, "an address", "https://shop.example/sale");
      case Image -> address(value, PICTURES, "a picture's address", "https://shop.example/a.png");
      case Number ->
          number(value) != null
              ? List.of()
              : wrong("\"" + value + "\" is not a number", "write one such as 12.50");
      case Boolean ->
          value.equals("true") || value.equals("false")
              ? List.of()
              : wrong("\"" + value + "\" is neither true nor false", "write true or false");
    };
  }

  private static List<Problem> address(
      String value, Set<String> schemes, String what, String example) {
    try {
      URI uri = new URI(value);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean leads = !scheme.startsWith("http") || uri.getHost() != null;
      if (schemes.contains(scheme) && leads) {
        return scheme.equals("http")
            ? List.of(Problem.warning(null, "\"" + value + "\" is not encrypted", "write https://"))
            : List.of();
      }
    } catch (URISyntaxException e) {
      // Said below, together with what else may be wrong.
    }
    return wrong("\"" + value + "\" is not " + what, "write all of it, such as " + example);
  }

  private static List<Problem> html(String value) {
    for (Element element : Jsoup.parseBodyFragment(value).body().getAllElements()) {
      if (Set.of("script", "iframe", "object", "embed", "form").contains(element.normalName())) {
        return wrong(
            "holds <" + element.normalName() + ">, which mail programs do not show", "remove it");
      }
      for (Attribute attribute : element.attributes()) {
        if (attribute.getKey().toLowerCase(Locale.ROOT).startsWith("on")) {
          return wrong("holds a script in " + attribute.getKey(), "remove the attribute");
        }
      }
    }
    return List.of();
  }

  private static List<Problem> wrong(String message, String fix) {
    return List.of(Problem.error(null, message, fix));
  }

  /** What a template sees. */
  public static Object of(SlotType type, String value) {
    return switch (type) {
      case Number -> number(value) == null ? value : number(value);
      case Boolean -> value.equals("true");
      case List -> lines(value);
      default -> value;
    };
  }

  private static List<String> lines(String value) {
    List<String> lines = new ArrayList<>();
    value.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(lines::add);
    return lines;
  }

  private static BigDecimal number(String value) {
    String text = value.strip();
    return text.length() <= LONGEST_NUMBER && text.matches("[+-]?[0-9]+([.][0-9]+)?")
        ? new BigDecimal(text)
        : null;
  }
}
