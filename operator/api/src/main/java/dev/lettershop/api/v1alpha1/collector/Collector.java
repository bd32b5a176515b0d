package dev.lettershop.api.v1alpha1.collector;

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

/** What listens: unsubscribing, preferences, events, opens, clicks and webhooks. */
@Group("lettershop.dev")
@Version("v1alpha1")
@ShortNames("col")
@Categories("lettershop")
@JsonClassDescription(
    "A Collector serves the links in mails and takes events, clicks and providers' webhooks.")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = Type.STRING,
    getDescription = "Whether it answers requests.")
@AdditionalPrinterColumn(
    name = "URL",
    jsonPath = ".status.url",
    type = Type.STRING,
    getDescription = "Where it is reached.")
@AdditionalPrinterColumn(
    name = "Pods",
    jsonPath = ".status.readyReplicas",
    type = Type.INTEGER,
    getDescription = "Pods that answer requests.")
@AdditionalPrinterColumn(
    name = "Accepted",
    jsonPath = ".status.accepted",
    type = Type.INTEGER,
    getDescription = "Events stored by the running Pods since they started.")
@AdditionalPrinterColumn(
    name = "Refused",
    jsonPath = ".status.refused",
    type = Type.INTEGER,
    getDescription = "Events refused by the running Pods since they started.")
@AdditionalPrinterColumn(
    name = "Lag",
    jsonPath = ".status.lagSeconds",
    type = Type.INTEGER,
    getDescription = "Age of the oldest event that is stored and not yet processed, in seconds.")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    type = Type.STRING,
    priority = 1,
    getDescription = "Why it is ready or not.")
@AdditionalPrinterColumn(
    name = "Replicas",
    jsonPath = ".status.replicas",
    type = Type.INTEGER,
    priority = 1,
    getDescription = "Pods that there should be.")
@AdditionalPrinterColumn(
    name = "Store",
    jsonPath = ".spec.storeRef.name",
    type = Type.STRING,
    priority = 1,
    getDescription = "The ProfileStore that it writes to.")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = Type.DATE,
    getDescription = "When it was created.")
@ValidationRule(
    value = "self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
    message =
        "metadata.name must begin with a letter and hold only a-z, 0-9 and hyphens: a Service is"
            + " named after it")
@ValidationRule(
    value = "size(self.metadata.name) <= 52",
    message = "metadata.name must have at most 52 characters: a Service is named after it")
public class Collector extends CustomResource<CollectorSpec, CollectorStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  @Required
  @JsonPropertyDescription("What is wished for. Only people and their tools write it.")
  public CollectorSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @Default("{\"observedGeneration\": -1}")
  @JsonPropertyDescription("What is observed. Only the operator and the collector's Pods write it.")
  public CollectorStatus getStatus() {
    return super.getStatus();
  }
}
