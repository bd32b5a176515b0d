package dev.lettershop.bench;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.SourcePlan;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/** What the Pod of a ProfileSource finds mounted: plan, Secret and the volume with the file. */
final class SourceFolder {
  private static final String[] CITIES = {"New York", "Boston", "Chicago", "San Francisco", "Graz"};
  private static final String[] COUNTRIES = {"United States", "US", "Austria", "USA", "AT"};
  private static final int ROWS_PER_DIRTY_ROW = 20;

  private final Path folder;
  private final EmbeddedDatabase database;
  private final byte[] keyset;

  SourceFolder(Path folder, EmbeddedDatabase database) {
    this(folder, database, null);
  }

  /**
   * @param keyset with what the store encrypts, or null when it does not
   */
  SourceFolder(Path folder, EmbeddedDatabase database, byte[] keyset) {
    this.folder = folder;
    this.database = database;
    this.keyset = keyset;
  }

  /** Compiles the source's plan, as the controller does. */
  void write(String source) throws IOException {
    ResourceSet resources =
        ResourceSet.builder().add(ResourceParser.parse("sources.yaml", manifests())).build();
    Compiled<SourcePlan> compiled = new PlanCompiler(resources).source(source);
    if (compiled.diagnostics().stream().anyMatch(Diagnostic::isError)) {
      throw new IllegalStateException("The benchmark's source is wrong: " + compiled.diagnostics());
    }
    Path plan = Files.createDirectories(plan(source));
    for (Map.Entry<String, byte[]> file : PlanFiles.of(compiled.value()).files().entrySet()) {
      Files.write(plan.resolve(file.getKey()), file.getValue());
    }
    Path secret = Files.createDirectories(folder.resolve("secrets").resolve("db"));
    Files.writeString(secret.resolve("username"), database.username());
    Files.writeString(secret.resolve("password"), database.password());
    if (keyset != null) {
      Path keys = Files.createDirectories(folder.resolve("secrets").resolve("pii-keys"));
      Files.write(keys.resolve("keyset.json"), keyset);
    }
  }

  private String manifests() throws IOException {
    try (InputStream in = SourceFolder.class.getResourceAsStream("sources.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${databasePort}", String.valueOf(database.port()))
          .replace("${database}", database.database())
          .replace(
              "  topics:\n",
              (keyset == null
                      ? ""
                      : "  encryption: {keysetSecretRef: {name: pii-keys, key: keyset.json}}\n")
                  + "  topics:\n");
    }
  }

  private Path plan(String source) {
    return folder.resolve("plan-" + source);
  }

  Path customers() {
    return folder.resolve("sources/customers/customers.csv");
  }

  Path views() {
    return folder.resolve("sources/views/views.csv");
  }

  /** The command line of the Pod. */
  String[] command(String source) {
    return new String[] {
      "sync",
      "--plan",
      plan(source).toString(),
      "--secrets",
      folder.resolve("secrets").toString(),
      "--sources",
      folder.resolve("sources").toString()
    };
  }

  /**
   * Customers as a CRM exports them.
   *
   * @param changedEvery of so many customers one has another city; 0 for none
   * @param dirty whether one line in twenty is unusable
   */
  void customers(long people, int changedEvery, boolean dirty) throws IOException {
    Files.createDirectories(customers().getParent());
    Random random = new Random(7);
    try (Writer csv = Files.newBufferedWriter(customers())) {
      csv.write("customer_id,email,first_name,CITY,country,lifetime_value,last_active_at\n");
      StringBuilder row = new StringBuilder();
      for (long i = 0; i < people; i++) {
        row.setLength(0);
        boolean changed = changedEvery > 0 && i % changedEvery == 0;
        String city = CITIES[random.nextInt(CITIES.length)];
        boolean broken = dirty && i % ROWS_PER_DIRTY_ROW == 0;
        row.append('C').append(i).append(",customer.").append(i);
        row.append(broken ? "@@" : "@").append("People.example,Ada").append(i % 1000).append(", ");
        row.append(changed ? "Vienna" : city).append(',');
        row.append(COUNTRIES[(int) (i % COUNTRIES.length)]).append(',');
        row.append((i * 7919 % 1_000_000) / 100.0).append(",2026-0").append(1 + i % 9);
        row.append("-1").append(i % 10).append("T08:00:00Z\n");
        csv.append(row);
      }
    }
  }

  /** Page views, one after the other in time, of people who are known. */
  void views(long views, long people) throws IOException {
    Files.createDirectories(views().getParent());
    Random random = new Random(7);
    try (Writer csv = Files.newBufferedWriter(views())) {
      csv.write("customer_id,occurred_at,id,product_id,price\n");
      for (long i = 0; i < views; i++) {
        long second = i * 86_400 * 20 / views;
        csv.append('C').append(String.valueOf(random.nextInt((int) people)));
        csv.append(",2026-11-").append(two(1 + second / 86_400)).append('T');
        csv.append(two(second / 3600 % 24)).append(':').append(two(second / 60 % 60)).append(':');
        csv.append(two(second % 60)).append("Z,e").append(String.valueOf(i)).append(",p");
        csv.append(String.valueOf(i % 5000)).append(',').append(String.valueOf(i % 20_000 / 100.0));
        csv.append('\n');
      }
    }
  }

  private static String two(long number) {
    return number < 10 ? "0" + number : String.valueOf(number);
  }
}
