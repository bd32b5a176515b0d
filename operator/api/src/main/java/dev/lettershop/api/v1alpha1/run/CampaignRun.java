package dev.lettershop.api.v1alpha1.run;

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

/** One execution of a campaign. */
@Group("lettershop.dev")
@Version("v1alpha1")
@ShortNames("run")
@Categories("lettershop")
@JsonClassDescription("A CampaignRun is one execution of a Campaign.")
@AdditionalPrinterColumn(
    name = "Campaign",
    jsonPath = ".spec.campaignRef.name",
    type = Type.STRING,
    getDescription = "What is run.")
@AdditionalPrinterColumn(
    name = "Succeeded",
    jsonPath = ".status.conditions[?(@.type==\"Succeeded\")].status",
    type = Type.STRING,
    getDescription = "Whether it succeeded; Unknown while under way.")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Succeeded\")].reason",
    type = Type.STRING,
    getDescription = "How it stands.")
@AdditionalPrinterColumn(
    name = "Audience",
    jsonPath = ".status.audience.selected",
    type = Type.INTEGER,
    getDescription = "Recipients selected.")
@AdditionalPrinterColumn(
    name = "Sent",
    jsonPath = ".status.deliveries.sent",
    type = Type.INTEGER,
    getDescription = "Mails sent.")
@AdditionalPrinterColumn(
    name = "Failed",
    jsonPath = ".status.deliveries.failed",
    type = Type.INTEGER,
    getDescription = "Mails that failed.")
@AdditionalPrinterColumn(
    name = "Deferred",
    jsonPath = ".status.deliveries.deferred",
    type = Type.INTEGER,
    priority = 1,
    getDescription = "Mails that wait for another try.")
@AdditionalPrinterColumn(
    name = "Uncertain",
    jsonPath = ".status.deliveries.uncertain",
    type = Type.INTEGER,
    priority = 1,
    getDescription = "Mails of which it is open whether they were sent.")
@AdditionalPrinterColumn(
    name = "Dry Run",
    jsonPath = ".spec.dryRun",
    type = Type.BOOLEAN,
    priority = 1,
    getDescription = "Whether nothing is sent.")
@AdditionalPrinterColumn(
    name = "Completed",
    jsonPath = ".status.completionTime",
    type = Type.DATE,
    priority = 1,
    getDescription = "When it ended.")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = Type.DATE,
    getDescription = "When it was created.")
@ValidationRule(
    value = "size(self.metadata.name) <= 59",
    message = "metadata.name must have at most 59 characters: host names of Pods begin with it")
@ValidationRule(
    value = "!self.metadata.name.contains('.')",
    message = "metadata.name must not have dots: host names of Pods begin with it")
public class CampaignRun extends CustomResource<CampaignRunSpec, CampaignRunStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  @Required
  @JsonPropertyDescription("What is wished for. Only people and their tools write it.")
  public CampaignRunSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @Default("{\"observedGeneration\": -1}")
  @JsonPropertyDescription("What is observed. Only the operator and its workers write it.")
  public CampaignRunStatus getStatus() {
    return super.getStatus();
  }
}
