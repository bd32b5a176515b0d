package dev.lettershop.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import dev.lettershop.source.connect.Backoff;
import dev.lettershop.source.connect.Connector;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.connect.Credentials;
import dev.lettershop.source.connect.http.HttpConnector;
import dev.lettershop.source.connect.jdbc.JdbcConnector;
import dev.lettershop.source.connect.kafka.KafkaConnector;
import dev.lettershop.source.connect.mongodb.MongodbConnector;
import dev.lettershop.source.sync.ProgressListener;
import dev.lettershop.source.sync.SourceDefinition;
import dev.lettershop.source.sync.SourceSync;
import dev.lettershop.source.sync.SyncResult;
import dev.lettershop.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A source that is not a file, as its YAML says it, and a way to sync it into a store. */
public final class PulledSource {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final ProfileSourceSpec spec;
  private final Credentials credentials;
  final List<Duration> pauses = new ArrayList<>();

  private PulledSource(ProfileSourceSpec spec, Credentials credentials) {
    this.spec = spec;
    this.credentials = credentials;
  }

  public static PulledSource of(String yaml) {
    return of(yaml, Map.of());
  }

  /**
   * @param secrets values by {@code secret/key}
   */
  public static PulledSource of(String yaml, Map<String, String> secrets) {
    try {
      return new PulledSource(
          YAML.readValue(yaml, ProfileSourceSpec.class),
          (field, secret, key) -> {
            String value = secrets.get(secret + "/" + key);
            if (value == null) {
              throw new IllegalStateException("no " + secret + "/" + key);
            }
            return value;
          });
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public Connector connector() throws ConnectorException {
    Backoff.Pause pause = this::pause;
    if (spec.jdbc() != null) {
      return JdbcConnector.of(spec.jdbc(), credentials);
    }
    if (spec.http() != null) {
      return HttpConnector.of(spec.http(), credentials, backoff(), pause);
    }
    if (spec.kafka() != null) {
      return KafkaConnector.of(spec.kafka(), credentials, "test");
    }
    return MongodbConnector.of(spec.mongodb(), credentials);
  }

  /** Waits a tenth as long as asked, and remembers what was asked. */
  private void pause(Duration time) {
    pauses.add(time);
    try {
      Thread.sleep(Math.min(time.toMillis() / 10, 200));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Backoff backoff() {
    return new Backoff(Duration.ofMillis(20), Duration.ofMillis(200), () -> 0);
  }

  public SyncResult sync(Store store) throws ConnectorException {
    return sync(store, 100_000, ProgressListener.SILENT);
  }

  public SyncResult sync(Store store, int portion, ProgressListener progress)
      throws ConnectorException {
    return sync("crm", store, portion, progress);
  }

  SyncResult sync(String name, Store store, int portion, ProgressListener progress)
      throws ConnectorException {
    return new SourceSync(store, Samples.SCHEMA, Samples.TOPICS, Clock.systemUTC(), 10, portion)
        .pull(new SourceDefinition(name, spec), connector(), progress, backoff(), this::pause);
  }
}
