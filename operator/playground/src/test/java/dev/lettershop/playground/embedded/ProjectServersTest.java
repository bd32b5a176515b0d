package dev.lettershop.playground.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.playground.sample.Servers;
import dev.lettershop.resource.ResourceSet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectServersTest {
  @TempDir Path project;

  private void manifests() throws IOException {
    Files.writeString(
        project.resolve("shop.yaml"),
        """
        apiVersion: lettershop.dev/v1alpha1
        kind: ProfileStore
        metadata: {name: default}
        spec:
          postgresql:
            {host: db.shop.example, database: crm, credentialsSecretRef: {name: db}, tls: {mode: VerifyFull}}
        ---
        apiVersion: lettershop.dev/v1alpha1
        kind: MailTransport
        metadata: {name: default}
        spec:
          smtp: {host: smtp.shop.example, port: 587, tls: StartTls, credentialsSecretRef: {name: smtp}}
          from: {domains: [shop.example]}
          links: {baseUrl: "https://links.shop.example", keySecretRef: {name: links, key: key}}
        """);
  }

  private ManifestFiles.Loaded loaded() {
    return new ManifestFiles(false).load(List.of(project));
  }

  @Test
  void what_a_project_has_is_there_again_at_the_same_ports() throws Exception {
    manifests();
    FreePorts.write(project);
    Servers first;
    String key;
    try (ProjectServers servers = ProjectServers.start(project)) {
      first = servers.servers();
      try (Connection connection = servers.database().connect();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE kept AS SELECT 7 AS n");
      }
      ResourceSet here = servers.inPlace(loaded());
      var postgresql = here.profileStores().get("default").getSpec().postgresql();
      assertThat(postgresql.host()).isEqualTo("127.0.0.1");
      assertThat(postgresql.port()).isEqualTo(first.databasePort());
      assertThat(postgresql.tls().mode().name()).isEqualTo("Disable");
      var transport = here.mailTransports().get("default").getSpec();
      assertThat(transport.smtp().port()).isEqualTo(first.smtpPort());
      assertThat(transport.smtp().credentialsSecretRef()).isNull();
      // The Secret of links is not among the manifests: it is kept out of Git.
      key =
          here.secrets().get(transport.links().keySecretRef().name()).getStringData().get("links");
      assertThat(key).hasSizeGreaterThanOrEqualTo(32);

      assertThatThrownBy(() -> ProjectServers.start(project))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another command uses");
    }

    try (ProjectServers servers = ProjectServers.start(project);
        Connection connection = servers.database().connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT n FROM kept")) {
      assertThat(rows.next()).isTrue();
      assertThat(servers.servers()).isEqualTo(first);
      assertThat(servers.inPlace(loaded()).secrets().get("lettershop-embedded").getStringData())
          .containsEntry("links", key);
      assertThat(servers.inbox()).isNull();
    }
    assertThat(project.resolve(".lettershop/.gitignore")).hasContent("*");
  }

  @Test
  void a_port_that_is_taken_is_named_with_the_file_to_change() throws Exception {
    Path local = Files.createDirectories(project.resolve(".lettershop/local"));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Files.writeString(
          local.resolve("ports.json"),
          "{\"postgresql\": " + taken.getLocalPort() + ", \"smtp\": 0}");

      assertThatThrownBy(() -> ProjectServers.start(project))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("ports.json");
    }
  }

  @Test
  void a_server_whose_command_was_killed_is_ended_before_the_next_start() throws Exception {
    Path data = project.resolve("postgresql");
    int port;
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = any.getLocalPort();
    }
    EmbeddedDatabase.kept(data, port); // and nobody closes it
    long left = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    assertThat(ProcessHandle.of(left)).isPresent();

    EmbeddedDatabase.endLeft(data);

    assertThat(ProcessHandle.of(left).filter(ProcessHandle::isAlive)).isEmpty();
    EmbeddedDatabase.endLeft(data);
  }
}
