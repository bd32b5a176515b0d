package dev.lettershop.api.v1alpha1.source;

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

/** A connector that fills a store. */
@Group("lettershop.dev")
@Version("v1alpha1")
@ShortNames("psrc")
@Categories("lettershop")
@JsonClassDescription("A ProfileSource is a connector that fills a ProfileStore.")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = Type.STRING,
    getDescription = "Whether it can be used as written.")
@AdditionalPrinterColumn(
    name = "Provides",
    jsonPath = ".spec.provides",
    type = Type.STRING,
    getDescription = "What the records are.")
@AdditionalPrinterColumn(
    name = "Schedule",
    jsonPath = ".spec.schedule.cron",
    type = Type.STRING,
    getDescription = "When it is read.")
@AdditionalPrinterColumn(
    name = "Suspended",
    jsonPath = ".spec.suspend",
    type = Type.BOOLEAN,
    getDescription = "Whether the schedule is paused.")
@AdditionalPrinterColumn(
    name = "Last Sync",
    jsonPath = ".status.lastSyncTime",
    type = Type.DATE,
    getDescription = "When it was last read.")
@AdditionalPrinterColumn(
    name = "Outcome",
    jsonPath = ".status.conditions[?(@.type==\"LastSyncSucceeded\")].reason",
    type = Type.STRING,
    getDescription = "What the newest sync came to.")
@AdditionalPrinterColumn(
    name = "Read",
    jsonPath = ".status.lastSync.read",
    type = Type.INTEGER,
    getDescription = "Records of the last reading.")
@AdditionalPrinterColumn(
    name = "Quarantined",
    jsonPath = ".status.lastSync.quarantined",
    type = Type.INTEGER,
    getDescription = "Invalid records of the last reading.")
@AdditionalPrinterColumn(
    name = "New",
    jsonPath = ".status.lastSync.created",
    type = Type.INTEGER,
    getDescription = "Profiles created by the last reading, or events or consents stored.")
@AdditionalPrinterColumn(
    name = "Lag",
    jsonPath = ".status.lastSync.lagSeconds",
    type = Type.INTEGER,
    priority = 1,
    getDescription = "Age of the newest record read, in seconds, when the last reading ended.")
@AdditionalPrinterColumn(
    name = "Watermark",
    jsonPath = ".status.lastSync.watermark",
    type = Type.STRING,
    priority = 1,
    getDescription = "Up to where the source has been read.")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    type = Type.STRING,
    priority = 1,
    getDescription = "Why it is ready or not.")
@AdditionalPrinterColumn(
    name = "Store",
    jsonPath = ".spec.storeRef.name",
    type = Type.STRING,
    priority = 1,
    getDescription = "The ProfileStore that it fills.")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = Type.DATE,
    getDescription = "When it was created.")
@ValidationRule(
    value = "size(self.metadata.name) <= 52",
    message = "metadata.name must have at most 52 characters: a CronJob is named after it")
public class ProfileSource extends CustomResource<ProfileSourceSpec, ProfileSourceStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  @Required
  @JsonPropertyDescription("What is wished for. Only people and their tools write it.")
  public ProfileSourceSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @Default("{\"observedGeneration\": -1}")
  @JsonPropertyDescription("What is observed. Only the operator and its workers write it.")
  public ProfileSourceStatus getStatus() {
    return super.getStatus();
  }
}
