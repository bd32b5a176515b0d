package dev.lettershop.api.v1alpha1.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.common.Mailbox;
import dev.lettershop.api.v1alpha1.common.PodSettings;
import dev.lettershop.api.v1alpha1.experiment.Experiment;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** All together: who gets what, through whom and when. */
@ValidationRule(
    value =
        "(has(self.audience) && has(self.audience.include) && size(self.audience.include) > 0)"
            + " || (has(self.schedule) && has(self.schedule.trigger))",
    message = "must name at least one segment in include, unless schedule.trigger is set",
    fieldPath = ".audience")
@ValidationRule(
    value =
        "!has(self.experiment) || !has(self.experiment.decision) ||"
            + " !(self.experiment.decision.metric in ['Conversion', 'Revenue']) || has(self.goal)",
    message = "must be set for the metrics Conversion and Revenue",
    fieldPath = ".goal")
@ValidationRule(
    value =
        "!has(self.experiment) || !has(self.experiment.decision) || !has(self.schedule) ||"
            + " !has(self.schedule.trigger)",
    message = "must not be set with schedule.trigger: people come one by one",
    fieldPath = ".experiment.decision")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CampaignSpec(
    @JsonPropertyDescription(
            "The ProfileStore with the recipients. Default is the one named default.")
        @Default("{\"name\": \"default\"}")
        LocalRef storeRef,
    @JsonPropertyDescription("The MailTransport that sends. Default is the one named default.")
        @Default("{\"name\": \"default\"}")
        LocalRef transportRef,
    @JsonPropertyDescription("Who writes. The transport must allow the address's domain.") @Required
        Mailbox from,
    @JsonPropertyDescription("Address that answers go to. The From address when absent.")
        @Size(min = 3, max = Formats.EMAIL_MAX)
        @Pattern(Formats.EMAIL)
        String replyTo,
    @JsonPropertyDescription(
            "Header fields that each mail carries beside its own, such as those by which a provider"
                + " sorts mails. At most 10.")
        @Size(max = 10)
        @ListKeys("name")
        List<CampaignHeader> headers,
    @JsonPropertyDescription(
            "Files that each mail carries, and pictures in it: from a URL, or of the event that"
                + " triggers. At most 5.")
        @Size(max = 5)
        @ListKeys("name")
        List<CampaignAttachment> attachments,
    @JsonPropertyDescription(
            "Topic of the store. Nobody without consent to it is mailed. With none, the mail is"
                + " transactional: one person waits for it, such as the confirmation of an order. It"
                + " needs no consent and has nothing to unsubscribe from; only an event may trigger"
                + " it, and nothing may be recorded of it or hold it back.")
        @Required
        @Size(min = 1, max = Formats.LABEL_MAX)
        @Pattern(Formats.TOPIC)
        String topic,
    @JsonPropertyDescription("Who gets it, of those who consent to the topic.") Audience audience,
    @JsonPropertyDescription(
            "When it is sent: exactly one of cron, at and trigger. Only by hand when absent.")
        CampaignSchedule schedule,
    @JsonPropertyDescription("What it says. Default is the EmailTemplate named default as it is.")
        @Default("{\"templateRef\": {\"name\": \"default\"}}")
        CampaignContent content,
    @JsonPropertyDescription("Compares variants, or the campaign with no mail at all.")
        Experiment experiment,
    @JsonPropertyDescription(
            "What the mails are to lead to. Nothing is credited to them when absent.")
        CampaignGoal goal,
    @JsonPropertyDescription("When and how fast mails go out.")
        @Default("{\"onUncertain\": \"Skip\"}")
        Delivery delivery,
    @JsonPropertyDescription("What is recorded of what recipients do. Default nothing.")
        @Default("{\"opens\": false, \"clicks\": false}")
        Tracking tracking,
    @JsonPropertyDescription("Pods that send at the same time, 1 to 256. Default 1.")
        @Default("1")
        @Min(1)
        @Max(256)
        Integer parallelism,
    @JsonPropertyDescription("Whether the schedule is paused. Runs under way go on. Default false.")
        @Default("false")
        Boolean suspend,
    @JsonPropertyDescription(
            "How late a run may still begin, such as 1h; at least 10s. Default 1h.")
        @Default("1h")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String startingDeadline,
    @JsonPropertyDescription("How many runs are kept. Default 10.") @Default("{\"keep\": 10}")
        History history,
    @JsonPropertyDescription("What a run refuses to exceed. Nothing when absent.")
        CampaignLimits limits,
    @JsonPropertyDescription("Where and with what the Pods run.") PodSettings pod) {
  public CampaignSpec {
    storeRef = Absent.or(storeRef, LocalRef.DEFAULT);
    transportRef = Absent.or(transportRef, LocalRef.DEFAULT);
    headers = Absent.list(headers);
    attachments = Absent.list(attachments);
    audience = Absent.or(audience, new Audience(null, null));
    content = Absent.or(content, new CampaignContent(null, null, null));
    delivery = Absent.or(delivery, new Delivery(null, null, null, null, null, null));
    tracking = Absent.or(tracking, new Tracking(null, null, null));
    parallelism = Absent.or(parallelism, 1);
    suspend = Absent.or(suspend, false);
    startingDeadline = Absent.or(startingDeadline, "1h");
    history = Absent.or(history, new History(null));
  }
}
