package dev.lettershop.api.v1alpha1.collector.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.common.Mailbox;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The mail that asks people to confirm that they signed up. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SignUpConfirmation(
    @JsonPropertyDescription("From of the mail.") @Required Mailbox from,
    @JsonPropertyDescription("The EmailTemplate of the mail, with the link {{links.confirm}}.")
        @Required
        LocalRef templateRef,
    @JsonPropertyDescription(
            "The MailTransport that takes the mails. Default is the one named default.")
        @Default("{\"name\": \"default\"}")
        LocalRef transportRef,
    @JsonPropertyDescription("How long the link works, such as 72h. Default 72h.")
        @Default("72h")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String validFor) {
  public SignUpConfirmation {
    transportRef = Absent.or(transportRef, LocalRef.DEFAULT);
    validFor = Absent.or(validFor, "72h");
  }
}
