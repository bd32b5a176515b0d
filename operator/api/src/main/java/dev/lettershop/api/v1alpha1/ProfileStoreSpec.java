package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProfileStoreSpec(
    PostgresqlConnection postgresql,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Attribute> attributes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<EventType> events,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Topic> topics,
    Encryption encryption,
    Retention retention) {

  public ProfileStoreSpec {
    attributes = Absent.list(attributes);
    events = Absent.list(events);
    topics = Absent.list(topics);
  }
}
