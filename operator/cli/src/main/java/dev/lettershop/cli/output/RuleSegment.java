package dev.lettershop.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.SegmentPlan;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;

/** A rule that no resource holds, asked as if it were a Segment. */
public final class RuleSegment {
  /** A name that no resource can have. */
  private static final String NAME = "the.rule.of-a-command.lettershop.dev";

  private RuleSegment() {}

  /**
   * Compiles the rule beside the resources.
   *
   * @param rule CEL; may use {@code inSegment}
   * @param store name of the ProfileStore
   */
  public static Compiled<SegmentPlan> compile(ResourceSet resources, String rule, String store) {
    ObjectNode json = JsonMappers.PLAIN.createObjectNode();
    json.put("apiVersion", "lettershop.dev/v1alpha1").put("kind", "Segment");
    json.putObject("metadata").put("name", NAME);
    ObjectNode spec = json.putObject("spec");
    spec.putObject("storeRef").put("name", store);
    spec.put("expression", rule);
    ResourceSet with =
        ResourceSet.builder()
            .putAll(resources)
            .add(ResourceParser.parse(NAME, json.toString()))
            .build();
    return new PlanCompiler(with).segment(NAME);
  }
}
