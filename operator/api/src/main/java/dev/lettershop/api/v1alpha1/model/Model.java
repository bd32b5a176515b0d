package dev.lettershop.api.v1alpha1.model;

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

/** What is learnt about people: groups and chances. */
@Group("lettershop.dev")
@Version("v1alpha1")
@ShortNames("mdl")
@Categories("lettershop")
@JsonClassDescription(
    "A Model learns from what people did: which group they belong to, or how likely something is.")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = Type.STRING,
    getDescription = "Whether it can be used as written.")
@AdditionalPrinterColumn(
    name = "Version",
    jsonPath = ".status.lastRun.version",
    type = Type.INTEGER,
    getDescription = "Version that people were scored with.")
@AdditionalPrinterColumn(
    name = "Algorithm",
    jsonPath = ".status.lastRun.algorithm",
    type = Type.STRING,
    getDescription = "What the version was trained with.")
@AdditionalPrinterColumn(
    name = "AUC",
    jsonPath = ".status.lastRun.figures.auc",
    type = Type.STRING,
    getDescription = "Area under the ROC curve on the newest cut-off.")
@AdditionalPrinterColumn(
    name = "Scored",
    jsonPath = ".status.lastRun.scored",
    type = Type.INTEGER,
    getDescription = "People who were scored.")
@AdditionalPrinterColumn(
    name = "Last Scored",
    jsonPath = ".status.lastRun.time",
    type = Type.DATE,
    getDescription = "When people were last scored.")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    type = Type.STRING,
    priority = 1,
    getDescription = "Why it is ready or not.")
@AdditionalPrinterColumn(
    name = "Trained",
    jsonPath = ".status.lastRun.trainedTime",
    type = Type.DATE,
    priority = 1,
    getDescription = "When the version was trained.")
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
@ValidationRule(
    value = "!self.metadata.name.contains('.')",
    message = "metadata.name must hold no dot: rules name it in score(…) and cluster(…)")
public class Model extends CustomResource<ModelSpec, ModelStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  @Required
  @JsonPropertyDescription("What is wished for. Only people and their tools write it.")
  public ModelSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @Default("{\"observedGeneration\": -1}")
  @JsonPropertyDescription("What is observed. Only the operator and its workers write it.")
  public ModelStatus getStatus() {
    return super.getStatus();
  }
}
