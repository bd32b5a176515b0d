package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record CampaignRunSpec(
    LocalRef campaignRef,
    Boolean dryRun,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> testRecipients,
    Boolean suspend) {

  public CampaignRunSpec {
    dryRun = Absent.or(dryRun, false);
    testRecipients = Absent.list(testRecipients);
    suspend = Absent.or(suspend, false);
  }
}
