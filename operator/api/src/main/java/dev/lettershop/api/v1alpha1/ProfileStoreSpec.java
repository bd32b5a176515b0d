package dev.lettershop.api.v1alpha1;

import java.util.List;

public record ProfileStoreSpec(
    PostgresqlConnection postgresql,
    List<Attribute> attributes,
    List<EventType> events,
    List<Topic> topics,
    Encryption encryption,
    Retention retention) {}
