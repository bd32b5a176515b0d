package dev.lettershop.template.place;

import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.template.model.Scan;
import dev.lettershop.template.model.Token;
import dev.lettershop.template.place.HtmlPlaces.Kind;
import dev.lettershop.template.place.HtmlPlaces.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds values that stand where HTML escaping does not protect the mail, and has those encoded that
 * stand inside an address.
 */
public final class HtmlCheck {
  private static final Set<String> LOADED_OR_FOLLOWED =
      Set.of(
          "href",
          "src",
          "action",
          "formaction",
          "background",
          "srcset",
          "poster",
          "cite",
          "ping",
          "xlink:href");

  /** Places where an address has a person's number: digits and nothing else. */
  private static final Pattern WHATSAPP =
      Pattern.compile(
          "https?://wa\\.me/|(?:https?://api\\.whatsapp\\.com/|whatsapp://)send/?\\?phone=",
          Pattern.CASE_INSENSITIVE);

  /** What stands before a value that decides about the host. */
  private static final Pattern HOST =
      Pattern.compile("(?:https?:)?(?://)?", Pattern.CASE_INSENSITIVE);

  /** What authors encode values with. */
  private static final Pattern ENCODING =
      Pattern.compile("\\b(?:url_encode|url_escape|url_param_escape|encodeURI)\\b");

  private static final Set<String> SCRIPTS = Set.of("javascript", "vbscript");
  private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*+):");

  private final List<Problem> problems = new ArrayList<>();

  private HtmlCheck() {}

  /**
   * @param tokens with full names and partials in place
   * @param places of {@code tokens}
   */
  public static Scan check(List<Token> tokens, HtmlPlaces places) {
    HtmlCheck check = new HtmlCheck();
    List<Token> encoded = new ArrayList<>(tokens);
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i) instanceof Token.Value value) {
        Place place = places.places().get(i);
        check.value(value, place);
        if (LOADED_OR_FOLLOWED.contains(place.attribute())
            && value.isData()
            && value.form() != Token.Form.Fragment) {
          encoded.set(i, value.in(form(place, value)));
        }
      }
    }
    for (int torn : places.torn()) {
      check.error(
          tokens.get(torn).position(),
          "what stands before this tag begins in one place of the HTML and ends in another",
          "put the section around whole elements, whole attributes or a part of one value");
    }
    return new Scan(encoded, check.problems);
  }

  /** How a value is written in an address, by what stands before it there. */
  private static Token.Form form(Place place, Token.Value value) {
    String before = addressSoFar(place);
    if (before.isEmpty()) {
      return Token.Form.Address;
    }
    if (value.encoded()) {
      return value.form();
    }
    if (WHATSAPP.matcher(before).matches()) {
      return Token.Form.Digits;
    }
    boolean query = before.indexOf('?') >= 0;
    return switch (scheme(before)) {
      case "tel", "sms" -> query ? Token.Form.Url : Token.Form.Phone;
      case "mailto" -> query ? Token.Form.Url : Token.Form.Mailbox;
      default -> Token.Form.Url;
    };
  }

  private static String addressSoFar(Place place) {
    String before = place.before();
    // Several addresses, with commas between.
    return place.attribute().equals("srcset")
        ? before.substring(before.lastIndexOf(',') + 1).stripLeading()
        : before;
  }

  /** In lower case; empty when there is none. */
  private static String scheme(String address) {
    Matcher scheme = SCHEME.matcher(address);
    return scheme.lookingAt() ? scheme.group(1).toLowerCase(Locale.ROOT) : "";
  }

  private void value(Token.Value value, Place place) {
    String tag = "{{" + value.code() + "}}";
    Position position = value.position();
    if (value.form() == Token.Form.Fragment && place.kind() != Kind.Content) {
      error(
          position,
          tag + " holds HTML, and stands where only text can",
          "capture plain text for this place, without tags and entities");
    } else if (place.kind() == Kind.InsideTag) {
      error(
          position,
          tag + " stands inside a tag, outside of any attribute's value",
          "put it into an attribute's value, in quotes");
    } else if (place.kind() == Kind.UnquotedValue) {
      error(
          position,
          tag + " stands in an attribute's value without quotes",
          "write " + place.attribute() + "=\"…\"");
    } else if (place.element().equals("script") || place.attribute().startsWith("on")) {
      error(
          position, tag + " stands in a script", "remove the script: mail clients do not run any");
    } else if (LOADED_OR_FOLLOWED.contains(place.attribute())
        && SCRIPTS.contains(scheme(place.before()))) {
      error(
          position,
          tag + " stands in an address that runs a script",
          "link to a page: mail clients do not run scripts");
    } else if (LOADED_OR_FOLLOWED.contains(place.attribute())
        && !value.encoded()
        && !place.begins()
        && ENCODING.matcher(value.code()).find()) {
      problems.add(
          Problem.warning(
              position,
              tag + " is encoded twice",
              "leave the encoding out: values are encoded for their place in an address"));
    } else if (value.isPersonal()) {
      personal(tag, position, place);
    }
  }

  private void personal(String tag, Position position, Place place) {
    if (place.element().equals("style") || place.attribute().equals("style")) {
      error(
          position,
          tag + " stands in CSS, where HTML escaping does not contain data about people",
          "choose between classes with a section, or use a content slot");
    } else if (LOADED_OR_FOLLOWED.contains(place.attribute())
        && HOST.matcher(addressSoFar(place)).matches()) {
      problems.add(
          Problem.warning(
              position,
              "whoever writes this attribute decides where " + place.attribute() + " leads",
              "begin the address with https:// and your host"));
    }
  }

  private void error(Position position, String message, String fix) {
    problems.add(Problem.error(position, message, fix));
  }
}
