package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record CampaignTrigger(String event, String delay, TriggerUnless unless) {

  public CampaignTrigger {
    delay = Absent.or(delay, "0s");
  }
}
