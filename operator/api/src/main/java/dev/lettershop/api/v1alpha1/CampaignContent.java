package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record CampaignContent(
    LocalRef templateRef, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ContentRule> rules) {

  public CampaignContent {
    rules = Absent.list(rules);
  }
}
