package dev.lettershop.api.v1alpha1.transport;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.CronSchedule;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.common.SecretKeyRef;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Where bounces and complaints go, and what becomes of them. */
@ValidationRule(
    value = "!(has(self.mailbox) && has(self.spool))",
    message = "at most one of mailbox and spool may be set")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Bounces(
    @JsonPropertyDescription(
            "Domain of the envelope senders, one for each mail, to which bounces return.")
        @Required
        @Size(min = 1, max = 190)
        @Pattern(Formats.SUBDOMAIN)
        String domain,
    @JsonPropertyDescription(
            "Secret key that holds the keys with which envelope senders are signed (HMAC), one a"
                + " line; the first signs, all verify. That of links when absent.")
        SecretKeyRef keySecretRef,
    @JsonPropertyDescription(
            "The ProfileStore of all campaigns that use this transport, in which bounces are"
                + " recorded. Default is the one named default.")
        @Default("{\"name\": \"default\"}")
        LocalRef storeRef,
    @JsonPropertyDescription("Reads bounces from a mailbox.") BounceMailbox mailbox,
    @JsonPropertyDescription("Reads bounces from files.") BounceSpool spool,
    @JsonPropertyDescription("When the mailbox or spool is read. Default is every 10 minutes.")
        @Default("{\"cron\": \"*/10 * * * *\"}")
        CronSchedule schedule,
    @JsonPropertyDescription("Whether the schedule is paused. Default false.") @Default("false")
        Boolean suspend,
    @JsonPropertyDescription(
            "When an address that takes no mail for the time being is suppressed. Default: after 5"
                + " bounces within 30 days.")
        @Default("{\"bounces\": 5, \"within\": \"30d\"}")
        SoftBounceLimit softLimit) {
  public Bounces {
    storeRef = Absent.or(storeRef, LocalRef.DEFAULT);
    schedule = Absent.or(schedule, new CronSchedule("*/10 * * * *", null));
    suspend = Absent.or(suspend, false);
    softLimit = Absent.or(softLimit, new SoftBounceLimit(null, null));
  }
}
