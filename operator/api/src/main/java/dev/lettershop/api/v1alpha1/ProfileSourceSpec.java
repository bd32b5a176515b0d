package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProfileSourceSpec(
    LocalRef storeRef,
    Provides provides,
    FileSource file,
    JdbcSource jdbc,
    HttpSource http,
    KafkaSource kafka,
    MongodbSource mongodb,
    CronSchedule schedule,
    Boolean suspend,
    SourceIdentity identity,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldMapping> mapping,
    Normalise normalise,
    OnInvalid onInvalid) {

  public ProfileSourceSpec {
    storeRef = Absent.or(storeRef, LocalRef.DEFAULT);
    provides = Absent.or(provides, Provides.Profiles);
    suspend = Absent.or(suspend, false);
    mapping = Absent.list(mapping);
    normalise = Absent.or(normalise, Normalise.DEFAULT);
    onInvalid = Absent.or(onInvalid, OnInvalid.DEFAULT);
  }
}
