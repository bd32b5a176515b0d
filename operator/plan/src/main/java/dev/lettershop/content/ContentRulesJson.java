package dev.lettershop.content;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.api.v1alpha1.content.ContentRule;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads content rules in the JSON shape that marketing tools use and makes them into those of a
 * campaign:
 *
 * <pre>{"segment": "VIP customers",
 *  "rules": {"location": "New York", "content": {"headline": "Exclusive NY Store Deals!"}}}</pre>
 *
 * <p>{@code rules} is one rule or a list of them, and the whole may be a list of such objects. What
 * a rule holds beside {@code content} are conditions: an attribute has the value, or one of a list
 * of values. Without conditions a rule is for the whole segment, without a segment for all whom the
 * conditions fit.
 */
public final class ContentRulesJson {
  private static final String CONTENT = "content";
  private static final int MOST_RULES = 100;

  private final Map<String, String> attributes;
  private final List<ContentRule> rules = new ArrayList<>();
  private final Set<String> segments = new LinkedHashSet<>();
  private final List<FieldProblem> problems = new ArrayList<>();

  /**
   * What became of the JSON.
   *
   * @param segments that the rules name, as names of Segments
   * @param problems fields are paths in the JSON
   */
  public record Result(
      List<ContentRule> rules, Set<String> segments, List<FieldProblem> problems) {}

  private ContentRulesJson(Map<String, String> attributes) {
    this.attributes = attributes;
  }

  /**
   * @param attributes names of conditions to names of attributes; others are taken as they are, in
   *     the manner of attributes ({@code lifetimeValue} as {@code lifetime_value})
   */
  public static Result read(JsonNode json, Map<String, String> attributes) {
    ContentRulesJson reader = new ContentRulesJson(attributes);
    reader.each("", json, reader::object);
    if (reader.rules.size() > MOST_RULES) {
      reader.problem(
          "",
          "comes to " + reader.rules.size() + " rules, and a campaign has at most " + MOST_RULES,
          "make several campaigns");
    }
    return new Result(List.copyOf(reader.rules), reader.segments, List.copyOf(reader.problems));
  }

  private interface Reader {
    void read(String path, JsonNode json);
  }

  private void each(String path, JsonNode json, Reader reader) {
    if (json.isArray()) {
      for (int i = 0; i < json.size(); i++) {
        reader.read(path + "[" + i + "]", json.get(i));
      }
    } else {
      reader.read(path, json);
    }
  }

  private void object(String path, JsonNode json) {
    if (!json.isObject() || !json.has("rules")) {
      problem(
          path,
          "is not an object with rules",
          "write {\"segment\": \"…\", \"rules\": {…, \"content\": {…}}}");
      return;
    }
    for (String name : (Iterable<String>) json::fieldNames) {
      if (!name.equals("segment") && !name.equals("rules")) {
        problem(path + "." + name, "is not known here", "there are segment and rules");
      }
    }
    JsonNode segment = json.get("segment");
    if (segment != null && !segment.isTextual()) {
      problem(path + ".segment", "is not text", "write the name of the segment");
      return;
    }
    String name = segment == null ? null : slug(segment.asText());
    each(path + ".rules", json.get("rules"), (at, rule) -> rule(at, rule, name));
  }

  private void rule(String path, JsonNode json, String segment) {
    if (!json.isObject() || !json.path(CONTENT).isObject() || json.get(CONTENT).isEmpty()) {
      problem(path, "has no content", "add \"content\": {\"headline\": \"…\"}");
      return;
    }
    List<String> conditions = new ArrayList<>();
    json.properties()
        .forEach(
            member -> {
              if (!member.getKey().equals(CONTENT)) {
                String condition =
                    condition(path + "." + member.getKey(), member.getKey(), member.getValue());
                if (condition != null) {
                  conditions.add(condition);
                }
              }
            });
    Map<String, String> set = content(path + "." + CONTENT, json.get(CONTENT));
    if (segment != null) {
      segments.add(segment);
    }
    if (conditions.isEmpty() && segment != null) {
      rules.add(new ContentRule(null, segment, set, List.of()));
      return;
    }
    if (segment != null) {
      conditions.add(0, "inSegment(" + text(segment) + ")");
    }
    String when = conditions.isEmpty() ? "true" : String.join(" && ", conditions);
    rules.add(new ContentRule(when, null, set, List.of()));
  }

  /** CEL, or null after saying what is wrong. */
  private String condition(String path, String name, JsonNode value) {
    String attribute = "profile." + attributes.getOrDefault(name, identifier(name));
    if (value.isArray() && !value.isEmpty()) {
      List<String> literals = new ArrayList<>();
      value.forEach(one -> literals.add(literal(one)));
      if (!literals.contains(null)) {
        return attribute + " in [" + String.join(", ", literals) + "]";
      }
    }
    String literal = literal(value);
    if (literal != null) {
      return attribute + " == " + literal;
    }
    problem(
        path, "is not a value to compare with", "write a text, a number, true, false or a list");
    return null;
  }

  private static String literal(JsonNode value) {
    if (value.isTextual()) {
      return text(value.asText());
    }
    return value.isNumber() || value.isBoolean() ? value.asText() : null;
  }

  /** As a string of CEL. */
  private static String text(String value) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> text.append(c);
      }
    }
    return text.append('"').toString();
  }

  private Map<String, String> content(String path, JsonNode content) {
    Map<String, String> set = new LinkedHashMap<>();
    content
        .properties()
        .forEach(
            member -> {
              String slot = identifier(member.getKey());
              if (set.containsKey(slot)) {
                problem(
                    path + "." + member.getKey(),
                    "comes to the same slot as another one, \"" + slot + "\"",
                    "rename one");
              }
              set.put(slot, value(path + "." + member.getKey(), member.getValue()));
            });
    return set;
  }

  private String value(String path, JsonNode value) {
    if (value.isArray()) {
      List<String> lines = new ArrayList<>();
      value.forEach(line -> lines.add(value(path, line)));
      return String.join("\n", lines);
    }
    if (value.isValueNode()) {
      return value.isNull() ? "" : value.asText();
    }
    problem(path, "is not a value of a slot", "write a text, a number or a list of them");
    return "";
  }

  /** {@code callToAction}, {@code Call to action} and {@code call-to-action} as one. */
  static String identifier(String name) {
    String words = name.strip().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_");
    String identifier =
        words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
    identifier = identifier.matches("[a-z].*") ? identifier : "x_" + identifier;
    return identifier.length() > 63 ? identifier.substring(0, 63) : identifier;
  }

  /** A name for a Kubernetes object. */
  private static String slug(String name) {
    String slug = identifier(name).replace('_', '-').replaceAll("^-+|-+$", "");
    return slug.isEmpty() ? "segment" : slug;
  }

  private void problem(String path, String message, String fix) {
    problems.add(
        new FieldProblem(
            path.startsWith(".") ? path.substring(1) : path, Problem.error(null, message, fix)));
  }
}
