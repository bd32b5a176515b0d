package dev.lettershop.api.v1alpha1.campaign;

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

/** All together. */
@Group("lettershop.dev")
@Version("v1alpha1")
@ShortNames("cmp")
@Categories("lettershop")
@JsonClassDescription("A Campaign puts it all together: who gets what, through whom and when.")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = Type.STRING,
    getDescription = "Whether it can be used as written.")
@AdditionalPrinterColumn(
    name = "Schedule",
    jsonPath = ".spec.schedule.cron",
    type = Type.STRING,
    getDescription = "When it is sent, again and again.")
@AdditionalPrinterColumn(
    name = "Suspended",
    jsonPath = ".spec.suspend",
    type = Type.BOOLEAN,
    getDescription = "Whether the schedule is paused.")
@AdditionalPrinterColumn(
    name = "Next",
    jsonPath = ".status.nextRunTime",
    type = Type.STRING,
    getDescription = "When the next run is due.")
@AdditionalPrinterColumn(
    name = "Audience",
    jsonPath = ".status.lastRun.audience",
    type = Type.INTEGER,
    getDescription = "Recipients of the newest run.")
@AdditionalPrinterColumn(
    name = "Sent",
    jsonPath = ".status.lastRun.sent",
    type = Type.INTEGER,
    getDescription = "Mails that the newest run sent.")
@AdditionalPrinterColumn(
    name = "Failed",
    jsonPath = ".status.lastRun.failed",
    type = Type.INTEGER,
    getDescription = "Mails of the newest run that failed.")
@AdditionalPrinterColumn(
    name = "Last Run",
    jsonPath = ".status.lastRun.startTime",
    type = Type.DATE,
    getDescription = "When the newest run began.")
@AdditionalPrinterColumn(
    name = "Outcome",
    jsonPath = ".status.lastRun.outcome",
    type = Type.STRING,
    getDescription = "What the newest run came to, or what it does.")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    type = Type.STRING,
    priority = 1,
    getDescription = "Why it is ready or not.")
@AdditionalPrinterColumn(
    name = "At",
    jsonPath = ".spec.schedule.at",
    type = Type.STRING,
    priority = 1,
    getDescription = "When it is sent, once.")
@AdditionalPrinterColumn(
    name = "Trigger",
    jsonPath = ".spec.schedule.trigger.event",
    type = Type.STRING,
    priority = 1,
    getDescription = "What triggers it.")
@AdditionalPrinterColumn(
    name = "Topic",
    jsonPath = ".spec.topic",
    type = Type.STRING,
    priority = 1,
    getDescription = "What recipients consented to.")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = Type.DATE,
    getDescription = "When it was created.")
@ValidationRule(
    value = "size(self.metadata.name) <= 50",
    message = "metadata.name must have at most 50 characters: host names of Pods begin with it")
@ValidationRule(
    value = "!self.metadata.name.contains('.')",
    message = "metadata.name must not have dots: host names of Pods begin with it")
public class Campaign extends CustomResource<CampaignSpec, CampaignStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  @Required
  @JsonPropertyDescription("What is wished for. Only people and their tools write it.")
  public CampaignSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @Default("{\"observedGeneration\": -1}")
  @JsonPropertyDescription("What is observed. Only the operator and its workers write it.")
  public CampaignStatus getStatus() {
    return super.getStatus();
  }
}
