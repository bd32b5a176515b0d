package dev.lettershop.api.v1alpha1;

import java.util.List;

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
    List<FieldMapping> mapping,
    Normalise normalise,
    OnInvalid onInvalid) {}
