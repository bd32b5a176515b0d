package dev.lettershop.api.v1alpha1.segment;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Who. */
@Group("lettershop.dev")
@Version("v1alpha1")
@ShortNames("seg")
@Categories("lettershop")
@JsonClassDescription("A Segment says who: a rule over profiles and what happened to them.")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = Type.STRING,
    getDescription = "Whether it can be used as written.")
@AdditionalPrinterColumn(
    name = "Size",
    jsonPath = ".status.size",
    type = Type.INTEGER,
    getDescription = "Members at the last refresh.")
@AdditionalPrinterColumn(
    name = "Refreshed",
    jsonPath = ".status.lastRefreshTime",
    type = Type.DATE,
    getDescription = "When membership was last recorded.")
@AdditionalPrinterColumn(
    name = "Outcome",
    jsonPath = ".status.conditions[?(@.type==\"LastRefreshSucceeded\")].reason",
    type = Type.STRING,
    getDescription = "What the newest refresh came to.")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    type = Type.STRING,
    priority = 1,
    getDescription = "Why it is ready or not.")
@AdditionalPrinterColumn(
    name = "Entered",
    jsonPath = ".status.entered",
    type = Type.INTEGER,
    priority = 1,
    getDescription = "Who came with the last refresh.")
@AdditionalPrinterColumn(
    name = "Left",
    jsonPath = ".status.left",
    type = Type.INTEGER,
    priority = 1,
    getDescription = "Who went with the last refresh.")
@AdditionalPrinterColumn(
    name = "Store",
    jsonPath = ".spec.storeRef.name",
    type = Type.STRING,
    priority = 1,
    getDescription = "The ProfileStore that is meant.")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = Type.DATE,
    getDescription = "When it was created.")
@ValidationRule(
    value = "size(self.metadata.name) <= 52",
    message = "metadata.name must have at most 52 characters: a CronJob is named after it")
public class Segment extends CustomResource<SegmentSpec, SegmentStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  @Required
  @JsonPropertyDescription("What is wished for. Only people and their tools write it.")
  public SegmentSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @Default("{\"observedGeneration\": -1}")
  @JsonPropertyDescription("What is observed. Only the operator and its workers write it.")
  public SegmentStatus getStatus() {
    return super.getStatus();
  }
}
