package dev.lettershop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.BouncesPlan;
import dev.lettershop.plan.RunPlans;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.store.Store;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.testkit.SharedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A small shop: its resources, its people, a database of its own, and folders as a Pod has them.
 * Person {@code n} is {@code Zebulon<n>} at {@code zebulon.<n>@people.example}.
 */
public final class TestShop {
  private final Path folder;
  private final String database = SharedPostgres.newDatabase();
  private String manifests;

  public TestShop(Path folder, int smtpPort, int people) throws IOException, SQLException {
    this.folder = folder;
    manifests = manifests(SharedPostgres.port(), database, smtpPort);
    secret("db", Map.of("username", "postgres", "password", "unused"));
    people(people);
    writePlans();
  }

  /** Replaces text in the resources, which must be there; {@link #writePlans} makes it count. */
  public TestShop edit(String from, String to) {
    assertThat(manifests).contains(from);
    manifests = manifests.replace(from, to);
    return this;
  }

  /** The resources as people have them in their folder, with the database's Secret. */
  public String manifestsWithSecret() {
    return manifests
        + """
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: db, namespace: shop}
        stringData: {username: postgres, password: unused}
        """;
  }

  /** Compiles the resources, as the controller does before it makes Jobs. */
  public void writePlans() throws IOException {
    ResourceSet resources =
        ResourceSet.builder().add(ResourceParser.parse("shop.yaml", manifests)).build();
    PlanCompiler compiler = new PlanCompiler(resources);
    RunPlans run = compiler.run("hello");
    assertThat(run.diagnostics()).noneMatch(Diagnostic::isError);
    write("send", PlanFiles.of(run.campaign(), run.sources()));
    write("sync", PlanFiles.of(compiler.source("people").value()));
    write("refresh", PlanFiles.of(compiler.segment("bostonians").value()));
    write("retention", PlanFiles.of(compiler.retention("default").value()));
    for (String model : resources.models().keySet()) {
      write("score", PlanFiles.of(compiler.model(model).value()));
    }
    BouncesPlan bounces = compiler.bounces("default").value();
    if (bounces != null) {
      write("bounces", PlanFiles.of(bounces));
    }
  }

  private void write(String command, PlanFiles files) throws IOException {
    Path plan = Files.createDirectories(plan(command));
    for (Map.Entry<String, byte[]> file : files.files().entrySet()) {
      Files.write(plan.resolve(file.getKey()), file.getValue());
    }
  }

  public void secret(String name, Map<String, String> values) throws IOException {
    Path secret = Files.createDirectories(secrets().resolve(name));
    for (Map.Entry<String, String> value : values.entrySet()) {
      Files.writeString(secret.resolve(value.getKey()), value.getValue());
    }
  }

  /** Writes the source's file; everybody with an even number lives in Boston. */
  public void people(int count) throws IOException {
    Files.createDirectories(sources().resolve("people"));
    Files.writeString(
        peopleFile(),
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    i
                        + ",zebulon."
                        + i
                        + "@people.example,Zebulon"
                        + i
                        + ","
                        + (i % 2 == 0 ? "Boston" : "New York")
                        + "\n")
            .collect(Collectors.joining("", "number,email,first_name,city\n", "")));
  }

  public Path peopleFile() {
    return sources().resolve("people/people.csv");
  }

  /** Adds resources. */
  public TestShop add(String more) {
    manifests = manifests + "---\n" + more;
    return this;
  }

  Path plan(String command) {
    return folder.resolve("plan-" + command);
  }

  public Path secrets() {
    return folder.resolve("secrets");
  }

  public Path sources() {
    return folder.resolve("sources");
  }

  /** The first column of the first row. */
  public String query(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  public void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Two columns: names and numbers. */
  public Map<String, Long> counts(String sql) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getLong(2));
      }
    }
    return counts;
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:"
            + SharedPostgres.port()
            + "/"
            + database
            + "?currentSchema=lettershop",
        "postgres",
        null);
  }

  /** The store; its attributes are there only when somebody has migrated it. */
  public Store store() {
    return Store.open(
        new StoreSettings(
            "127.0.0.1",
            SharedPostgres.port(),
            database,
            "postgres",
            null,
            TlsMode.Disable,
            null,
            2));
  }

  private static String manifests(int databasePort, String database, int smtpPort) {
    return """
        apiVersion: lettershop.dev/v1alpha1
        kind: ProfileStore
        metadata: {name: default, namespace: shop}
        spec:
          postgresql:
            host: 127.0.0.1
            port: %d
            database: %s
            credentialsSecretRef: {name: db}
            tls: {mode: Disable}
          attributes:
          - {name: first_name, type: String, pii: true}
          - {name: city, type: String}
          events:
          - name: viewed
            properties: []
          topics:
          - {name: newsletter, optIn: Implied}
        ---
        apiVersion: lettershop.dev/v1alpha1
        kind: ProfileSource
        metadata: {name: people, namespace: shop}
        spec:
          provides: Profiles
          file:
            format: Csv
            path: people.csv
            volume: {configMap: {name: people}}
          identity: {key: number, alsoMatch: [email]}
        ---
        apiVersion: lettershop.dev/v1alpha1
        kind: Segment
        metadata: {name: everybody, namespace: shop}
        spec:
          expression: has(profile.city)
        ---
        apiVersion: lettershop.dev/v1alpha1
        kind: Segment
        metadata: {name: bostonians, namespace: shop}
        spec:
          expression: inSegment("everybody") && profile.city == "Boston"
        ---
        apiVersion: lettershop.dev/v1alpha1
        kind: EmailTemplate
        metadata: {name: hello, namespace: shop}
        spec:
          subject: "{{content.greeting}}, {{profile.first_name}}"
          html: <html><body><p>{{content.greeting}}, {{profile.first_name}}.</p></body></html>
          slots: [{name: greeting, default: Hello}]
          defaults: {first_name: there}
        ---
        apiVersion: lettershop.dev/v1alpha1
        kind: MailTransport
        metadata: {name: default, namespace: shop}
        spec:
          smtp: {host: 127.0.0.1, port: %d, tls: None, connections: 2}
          from: {domains: [shop.example]}
          rate: {perSecond: 1000}
        ---
        apiVersion: lettershop.dev/v1alpha1
        kind: Campaign
        metadata: {name: hello, namespace: shop}
        spec:
          from: {name: Shop, address: news@shop.example}
          topic: newsletter
          audience: {include: [everybody]}
          schedule: {cron: "0 9 * * MON"}
          content: {templateRef: {name: hello}}
          experiment:
            holdoutPercent: 10
            variants:
            - {name: a, weight: 50}
            - {name: b, weight: 50}
        """
        .formatted(databasePort, database, smtpPort);
  }
}
