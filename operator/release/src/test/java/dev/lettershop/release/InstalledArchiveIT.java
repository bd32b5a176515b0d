package dev.lettershop.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people download, unpacked in a folder that knows nothing of the source tree, and used. */
class InstalledArchiveIT {
  private static final Path RELEASE = Path.of(System.getProperty("release"));
  private static final String VERSION = System.getProperty("release.version");
  private static final long PATIENCE_SECONDS = 600;

  @TempDir private static Path folder;
  private static Path lettershop;

  private record Result(int exitCode, String out, String err) {}

  @BeforeAll
  static void install() throws Exception {
    Result unpacked =
        call("tar", "-xzf", RELEASE.resolve("lettershop-" + VERSION + ".tar.gz").toString());
    assertThat(unpacked.exitCode()).as(unpacked.err()).isZero();
    lettershop = folder.resolve("lettershop-" + VERSION).resolve("bin").resolve("lettershop");
    Files.createDirectory(folder.resolve("bin"));
    Files.createSymbolicLink(folder.resolve("bin").resolve("shop"), lettershop);
  }

  @Test
  void the_quickstart_sends_what_it_says() throws Exception {
    Result result = lettershop("quickstart", "--out", "shop-out", "-o", "json");

    assertThat(result.exitCode()).as(result.err()).isZero();
    String sent = result.out().replaceAll("(?s).*\"sent\" : (\\d+).*", "$1");
    try (Stream<Path> mails = Files.list(folder.resolve("shop-out").resolve("mails"))) {
      assertThat(mails.filter(mail -> mail.toString().endsWith(".eml")).count())
          .isEqualTo(Long.parseLong(sent))
          .isPositive();
    }
    assertThat(folder.resolve("shop-out/index.html")).exists();
  }

  @Test
  void an_export_becomes_mails_without_an_edit_by_hand() throws Exception {
    Files.writeString(
        folder.resolve("customers_export.csv"),
        """
        Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address City,Default Address Country Code,Total Spent,Total Orders,Tags
        '7001,Ada,Lovelace,ada@example.com,yes,Boston,US,120.50,3,"vip, local"
        '7002,Bob,Builder,bob@example.com,no,Rome,IT,0.00,0,
        '7003,Cy,Young,cy@example.com,yes,Rome,IT,0.00,0,
        """);

    Result init = lettershop("init", "customers_export.csv", "--out", "my-shop");
    assertThat(init.exitCode()).as(init.err()).isZero();
    Result lint = lettershop("lint", "-f", "my-shop", "--warnings-as-errors");
    assertThat(lint.exitCode()).as(lint.out()).isZero();
    Result preview = lettershop("preview", "-f", "my-shop", "--out", "my-shop/preview");
    assertThat(preview.exitCode()).as(preview.err()).isZero();
    freePorts(folder.resolve("my-shop"));
    Result run = lettershop("run", "-f", "my-shop", "campaign/first-mail", "--embedded");
    assertThat(run.exitCode()).as(run.err()).isZero();

    assertThat(run.out()).contains("2 mails arrived", "inbox/index.html");
    assertThat(folder.resolve("my-shop/.lettershop/local/inbox/index.html")).exists();
  }

  @Test
  void a_link_to_it_and_the_plugin_start_too() throws Exception {
    Result linked = call(folder.resolve("bin").resolve("shop").toString(), "--version");
    assertThat(linked.exitCode()).as(linked.err()).isZero();
    assertThat(linked.out()).contains("lettershop " + VERSION);

    Result plugin =
        call(lettershop.resolveSibling("kubectl-lettershop").toString(), "lint", "--help");
    assertThat(plugin.exitCode()).as(plugin.err()).isZero();
    assertThat(plugin.out()).contains("kubectl lettershop lint", "--context");
  }

  @Test
  void what_belongs_to_it_is_there() throws Exception {
    assertThat(RELEASE.resolve("lettershop-chart-" + VERSION + ".tgz")).exists();
    for (String file : List.of("crds.yaml", "install.yaml", "lettershop.schema.json")) {
      assertThat(RELEASE.resolve(file)).isNotEmptyFile();
    }
    assertThat(Files.readString(RELEASE.resolve("install.yaml")))
        .contains("kind: \"CustomResourceDefinition\"", "kind: Deployment");
    assertThat(Files.readString(RELEASE.resolve("RELEASE-NOTES.md"))).startsWith("## ");
    assertThat(Files.readString(RELEASE.resolve("PROVENANCE.md"))).doesNotContain("@version@");
    Path root = lettershop.getParent().getParent();
    assertThat(root.resolve("man/man1/lettershop.1")).content().startsWith(".TH LETTERSHOP 1");
    for (String shell : List.of("bash", "zsh", "fish")) {
      assertThat(root.resolve("completion/lettershop." + shell)).isNotEmptyFile();
    }
    Result chart =
        call("tar", "-tzf", RELEASE.resolve("lettershop-chart-" + VERSION + ".tgz").toString());
    assertThat(chart.out().lines())
        .contains(
            "lettershop/Chart.yaml",
            "lettershop/values.schema.json",
            "lettershop/files/crds/campaigns.lettershop.dev.yaml",
            "lettershop/files/schemas/lettershop.json",
            "lettershop/templates/deployment.yaml");
  }

  private static Result lettershop(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(lettershop.toString()));
    command.addAll(List.of(arguments));
    return call(command.toArray(String[]::new));
  }

  private static Result call(String... command) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "stdout", ".txt");
    Path err = Files.createTempFile(folder, "stderr", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("LETTERSHOP_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("LETTERSHOP_CACHE", folder.resolve("cache").toString());
    builder.environment().remove("KUBECONFIG");
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("not done after " + PATIENCE_SECONDS + " s: " + List.of(command));
    }
    return new Result(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  /** Ports that nobody else on this machine has at this moment. */
  private static void freePorts(Path project) throws IOException {
    Path local = Files.createDirectories(project.resolve(".lettershop").resolve("local"));
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Files.writeString(
          local.resolve("ports.json"),
          "{\"postgresql\": %d, \"smtp\": %d}".formatted(one.getLocalPort(), other.getLocalPort()));
    }
  }
}
