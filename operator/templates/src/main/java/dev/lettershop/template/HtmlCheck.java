package dev.lettershop.template;

import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.template.HtmlPlaces.Kind;
import dev.lettershop.template.HtmlPlaces.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds values that stand where HTML escaping does not protect the mail, and has those encoded that
 * stand inside an address.
 */
final class HtmlCheck {
  private static final Set<String> LOADED_OR_FOLLOWED =
      Set.of("href", "src", "action", "background", "srcset");

  private final List<Problem> problems = new ArrayList<>();

  private HtmlCheck() {}

  /**
   * @param tokens with full names and partials in place
   * @param places of {@code tokens}
   */
  static Scan check(List<Token> tokens, HtmlPlaces places) {
    HtmlCheck check = new HtmlCheck();
    List<Token> encoded = new ArrayList<>(tokens);
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i) instanceof Token.Value value) {
        Place place = places.places().get(i);
        check.value(value, place);
        if (isInsideUrl(place) && isData(value)) {
          encoded.set(
              i, new Token.Value(value.code(), Token.Form.InUrl, value.uses(), value.position()));
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

  /** After the beginning of an address: a value that is all of it is an address already. */
  private static boolean isInsideUrl(Place place) {
    return LOADED_OR_FOLLOWED.contains(place.attribute()) && !place.begins();
  }

  /** Slots and links are written by the author, and may hold several parts of an address. */
  private static boolean isData(Token.Value value) {
    return value.uses().stream()
        .anyMatch(
            use ->
                use.isPersonal()
                    || use.path().startsWith(Names.RECOMMENDATIONS + ".")
                    || use.path().equals("campaign.name"));
  }

  private void value(Token.Value value, Place place) {
    String tag = "{{" + value.code() + "}}";
    Position position = value.position();
    if (place.kind() == Kind.InsideTag) {
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
    } else if (place.begins() && LOADED_OR_FOLLOWED.contains(place.attribute())) {
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
