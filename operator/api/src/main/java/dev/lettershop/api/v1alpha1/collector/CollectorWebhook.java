package dev.lettershop.api.v1alpha1.collector;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.common.SecretKeyRef;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** A provider that reports what became of mails. */
@ValidationRule(
    value = "(self.provider == 'Ses') == has(self.topicArns)",
    message = "must be set with provider Ses, and only then",
    fieldPath = ".topicArns")
@ValidationRule(
    value = "(self.provider != 'Ses') == has(self.keySecretRef)",
    message = "must be set unless the provider is Ses, whose certificates are public",
    fieldPath = ".keySecretRef")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CollectorWebhook(
    @JsonPropertyDescription("Name of the webhook: the end of its address, /w/NAME.")
        @Required
        @Size(min = 1, max = Formats.LABEL_MAX)
        @Pattern(Formats.LABEL)
        String name,
    @JsonPropertyDescription("Ses, SendGrid, Mailgun, Postmark, Brevo or Generic.") @Required
        WebhookProvider provider,
    @JsonPropertyDescription(
            "Secret key with what requests are verified by: SendGrid's public key (base64), Mailgun's"
                + " signing key, username:password (Basic) for Postmark and Brevo, a key (HMAC-SHA-256)"
                + " for Generic. Not for Ses.")
        SecretKeyRef keySecretRef,
    @JsonPropertyDescription(
            "SNS topics whose messages are taken and whose subscriptions are confirmed. For Ses. 1 to"
                + " 16.")
        @Size(min = 1, max = 16)
        @ListKeys
        List<
                @Size(min = 1, max = 300)
                @Pattern("^arn:aws(-cn|-us-gov)?:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$") String>
            topicArns,
    @JsonPropertyDescription(
            "The MailTransport whose mails are reported, and whose spec.bounces.softLimit counts. The"
                + " one named default when absent.")
        LocalRef transportRef) {
  public CollectorWebhook {
    topicArns = Absent.list(topicArns);
  }
}
