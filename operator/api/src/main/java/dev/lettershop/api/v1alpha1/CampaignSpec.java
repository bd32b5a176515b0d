package dev.lettershop.api.v1alpha1;

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
    PodSettings pod) {}
