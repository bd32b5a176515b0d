package dev.lettershop.api.v1alpha1.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.CronSchedule;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.field.FieldMapping;
import dev.lettershop.api.v1alpha1.field.Normalise;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** A connector that fills a store. */
@ValidationRule(
    value =
        "[has(self.file), has(self.jdbc), has(self.http), has(self.kafka),"
            + " has(self.mongodb)].exists_one(x, x)",
    message = "exactly one of file, jdbc, http, kafka and mongodb must be set")
@ValidationRule(
    value =
        "has(self.file) == has(oldSelf.file) && has(self.jdbc) == has(oldSelf.jdbc) &&"
            + " has(self.http) == has(oldSelf.http) && has(self.kafka) == has(oldSelf.kafka) &&"
            + " has(self.mongodb) == has(oldSelf.mongodb)",
    message = "must not become another type of source; make another ProfileSource")
@ValidationRule(
    value = "self.provides == oldSelf.provides",
    message = "must not change; make another ProfileSource",
    fieldPath = ".provides")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProfileSourceSpec(
    @JsonPropertyDescription("The ProfileStore to fill. Default is the one named default.")
        @Default("{\"name\": \"default\"}")
        LocalRef storeRef,
    @JsonPropertyDescription(
            "What the records are: Profiles (the default), Events, Consents, Suppressions (addresses and"
                + " domains that get no mail) or Products (a catalogue to recommend from). Cannot be changed later.")
        @Default("Profiles")
        Provides provides,
    @JsonPropertyDescription("Reads a file in a volume.") FileSource file,
    @JsonPropertyDescription("Reads a database by a query.") JdbcSource jdbc,
    @JsonPropertyDescription("Reads an HTTP API.") HttpSource http,
    @JsonPropertyDescription("Reads a Kafka topic.") KafkaSource kafka,
    @JsonPropertyDescription("Reads a MongoDB collection.") MongodbSource mongodb,
    @JsonPropertyDescription(
            "When the source is read. Only before the runs of campaigns when absent.")
        CronSchedule schedule,
    @JsonPropertyDescription("Whether the schedule is paused. Default false.") @Default("false")
        Boolean suspend,
    @JsonPropertyDescription("How records find their profiles.") @Required SourceIdentity identity,
    @JsonPropertyDescription(
            "Fills fields by CEL expressions. What is not mapped is taken by name. At most 256.")
        @Size(max = 256)
        @ListKeys("to")
        List<FieldMapping> mapping,
    @JsonPropertyDescription("How values are tidied before they are stored. ")
        @Default("{\"email\": true, \"names\": true, \"timeZones\": true}")
        Normalise normalise,
    @JsonPropertyDescription(
            "What becomes of records that cannot be read. Default: quarantine, up to 5 percent.")
        @Default(
            "{\"policy\": \"Quarantine\", \"failAbovePercent\": 5, \"futureTolerance\": \"24h\"}")
        OnInvalid onInvalid) {
  public ProfileSourceSpec {
    storeRef = Absent.or(storeRef, LocalRef.DEFAULT);
    provides = Absent.or(provides, Provides.Profiles);
    suspend = Absent.or(suspend, false);
    mapping = Absent.list(mapping);
    normalise = Absent.or(normalise, Normalise.DEFAULT);
    onInvalid = Absent.or(onInvalid, new OnInvalid(null, null));
  }

  /** The same, with other ways to find profiles. */
  public ProfileSourceSpec withIdentity(SourceIdentity other) {
    return new ProfileSourceSpec(
        storeRef, provides, file, jdbc, http, kafka, mongodb, schedule, suspend, other, mapping,
        normalise, onInvalid);
  }

  /** The same from a file that is written in another way. */
  public ProfileSourceSpec withFile(FileSource other) {
    return new ProfileSourceSpec(
        storeRef, provides, other, jdbc, http, kafka, mongodb, schedule, suspend, identity, mapping,
        normalise, onInvalid);
  }

  /** The same, tidied in another way. */
  public ProfileSourceSpec withNormalise(Normalise other) {
    return new ProfileSourceSpec(
        storeRef, provides, file, jdbc, http, kafka, mongodb, schedule, suspend, identity, mapping,
        other, onInvalid);
  }
}
