package dev.lettershop.api.v1alpha1.store;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Where profiles live, and what they look like. */
@Group("lettershop.dev")
@Version("v1alpha1")
@ShortNames("ps")
@Categories("lettershop")
@JsonClassDescription("A ProfileStore says where profiles live, and what they look like.")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = Type.STRING,
    getDescription = "Whether it can be used as written.")
@AdditionalPrinterColumn(
    name = "Host",
    jsonPath = ".spec.postgresql.host",
    type = Type.STRING,
    getDescription = "Host of the database.")
@AdditionalPrinterColumn(
    name = "Database",
    jsonPath = ".spec.postgresql.database",
    type = Type.STRING,
    getDescription = "Name of the database.")
@AdditionalPrinterColumn(
    name = "Retention",
    jsonPath = ".status.conditions[?(@.type==\"LastRetentionSucceeded\")].reason",
    type = Type.STRING,
    getDescription = "What forgetting came to last night.")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    type = Type.STRING,
    priority = 1,
    getDescription = "Why it is ready or not.")
@AdditionalPrinterColumn(
    name = "TLS",
    jsonPath = ".spec.postgresql.tls.mode",
    type = Type.STRING,
    priority = 1,
    getDescription = "How the connection is secured.")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = Type.DATE,
    getDescription = "When it was created.")
public class ProfileStore extends CustomResource<ProfileStoreSpec, ProfileStoreStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  @Required
  @JsonPropertyDescription("What is wished for. Only people and their tools write it.")
  public ProfileStoreSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @Default("{\"observedGeneration\": -1}")
  @JsonPropertyDescription("What is observed. Only the operator and its workers write it.")
  public ProfileStoreStatus getStatus() {
    return super.getStatus();
  }
}
