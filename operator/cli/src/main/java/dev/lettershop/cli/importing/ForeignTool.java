package dev.lettershop.cli.importing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tool whose merge tags are known, and what they are here. */
enum ForeignTool {
  /** {@code *|FNAME|*}. */
  mailchimp("\\*\\|([A-Z0-9_:=! -]{1,80})\\|\\*"),
  /** Templates of Go. */
  listmonk(
      "\\{\\{-?\\s{0,9}([^{}]{1,200}?)\\s{0,9}-?\\}\\}|(https?://[^\\s\"'<>]{1,500})@TrackLink"),
  /** {@code {contactfield=firstname}}. */
  mautic(
      "(?<!\\{)\\{((?:contactfield|leadfield|ownerfield|pagelink|dynamiccontent)=[^{}\\n]{1,120}"
          + "|[a-z]{2,30}_(?:url|text|pixel)|signature|subject)\\}");

  private static final String UNSUBSCRIBE = "{{links.unsubscribe}}";
  private static final String PREFERENCES = "{{links.preferences}}";

  /** Of names that are told apart in no store. */
  private static final Map<String, String> NAMES =
      Map.of(
          "fname", "first_name",
          "firstname", "first_name",
          "lname", "last_name",
          "lastname", "last_name",
          "emailaddress", "email");

  private final Pattern tag;

  ForeignTool(String tag) {
    this.tag = Pattern.compile(tag);
  }

  /**
   * A text with our placeholders.
   *
   * @param defaults attributes that have a text where somebody has none, by name
   * @param left tags that have no counterpart and stay as they are
   */
  record Translated(String text, Map<String, String> defaults, List<String> left) {}

  /**
   * Puts our placeholders in place of the tags.
   *
   * @param attributes what a field is called in the store where it is not the same in lower case
   */
  Translated translate(String text, Map<String, String> attributes) {
    Map<String, String> defaults = new LinkedHashMap<>();
    List<String> left = new ArrayList<>();
    Matcher tags = tag.matcher(text);
    StringBuilder out = new StringBuilder();
    while (tags.find()) {
      String ours = ours(tags.toMatchResult(), attributes, defaults);
      if (ours == null) {
        left.add(tags.group());
        ours = tags.group();
      }
      tags.appendReplacement(out, Matcher.quoteReplacement(ours));
    }
    tags.appendTail(out);
    return new Translated(out.toString(), defaults, left);
  }

  /** Null when there is no counterpart. */
  private String ours(
      MatchResult tag, Map<String, String> attributes, Map<String, String> defaults) {
    return switch (this) {
      case mailchimp -> mailchimp(tag.group(1), attributes);
      case listmonk -> tag.group(2) != null ? tag.group(2) : listmonk(tag.group(1), attributes);
      case mautic -> mautic(tag.group(1), attributes, defaults);
    };
  }

  private static String mailchimp(String name, Map<String, String> attributes) {
    return switch (name) {
      case "UNSUB" -> UNSUBSCRIBE;
      case "UPDATE_PROFILE", "PREFERENCES" -> PREFERENCES;
      default ->
          name.matches("[A-Z][A-Z0-9_]*")
                  && !name.matches(
                      "(?:ARCHIVE|FORWARD|REWARDS|ABOUT_LIST|END|ELSE|CURRENT_YEAR|DESCRIPTION)")
              ? profile(name, attributes)
              : null;
    };
  }

  private static String listmonk(String code, Map<String, String> attributes) {
    Matcher field = Pattern.compile("[.]Subscriber[.](?:Attribs[.])?([A-Za-z0-9_]+)").matcher(code);
    if (field.matches()) {
      return profile(field.group(1), attributes);
    }
    Matcher link = Pattern.compile("TrackLink\\s+\"([^\"]+)\"(?:\\s+[.])?").matcher(code);
    if (link.matches()) {
      return link.group(1);
    }
    return switch (code.replaceAll("\\s+[.]$", "")) {
      case "UnsubscribeURL" -> UNSUBSCRIBE;
      case "ManageURL" -> PREFERENCES;
      case "TrackView" -> "";
      default -> null;
    };
  }

  private static String mautic(
      String token, Map<String, String> attributes, Map<String, String> defaults) {
    Matcher field =
        Pattern.compile("(?:contactfield|leadfield)=([A-Za-z0-9_]+)(?:[|](.*))?").matcher(token);
    if (field.matches()) {
      String name = attribute(field.group(1), attributes);
      if (field.group(2) != null && !field.group(2).equals("true")) {
        defaults.put(name, field.group(2));
      }
      return "{{profile." + name + "}}";
    }
    return switch (token) {
      case "unsubscribe_url" -> UNSUBSCRIBE;
      case "unsubscribe_text" -> "<a href=\"" + UNSUBSCRIBE + "\">Unsubscribe</a>";
      case "tracking_pixel" -> "";
      default -> null;
    };
  }

  private static String profile(String field, Map<String, String> attributes) {
    return "{{profile." + attribute(field, attributes) + "}}";
  }

  private static String attribute(String field, Map<String, String> attributes) {
    if (attributes.containsKey(field)) {
      return attributes.get(field);
    }
    String lower = field.toLowerCase(Locale.ROOT);
    return NAMES.getOrDefault(lower, lower);
  }
}
