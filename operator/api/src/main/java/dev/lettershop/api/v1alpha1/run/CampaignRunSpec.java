package dev.lettershop.api.v1alpha1.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** One execution of a campaign. Made for each Job of a schedule; made by hand to send now. */
@ValidationRule(
    value = "self.campaignRef == oldSelf.campaignRef",
    message = "must not change; make another CampaignRun",
    fieldPath = ".campaignRef")
@ValidationRule(
    value = "self.dryRun == oldSelf.dryRun",
    message = "must not change; make another CampaignRun",
    fieldPath = ".dryRun")
@ValidationRule(
    value =
        "has(self.testRecipients) == has(oldSelf.testRecipients) && (!has(self.testRecipients) ||"
            + " self.testRecipients == oldSelf.testRecipients)",
    message = "must not change; make another CampaignRun",
    fieldPath = ".testRecipients")
@ValidationRule(
    value =
        "has(self.resume) == has(oldSelf.resume) && (!has(self.resume) || self.resume =="
            + " oldSelf.resume)",
    message = "must not change; make another CampaignRun",
    fieldPath = ".resume")
@ValidationRule(
    value = "!has(self.resume) || !(self.dryRun || has(self.testRecipients))",
    message = "must not be set for a dry run or a test",
    fieldPath = ".resume")
@ValidationRule(
    value = "!self.dryRun || !has(self.testRecipients)",
    message = "must not be set for a dry run: it sends to nobody",
    fieldPath = ".testRecipients")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CampaignRunSpec(
    @JsonPropertyDescription("The Campaign to run. Cannot be changed later.") @Required
        LocalRef campaignRef,
    @JsonPropertyDescription(
            "Whether everything is done but sending. Default false. Cannot be changed later.")
        @Default("false")
        Boolean dryRun,
    @JsonPropertyDescription(
            "Addresses to which alone the mails are sent, in place of the recipients'. At most 100."
                + " Cannot be changed later.")
        @Size(min = 1, max = 100)
        @ListKeys
        List<@Size(min = 3, max = Formats.EMAIL_MAX) @Pattern(Formats.EMAIL) String> testRecipients,
    @JsonPropertyDescription(
            "Whether the run is paused. Default false. May be changed at any time.")
        @Default("false")
        Boolean suspend,
    @JsonPropertyDescription(
            "Takes an earlier run up again, for those alone whom it missed. A run of its own when"
                + " absent. Cannot be changed later.")
        RunResume resume) {
  public CampaignRunSpec {
    dryRun = Absent.or(dryRun, false);
    testRecipients = Absent.list(testRecipients);
    suspend = Absent.or(suspend, false);
  }

  /** A run of its own. */
  public CampaignRunSpec(
      LocalRef campaignRef, Boolean dryRun, List<String> testRecipients, Boolean suspend) {
    this(campaignRef, dryRun, testRecipients, suspend, null);
  }
}
