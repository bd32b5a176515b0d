package dev.lettershop.playground.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.RunPlans;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.playground.packaged.SharedClasses;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A campaign as its Pods find it, and the packaged command line that sends a shard of it. */
final class ShardedShop {
  private static final Path JAR = Path.of("target/lettershop.jar").toAbsolutePath();

  private final Path folder;
  private final int shards;

  private ShardedShop(Path folder, int shards) {
    this.folder = folder;
    this.shards = shards;
  }

  /**
   * @param delivery what the campaign says about delivery, as YAML
   * @param domains person {@code i} is at the one of number {@code i} modulo how many there are
   */
  static ShardedShop write(
      Path folder,
      int databasePort,
      int smtpPort,
      int people,
      int shards,
      int perSecond,
      String delivery,
      List<String> domains)
      throws IOException {
    ResourceSet resources =
        ResourceSet.builder()
            .add(
                ResourceParser.parse(
                    "shop.yaml",
                    RESOURCES.formatted(databasePort, smtpPort, perSecond, shards, delivery)))
            .build();
    RunPlans plans = new PlanCompiler(resources).run("hello");
    assertThat(plans.diagnostics()).noneMatch(Diagnostic::isError);
    Path plan = Files.createDirectories(folder.resolve("plan"));
    for (Map.Entry<String, byte[]> file :
        PlanFiles.of(plans.campaign(), plans.sources()).files().entrySet()) {
      Files.write(plan.resolve(file.getKey()), file.getValue());
    }
    Path secret = Files.createDirectories(folder.resolve("secrets/db"));
    Files.writeString(secret.resolve("username"), "postgres");
    Files.writeString(secret.resolve("password"), "unused");
    StringBuilder csv = new StringBuilder("number,email,first_name\n");
    for (int i = 0; i < people; i++) {
      csv.append(i).append(",p").append(i).append('@').append(domains.get(i % domains.size()));
      csv.append(",Ada").append(i).append('\n');
    }
    Files.writeString(
        Files.createDirectories(folder.resolve("sources/people")).resolve("people.csv"), csv);
    return new ShardedShop(folder, shards);
  }

  /** Starts the worker of a shard. */
  Process start(String run, int shard) throws IOException, InterruptedException {
    assertThat(JAR).as("the packaged jar").exists();
    Path log = folder.resolve("shard-" + shard + ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(SharedClasses.options());
    command.addAll(List.of("-jar", JAR.toString(), "send"));
    command.add("--plan=" + folder.resolve("plan"));
    command.add("--secrets=" + folder.resolve("secrets"));
    command.add("--sources=" + folder.resolve("sources"));
    command.add("--termination-log=" + folder.resolve("termination-" + shard));
    command.add("--service-account=" + folder.resolve("none"));
    command.add("--run-name=" + run);
    command.add("--shards=" + shards);
    command.add("--shard=" + shard);
    Files.writeString(folder.resolve("termination-" + shard), "");
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  String log(int shard) throws IOException {
    return Files.readString(folder.resolve("shard-" + shard + ".log"));
  }

  private static final String RESOURCES =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: ProfileStore
      metadata: {name: default, namespace: shop}
      spec:
        postgresql:
          host: 127.0.0.1
          port: %d
          database: postgres
          credentialsSecretRef: {name: db}
          tls: {mode: Disable}
        attributes:
        - {name: first_name, type: String, pii: true}
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
        expression: has(profile.first_name)
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: EmailTemplate
      metadata: {name: hello, namespace: shop}
      spec:
        subject: "Hello, {{profile.first_name}}"
        html: <html><body><p>Hello, {{profile.first_name}}.</p></body></html>
        defaults: {first_name: there}
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: MailTransport
      metadata: {name: default, namespace: shop}
      spec:
        smtp: {host: 127.0.0.1, port: %d, tls: None, connections: 4}
        from: {domains: [shop.example]}
        rate: {perSecond: %d}
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: Campaign
      metadata: {name: hello, namespace: shop}
      spec:
        from: {name: Shop, address: news@shop.example}
        topic: newsletter
        audience: {include: [everybody]}
        parallelism: %d
        schedule: {cron: "0 9 * * MON"}
        content: {templateRef: {name: hello}}
        delivery: %s
      """;
}
