package dev.lettershop.playground.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSON paths of printer columns, such as {@code .status.conditions[?(@.type=="Ready")].status}:
 * members, {@code ['members']} with dots in them, {@code [0]}, {@code [-1]}, {@code [*]} and
 * filters on equality. That is more than our CRDs use and less than kubectl knows.
 */
final class JsonPath {
  private interface Step {
    void from(JsonNode node, List<JsonNode> found);
  }

  private final String text;
  private final List<Step> steps = new ArrayList<>();
  private int at;

  private JsonPath(String text) {
    this.text = text;
  }

  /**
   * @throws IllegalArgumentException when the path is not understood
   */
  static JsonPath of(String text) {
    JsonPath path = new JsonPath(text);
    while (path.at < text.length()) {
      path.step();
    }
    return path;
  }

  /** What is found, in the order of the document; empty when there is nothing. */
  List<JsonNode> in(JsonNode document) {
    List<JsonNode> nodes = List.of(document);
    for (Step step : steps) {
      List<JsonNode> next = new ArrayList<>();
      nodes.forEach(node -> step.from(node, next));
      nodes = next;
    }
    return nodes;
  }

  private void step() {
    if (text.startsWith("[?(@", at)) {
      filter();
    } else if (text.startsWith("['", at)) {
      int end = find("']", at + 2);
      steps.add(member(text.substring(at + 2, end)));
      at = end + 2;
    } else if (text.startsWith("[", at)) {
      int end = find("]", at);
      steps.add(element(text.substring(at + 1, end)));
      at = end + 1;
    } else if (text.startsWith(".", at)) {
      at++;
      steps.add(member(name()));
    } else {
      throw new IllegalArgumentException("not a path that is understood: " + text);
    }
  }

  /** Up to the next dot or bracket; a backslash makes a dot part of the name. */
  private String name() {
    StringBuilder name = new StringBuilder();
    while (at < text.length() && ".[)=!".indexOf(text.charAt(at)) < 0) {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      name.append(text.charAt(at++));
    }
    return name.toString();
  }

  /** {@code [?(@.type=="Ready")]}, also with blanks and single quotes. */
  private void filter() {
    int end = find(")]", at);
    String[] sides = text.substring(at + 4, end).split("==", 2);
    if (sides.length != 2 || sides[1].strip().length() < 2) {
      throw new IllegalArgumentException("only filters on equality are understood: " + text);
    }
    JsonPath left = of(sides[0].strip());
    String right = sides[1].strip();
    String wanted = right.substring(1, right.length() - 1);
    at = end + 2;
    steps.add(
        (node, found) -> {
          if (node.isArray()) {
            for (JsonNode element : node) {
              if (left.in(element).stream().anyMatch(value -> value.asText().equals(wanted))) {
                found.add(element);
              }
            }
          }
        });
  }

  private int find(String what, int from) {
    int found = text.indexOf(what, from);
    if (found < 0) {
      throw new IllegalArgumentException(text + " has no " + what);
    }
    return found;
  }

  private static Step member(String name) {
    return (node, found) -> {
      if (node.has(name)) {
        found.add(node.get(name));
      }
    };
  }

  private static Step element(String index) {
    if (index.equals("*")) {
      return (node, found) -> node.forEach(found::add);
    }
    int number = Integer.parseInt(index);
    return (node, found) -> {
      int place = number < 0 ? node.size() + number : number;
      if (node.isArray() && node.has(place)) {
        found.add(node.get(place));
      }
    };
  }
}
