package dev.lettershop.worker.access;

import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import dev.lettershop.source.connect.Backoff;
import dev.lettershop.source.connect.Connector;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.connect.Credentials;
import dev.lettershop.source.connect.http.HttpConnector;
import dev.lettershop.source.connect.jdbc.JdbcConnector;
import dev.lettershop.source.connect.kafka.KafkaConnector;
import dev.lettershop.source.connect.mongodb.MongodbConnector;
import dev.lettershop.source.sync.SourceDefinition;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes the connector of a source that is not a file. A driver is loaded when its kind of source is
 * read, and not before.
 */
public final class SourceConnectors {
  /** From half a second up to half a minute: over five tries, about half a minute in all. */
  public static final Backoff BACKOFF =
      new Backoff(
          Duration.ofMillis(500),
          Duration.ofSeconds(30),
          () -> ThreadLocalRandom.current().nextDouble());

  private final Secrets secrets;
  private final Backoff.Pause pause;

  /**
   * @param pause waits, or ends what is under way
   */
  public SourceConnectors(Secrets secrets, Backoff.Pause pause) {
    this.secrets = secrets;
    this.pause = pause;
  }

  /**
   * @param namespace of the source, for names that others see
   * @throws ConnectorException when what is declared cannot work
   */
  public Connector of(String namespace, SourceDefinition source) throws ConnectorException {
    String resource = "ProfileSource/" + source.name() + " ";
    Credentials credentials =
        (field, secret, key) -> secrets.require(resource + field, secret, key);
    ProfileSourceSpec spec = source.spec();
    if (spec.jdbc() != null) {
      return JdbcConnector.of(spec.jdbc(), credentials);
    }
    if (spec.http() != null) {
      return HttpConnector.of(spec.http(), credentials, BACKOFF, pause);
    }
    if (spec.kafka() != null) {
      return KafkaConnector.of(spec.kafka(), credentials, namespace + "." + source.name());
    }
    if (spec.mongodb() != null) {
      return MongodbConnector.of(spec.mongodb(), credentials);
    }
    throw ConnectorException.misconfigured(
        "spec", "says nowhere to read from", "set file, jdbc, http, kafka or mongodb", null);
  }
}
