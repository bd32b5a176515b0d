package dev.lettershop.api.v1alpha1.transport;

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

/** Through whom. */
@Group("lettershop.dev")
@Version("v1alpha1")
@ShortNames("mt")
@Categories("lettershop")
@JsonClassDescription("A MailTransport says through whom mails are sent, and who may write.")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = Type.STRING,
    getDescription = "Whether it can be used as written.")
@AdditionalPrinterColumn(
    name = "Host",
    jsonPath = ".spec.smtp.host",
    type = Type.STRING,
    getDescription = "The SMTP server.")
@AdditionalPrinterColumn(
    name = "Port",
    jsonPath = ".spec.smtp.port",
    type = Type.INTEGER,
    getDescription = "Its port.")
@AdditionalPrinterColumn(
    name = "TLS",
    jsonPath = ".spec.smtp.tls",
    type = Type.STRING,
    getDescription = "How the connection is secured.")
@AdditionalPrinterColumn(
    name = "Bounces",
    jsonPath = ".status.conditions[?(@.type==\"LastBouncesSucceeded\")].reason",
    type = Type.STRING,
    getDescription = "What the newest reading of bounces came to.")
@AdditionalPrinterColumn(
    name = "Held",
    jsonPath = ".status.conditions[?(@.type==\"SuppressionsHeld\")].status",
    type = Type.STRING,
    getDescription = "Whether suppressions wait for a decision.")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    type = Type.STRING,
    priority = 1,
    getDescription = "Why it is ready or not.")
@AdditionalPrinterColumn(
    name = "Rate",
    jsonPath = ".spec.rate.perSecond",
    type = Type.INTEGER,
    priority = 1,
    getDescription = "Most mails a second.")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = Type.DATE,
    getDescription = "When it was created.")
public class MailTransport extends CustomResource<MailTransportSpec, MailTransportStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  @Required
  @JsonPropertyDescription("What is wished for. Only people and their tools write it.")
  public MailTransportSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @Default("{\"observedGeneration\": -1}")
  @JsonPropertyDescription("What is observed. Only the operator and its workers write it.")
  public MailTransportStatus getStatus() {
    return super.getStatus();
  }
}
