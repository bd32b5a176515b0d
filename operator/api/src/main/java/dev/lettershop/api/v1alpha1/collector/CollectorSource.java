package dev.lettershop.api.v1alpha1.collector;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.SecretKeyRef;
import dev.lettershop.api.v1alpha1.field.FieldMapping;
import dev.lettershop.api.v1alpha1.field.FieldRule;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Somebody who sends events. Has no defaults in the schema, since it is an item of a list. */
@ValidationRule(
    value = "self.trust != 'Browser' || has(self.origins)",
    message = "must be set with trust Browser: the sites whose pages may send events",
    fieldPath = ".origins")
@ValidationRule(
    value = "self.trust == 'Browser' || !has(self.origins)",
    message = "must only be set with trust Browser",
    fieldPath = ".origins")
@ValidationRule(
    value = "self.trust == 'Browser' || !has(self.userKeySecretRef)",
    message = "must only be set with trust Browser",
    fieldPath = ".userKeySecretRef")
@ValidationRule(
    value = "self.trust == 'Server' || !has(self.signingKeySecretRef)",
    message = "must only be set with trust Server: pages cannot keep a key",
    fieldPath = ".signingKeySecretRef")
@ValidationRule(
    value = "self.trust == 'Server' || !has(self.alsoMatch)",
    message = "must only be set with trust Server: anybody can read a browser's write key",
    fieldPath = ".alsoMatch")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CollectorSource(
    @JsonPropertyDescription("Name of the source, in metrics and quarantine.")
        @Required
        @Size(min = 1, max = Formats.LABEL_MAX)
        @Pattern(Formats.LABEL)
        String name,
    @JsonPropertyDescription(
            "Browser (everybody can read the write key: it may add events and link its own"
                + " anonymous id, and changes no address, consent or attribute with pii) or Server"
                + " (it may do all that a ProfileSource does).")
        @Required
        CollectorTrust trust,
    @JsonPropertyDescription("Secret key that holds the write key which clients send.") @Required
        SecretKeyRef writeKeySecretRef,
    @JsonPropertyDescription(
            "Secret key that holds the key (HMAC-SHA-256) with which the shop's server vouches for"
                + " user ids that browsers send. Such ids are believed; others are not. For Browser.")
        SecretKeyRef userKeySecretRef,
    @JsonPropertyDescription(
            "Secret key that holds the key (base64, as whsec_...) with which the shop's server signs"
                + " requests to /v1/triggers/NAMESPACE/CAMPAIGN, as Standard Webhooks has it. For"
                + " Server. Nobody triggers campaigns that way when absent.")
        SecretKeyRef signingKeySecretRef,
    @JsonPropertyDescription(
            "Origins whose pages may send events, such as https://shop.example. For Browser. 1 to"
                + " 32.")
        @Size(min = 1, max = 32)
        @ListKeys
        List<@Size(min = 8, max = Formats.ORIGIN_MAX) @Pattern(Formats.ORIGIN) String> origins,
    @JsonPropertyDescription(
            "Types of events that it may send, as the store declares them. All when absent. At most"
                + " 200.")
        @Size(max = 200)
        @ListKeys
        List<@Size(min = 1, max = Formats.IDENTIFIER_MAX) @Pattern(Formats.IDENTIFIER) String>
            events,
    @JsonPropertyDescription(
            "What its user ids are called, such as customer_id: the identity.key of ProfileSources"
                + " that know people by the same ids. user_id when absent.")
        @Size(min = 1, max = 253)
        String userIdKey,
    @JsonPropertyDescription(
            "Attributes that identify a person as well, such as email. For Server. At most 8.")
        @Size(max = 8)
        @ListKeys
        List<@Size(min = 1, max = Formats.IDENTIFIER_MAX) @Pattern(Formats.IDENTIFIER) String>
            alsoMatch,
    @JsonPropertyDescription(
            "Which source counts where several say different things about a person: the one with the"
                + " highest number, 0 to 1000. 100 when absent.")
        @Min(0)
        @Max(1000)
        Integer precedence,
    @JsonPropertyDescription(
            "Fills name and properties of events by CEL expressions over record, which is the call"
                + " as it came, such as record.properties.sku. What is not mapped is taken by name,"
                + " a name such as Product Viewed as product_viewed. At most 256.")
        @Size(max = 256)
        @ListKeys("to")
        List<FieldMapping> mapping,
    @JsonPropertyDescription(
            "Fills attributes of profiles from identify calls by CEL expressions over record, such"
                + " as record.traits.firstName. What is not mapped is taken by name from the traits."
                + " At most 256.")
        @Size(max = 256)
        @ListKeys("to")
        List<FieldMapping> traits,
    @JsonPropertyDescription(
            "Fields that are cleaned in another way than spec.normalise says. At most 256.")
        @Size(max = 256)
        @ListKeys("name")
        List<FieldRule> fields) {
  public CollectorSource {
    origins = Absent.list(origins);
    events = Absent.list(events);
    alsoMatch = Absent.list(alsoMatch);
    mapping = Absent.list(mapping);
    traits = Absent.list(traits);
    fields = Absent.list(fields);
  }
}
