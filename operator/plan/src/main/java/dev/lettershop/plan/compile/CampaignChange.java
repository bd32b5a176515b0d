package dev.lettershop.plan.compile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.schedule.NextRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What becomes of a campaign when resources take the place of others.
 *
 * @param before hash of its plan, or null when it had none
 * @param after hash of its plan then, or null when it has none
 * @param fields of the plan that differ, such as {@code segments.vip}; sorted
 * @param nextBefore when its next run was due; null when none was
 * @param nextAfter when it is due then; null when none is
 * @param errors why it does not compile then
 */
public record CampaignChange(
    String campaign,
    Kind kind,
    String before,
    String after,
    List<String> fields,
    Instant nextBefore,
    Instant nextAfter,
    List<Diagnostic> errors) {

  /** What happens to it. */
  public enum Kind {
    /** It was not there. */
    New,
    /** It is gone: its runs under way would stop. */
    Removed,
    /** The next run does something else, or at another time. */
    Changed,
    /** The next run does the same at the same time. */
    Unchanged,
    /** It no longer compiles. */
    Broken
  }

  private static final ObjectMapper JSON = JsonMappers.PLAIN;

  /** The fields in which names of things come one level deeper. */
  private static final Set<String> NAMED = Set.of("segments", "templates");

  /**
   * Compares all campaigns of both, in the order of their names.
   *
   * @param now from which the next run is told
   */
  public static List<CampaignChange> between(ResourceSet before, ResourceSet after, Instant now) {
    Set<String> names = new TreeSet<>(before.campaigns().keySet());
    names.addAll(after.campaigns().keySet());
    return names.stream().map(name -> of(name, before, after, now)).toList();
  }

  private static CampaignChange of(
      String name, ResourceSet before, ResourceSet after, Instant now) {
    Campaign old = before.campaigns().get(name);
    Campaign wanted = after.campaigns().get(name);
    Compiled<PlanDocument> oldPlan = old == null ? null : new PlanCompiler(before).campaign(name);
    Compiled<PlanDocument> newPlan = wanted == null ? null : new PlanCompiler(after).campaign(name);
    String hash = hash(oldPlan);
    String newHash = hash(newPlan);
    Instant next = next(old, now);
    Instant newNext = next(wanted, now);
    List<String> fields =
        hash == null || newHash == null ? List.of() : differences(oldPlan, newPlan);
    List<Diagnostic> errors =
        newPlan == null
            ? List.of()
            : newPlan.diagnostics().stream().filter(Diagnostic::isError).toList();
    Kind kind;
    if (wanted == null) {
      kind = Kind.Removed;
    } else if (newHash == null) {
      kind = Kind.Broken;
    } else if (old == null) {
      kind = Kind.New;
    } else {
      kind = newHash.equals(hash) && Objects.equals(next, newNext) ? Kind.Unchanged : Kind.Changed;
    }
    return new CampaignChange(name, kind, hash, newHash, fields, next, newNext, errors);
  }

  private static String hash(Compiled<PlanDocument> result) {
    return result == null || !result.succeeded() ? null : result.value().hash();
  }

  private static Instant next(Campaign campaign, Instant now) {
    return campaign == null ? null : NextRun.of(campaign.getSpec(), now).orElse(null);
  }

  private static List<String> differences(
      Compiled<PlanDocument> before, Compiled<PlanDocument> after) {
    List<String> fields = new ArrayList<>();
    compare("", tree(before), tree(after), fields);
    return fields;
  }

  private static void compare(String at, JsonNode before, JsonNode after, List<String> fields) {
    Set<String> names = new TreeSet<>();
    before.fieldNames().forEachRemaining(names::add);
    after.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      JsonNode old = before.path(name);
      JsonNode wanted = after.path(name);
      if (old.equals(wanted)) {
        continue;
      }
      if (at.isEmpty() && NAMED.contains(name)) {
        compare(name + ".", old, wanted, fields);
      } else {
        fields.add(at + name);
      }
    }
  }

  private static JsonNode tree(Compiled<PlanDocument> result) {
    try {
      return JSON.readTree(result.value().json());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A plan is JSON", e);
    }
  }

  /** Segments whose rule differs: their audiences move. */
  public List<String> movedSegments() {
    return fields.stream()
        .filter(field -> field.startsWith("segments."))
        .map(field -> field.substring("segments.".length()))
        .toList();
  }

  /** For machines: everything by name, moments as text. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new java.util.LinkedHashMap<>();
    map.put("campaign", campaign);
    map.put("change", kind.name());
    map.put("planBefore", before);
    map.put("planAfter", after);
    map.put("fields", fields);
    map.put("nextRunBefore", nextBefore == null ? null : nextBefore.toString());
    map.put("nextRunAfter", nextAfter == null ? null : nextAfter.toString());
    map.put("errors", errors.stream().map(Diagnostic::message).toList());
    return map;
  }
}
