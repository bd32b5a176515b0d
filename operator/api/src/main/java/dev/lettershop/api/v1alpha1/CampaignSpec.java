package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record CampaignSpec(
    LocalRef storeRef,
    LocalRef transportRef,
    Mailbox from,
    String replyTo,
    String topic,
    Audience audience,
    CampaignSchedule schedule,
    CampaignContent content,
    Experiment experiment,
    Delivery delivery,
    Tracking tracking,
    Integer parallelism,
    Boolean suspend,
    String startingDeadline,
    History history,
    CampaignLimits limits,
    PodSettings pod) {

  public CampaignSpec {
    storeRef = Absent.or(storeRef, LocalRef.DEFAULT);
    transportRef = Absent.or(transportRef, LocalRef.DEFAULT);
    audience = Absent.or(audience, Audience.NOBODY);
    delivery = Absent.or(delivery, Delivery.DEFAULT);
    tracking = Absent.or(tracking, Tracking.OFF);
    parallelism = Absent.or(parallelism, 1);
    suspend = Absent.or(suspend, false);
    startingDeadline = Absent.or(startingDeadline, "1h");
    history = Absent.or(history, History.DEFAULT);
  }
}
