package dev.lettershop.kubesim.apiserver.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Label and field selectors, as in the query of a request. */
public final class Selectors {
  private static final Pattern SET = Pattern.compile("([^\\s!=]+)\\s+(in|notin)\\s*\\((.*)\\)");
  private static final Pattern EQUALITY = Pattern.compile("([^\\s!=]+)\\s*(==|!=|=)\\s*(\\S*)");
  private static final Pattern EXISTENCE = Pattern.compile("(!?)\\s*([^\\s!=(),]+)");

  /** Fields that may be selected by, besides name and namespace. */
  private static final Set<String> FIELDS =
      Set.of(
          "Pod spec.nodeName",
          "Pod spec.restartPolicy",
          "Pod status.phase",
          "Secret type",
          "Namespace status.phase",
          "Job status.successful",
          "Event involvedObject.kind",
          "Event involvedObject.namespace",
          "Event involvedObject.name",
          "Event involvedObject.uid",
          "Event involvedObject.apiVersion",
          "Event involvedObject.resourceVersion",
          "Event involvedObject.fieldPath",
          "Event reason",
          "Event type",
          "Event reportingComponent",
          "Event source");

  private Selectors() {}

  /**
   * @param selector null or empty for all
   */
  public static Predicate<JsonNode> labels(String selector) {
    Predicate<JsonNode> all = object -> true;
    for (String requirement : requirements(selector)) {
      Predicate<JsonNode> one = label(requirement);
      all = all.and(object -> one.test(object.at("/metadata/labels")));
    }
    return all;
  }

  /**
   * @param selector null or empty for all
   */
  public static Predicate<JsonNode> fields(ResourceType type, String selector) {
    Predicate<JsonNode> all = object -> true;
    for (String requirement : requirements(selector)) {
      Matcher equality = EQUALITY.matcher(requirement);
      if (!equality.matches()) {
        throw ApiException.badRequest(
            "invalid selector: '" + requirement + "'; can't understand '" + requirement + "'");
      }
      String field = equality.group(1);
      if (!field.equals("metadata.name")
          && !field.equals("metadata.namespace")
          && !FIELDS.contains(type.kind() + " " + field)) {
        throw ApiException.badRequest("field label not supported: " + field);
      }
      String pointer = "/" + field.replace('.', '/');
      boolean equal = !equality.group(2).equals("!=");
      String value = equality.group(3);
      all = all.and(object -> object.at(pointer).asText("").equals(value) == equal);
    }
    return all;
  }

  private static Predicate<JsonNode> label(String requirement) {
    Matcher set = SET.matcher(requirement);
    if (set.matches()) {
      List<String> values = Arrays.stream(set.group(3).split(",")).map(String::strip).toList();
      boolean in = set.group(2).equals("in");
      return labels -> contains(labels, set.group(1), values) == in;
    }
    Matcher equality = EQUALITY.matcher(requirement);
    if (equality.matches()) {
      boolean equal = !equality.group(2).equals("!=");
      List<String> value = List.of(equality.group(3));
      return labels -> contains(labels, equality.group(1), value) == equal;
    }
    Matcher existence = EXISTENCE.matcher(requirement);
    if (existence.matches()) {
      boolean wanted = existence.group(1).isEmpty();
      return labels -> labels.has(existence.group(2)) == wanted;
    }
    throw ApiException.badRequest("unable to parse requirement: " + requirement);
  }

  private static boolean contains(JsonNode labels, String key, List<String> values) {
    return labels.has(key) && values.contains(labels.get(key).asText());
  }

  /** Split at the commas that are not in parentheses. */
  private static List<String> requirements(String selector) {
    List<String> requirements = new ArrayList<>();
    if (selector != null && !selector.isBlank()) {
      for (String requirement : selector.split(",(?![^(]*\\))")) {
        requirements.add(requirement.strip());
      }
    }
    return requirements;
  }
}
