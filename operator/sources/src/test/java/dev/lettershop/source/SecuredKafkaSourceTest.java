package dev.lettershop.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.describe.SourceSampler;
import dev.lettershop.source.sync.SyncResult;
import dev.lettershop.testkit.KafkaBroker;
import dev.lettershop.testkit.TestCertificate;
import dev.lettershop.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that wants TLS and a login. */
class SecuredKafkaSourceTest {
  private static final AtomicInteger TOPICS = new AtomicInteger();

  @TempDir Path folder;
  private final KafkaBroker broker = KafkaBroker.running();
  private final String topic = "secured" + TOPICS.incrementAndGet();
  private TestDatabase database;

  @BeforeEach
  void start() throws Exception {
    database = new TestDatabase();
    database.store().migrate(Samples.SCHEMA);
    broker.createTopic(topic, 1);
    try (Producer<byte[], byte[]> producer = broker.producer(null)) {
      producer.send(new ProducerRecord<>(topic, "{\"customer_id\": 1}".getBytes(UTF_8)));
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  private PulledSource source(String servers, String tls, String ca, String password) {
    return PulledSource.of(
        """
        identity: {key: customer_id}
        kafka:
          bootstrapServers: ["%s"]
          topic: %s
          credentialsSecretRef: {name: login}
          saslMechanism: Plain
          tls: %s
          caSecretRef: {name: ca, key: ca.crt}
        """
            .formatted(servers, topic, tls),
        Map.of("login/username", "lettershop", "login/password", password, "ca/ca.crt", ca));
  }

  private ConnectorException refusal(PulledSource source) {
    ConnectorException failure =
        catchThrowableOfType(
            ConnectorException.class, () -> new SourceSampler(1).pull(source.connector()));
    assertThat(failure).isNotNull();
    assertThat(failure.isTemporary()).isFalse();
    return failure;
  }

  @Test
  void who_trusts_the_ca_and_has_the_password_reads() throws Exception {
    String ca = broker.certificate().pem();

    SyncResult result =
        source(broker.secured(), "VerifyFull", ca, KafkaBroker.PASSWORD).sync(database.store());

    assertThat(result.problems()).isEmpty();
    assertThat(result.counts().created()).isEqualTo(1);
  }

  @Test
  void another_ca_is_refused() throws Exception {
    String other = TestCertificate.forNames(folder, "other", "dns:localhost").pem();

    assertThat(refusal(source(broker.secured(), "VerifyFull", other, KafkaBroker.PASSWORD)).field())
        .isEqualTo("spec.kafka.tls");
  }

  @Test
  void a_wrong_password_is_refused_in_words_without_it() {
    ConnectorException failure =
        refusal(source(broker.secured(), "VerifyFull", broker.certificate().pem(), "wrong-one"));

    assertThat(failure.field()).isEqualTo("spec.kafka.credentialsSecretRef");
    assertThat(failure.getMessage()).doesNotContain("wrong-one");
  }
}
