package dev.lettershop.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaProperties;
import org.apache.kafka.metadata.properties.MetaPropertiesVersion;
import org.apache.kafka.metadata.properties.PropertiesUtils;

/** A real broker of its own, in this process; one for all tests of a JVM. */
public final class KafkaBroker {
  private static final class Running {
    static final KafkaBroker BROKER = start();
  }

  /** Of the user lettershop, with what has to be escaped in a configuration. */
  public static final String PASSWORD = "se same";

  private final String bootstrap;

  private final String secured;
  private final TestCertificate certificate;

  private KafkaBroker(String bootstrap, String secured, TestCertificate certificate) {
    this.bootstrap = bootstrap;
    this.secured = secured;
    this.certificate = certificate;
  }

  public static KafkaBroker running() {
    return Running.BROKER;
  }

  private static KafkaBroker start() {
    try {
      int port = freePort();
      int securedPort = freePort();
      int control = freePort();
      Path folder = Files.createTempDirectory("kafka");
      TestCertificate certificate =
          TestCertificate.forNames(folder, "broker", "dns:localhost,ip:127.0.0.1");
      String address = "PLAINTEXT://localhost:" + port + ",SASL_SSL://localhost:" + securedPort;
      Properties properties = new Properties();
      properties.putAll(
          Map.ofEntries(
              Map.entry("process.roles", "broker,controller"),
              Map.entry("node.id", "1"),
              Map.entry("controller.quorum.voters", "1@localhost:" + control),
              Map.entry("listeners", address + ",CONTROLLER://localhost:" + control),
              Map.entry("advertised.listeners", address),
              Map.entry("controller.listener.names", "CONTROLLER"),
              Map.entry(
                  "listener.security.protocol.map",
                  "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL"),
              Map.entry("inter.broker.listener.name", "PLAINTEXT"),
              Map.entry("sasl.enabled.mechanisms", "PLAIN"),
              Map.entry(
                  "listener.name.sasl_ssl.plain.sasl.jaas.config",
                  "org.apache.kafka.common.security.plain.PlainLoginModule required"
                      + " user_lettershop=\""
                      + PASSWORD
                      + "\";"),
              Map.entry("ssl.keystore.type", "PKCS12"),
              Map.entry("ssl.keystore.location", certificate.keystore().toString()),
              Map.entry("ssl.keystore.password", TestCertificate.PASSWORD),
              Map.entry("ssl.key.password", TestCertificate.PASSWORD),
              Map.entry("log.dirs", folder.toString()),
              Map.entry("offsets.topic.replication.factor", "1"),
              Map.entry("offsets.topic.num.partitions", "1"),
              Map.entry("transaction.state.log.replication.factor", "1"),
              Map.entry("transaction.state.log.min.isr", "1"),
              Map.entry("transaction.state.log.num.partitions", "1"),
              Map.entry("group.initial.rebalance.delay.ms", "0"),
              Map.entry("log.cleaner.enable", "false"),
              // On a busy machine, it must not take itself for dead.
              Map.entry("broker.session.timeout.ms", "60000"),
              Map.entry("num.network.threads", "1"),
              Map.entry("num.io.threads", "2"),
              Map.entry("background.threads", "1")));
      MetaProperties meta =
          new MetaProperties.Builder()
              .setVersion(MetaPropertiesVersion.V1)
              .setClusterId(Uuid.randomUuid().toString())
              .setNodeId(1)
              .setDirectoryId(Uuid.randomUuid())
              .build();
      PropertiesUtils.writePropertiesFile(
          meta.toProperties(), folder.resolve("meta.properties").toString(), false);
      KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
      server.startup();
      Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
      return new KafkaBroker("localhost:" + port, "localhost:" + securedPort, certificate);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public String bootstrap() {
    return bootstrap;
  }

  /** Where it wants TLS, and the login of the user lettershop. */
  public String secured() {
    return secured;
  }

  public TestCertificate certificate() {
    return certificate;
  }

  public void createTopic(String name, int partitions) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrap));
  }

  public Producer<byte[], byte[]> producer(String transactionalId) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", bootstrap);
    // A request that the young broker loses is asked again soon.
    settings.put("request.timeout.ms", 5_000);
    settings.put("delivery.timeout.ms", 20_000);
    if (transactionalId != null) {
      settings.put("transactional.id", transactionalId);
    }
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
