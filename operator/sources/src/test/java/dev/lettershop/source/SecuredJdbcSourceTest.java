package dev.lettershop.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.describe.SourceSampler;
import dev.lettershop.source.sync.SyncResult;
import dev.lettershop.testkit.TestCertificate;
import dev.lettershop.testkit.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database with TLS, whose self-signed certificate is made out to {@code localhost}. */
class SecuredJdbcSourceTest {
  @TempDir static Path folder;
  private static EmbeddedPostgres server;
  private static TestCertificate certificate;
  private static TestCertificate other;

  @BeforeAll
  static void start() throws Exception {
    certificate = TestCertificate.forNames(folder, "crm", "dns:localhost");
    other = TestCertificate.forNames(folder, "other", "dns:localhost");
    Path key =
        Files.createFile(
            folder.resolve("server.key"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(key, certificate.privateKey("crm"));
    Path cert = Files.writeString(folder.resolve("server.crt"), certificate.pem());
    server =
        EmbeddedPostgres.builder()
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", cert.toString())
            .setServerConfig("ssl_key_file", key.toString())
            .start();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table customers as select 1 as customer_id");
    }
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static PulledSource source(String host, String mode, String ca) {
    return PulledSource.of(
        """
        identity: {key: customer_id}
        jdbc:
          url: jdbc:postgresql://%s:%d/postgres
          credentialsSecretRef: {name: crm}
          tls: {mode: %s, caSecretRef: {name: crm-ca, key: ca.crt}}
          query: >-
            select customer_id, (select ssl from pg_stat_ssl where pid = pg_backend_pid()) as ssl
            from customers
        """
            .formatted(host, server.getPort(), mode),
        Map.of("crm/username", "postgres", "crm/password", "", "crm-ca/ca.crt", ca));
  }

  private static SourceSampler.Seen seen(PulledSource source) throws ConnectorException {
    return new SourceSampler(1).pull(source.connector());
  }

  @Test
  void a_server_that_proves_its_name_is_read_from_through_tls() throws Exception {
    try (TestDatabase database = new TestDatabase()) {
      database.store().migrate(Samples.SCHEMA);

      SyncResult result =
          source("localhost", "VerifyFull", certificate.pem()).sync(database.store());

      assertThat(result.problems()).isEmpty();
      assertThat(database.query("select extra ->> 'ssl' from profile")).containsExactly("true");
    }
  }

  @Test
  void another_ca_is_refused_for_good() {
    for (String mode : new String[] {"VerifyFull", "VerifyCa"}) {
      ConnectorException failure =
          catchThrowableOfType(
              ConnectorException.class, () -> seen(source("localhost", mode, other.pem())));

      assertThat(failure).as(mode).isNotNull();
      assertThat(failure.field()).isEqualTo("spec.jdbc.tls");
      assertThat(failure.isTemporary()).isFalse();
    }
  }

  @Test
  void another_name_is_refused_unless_only_the_ca_counts() throws Exception {
    ConnectorException failure =
        catchThrowableOfType(
            ConnectorException.class,
            () -> seen(source("127.0.0.1", "VerifyFull", certificate.pem())));

    assertThat(failure).isNotNull();
    assertThat(failure.field()).isEqualTo("spec.jdbc.tls");
    assertThat(seen(source("127.0.0.1", "VerifyCa", certificate.pem())).records()).isEqualTo(1);
  }
}
