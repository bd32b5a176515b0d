package dev.lettershop.playground.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.kubesim.Cluster;
import dev.lettershop.playground.Main;
import dev.lettershop.playground.realcluster.Repository;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as kubectl calls them, on what a cluster holds. */
class KubectlPluginTest {
  @TempDir private static Path folder;
  private static Cluster cluster;
  private static String kubeconfig;

  private record Answer(int code, String out, String err) {}

  @BeforeAll
  static void fill() throws Exception {
    cluster = Cluster.builder().namespaces("shop").start();
    kubeconfig = folder.resolve("kubeconfig").toString();
    cluster.server().kubeconfig(Path.of(kubeconfig));
    KubernetesClient client = cluster.client();
    for (String file : List.of("shop.yaml", "campaign.yaml")) {
      Path sample = Repository.ROOT.resolve("samples/gitops/apps/base").resolve(file);
      client.load(Files.newInputStream(sample)).inNamespace("shop").create();
    }
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static Answer call(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--kubeconfig=" + kubeconfig);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        KubectlPlugin.of(Main.commandLine(Clock.systemUTC()))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    return new Answer(code, out.toString(), err.toString());
  }

  @Test
  void lint_looks_at_the_resources_of_the_namespace() {
    Answer shop = call("lint", "-n", "shop");
    assertThat(shop.code()).as(shop.out() + shop.err()).isZero();
    assertThat(shop.out()).containsPattern("[1-9][0-9]* resources: nothing to report");

    assertThat(call("lint", "-n", "default").out()).contains("0 resources");
  }

  @Test
  void a_plan_is_that_of_the_cluster() {
    Answer plan = call("plan", "campaign/monthly", "-n", "shop");

    assertThat(plan.code()).as(plan.out() + plan.err()).isZero();
    assertThat(plan.out()).contains("campaign/monthly  sha256:", "template/monthly");
  }

  @Test
  void where_data_are_kept_a_folder_is_needed() {
    assertThat(call("segment", "count", "segment/regulars", "-n", "shop", "--embedded").err())
        .contains("folder of -f");
  }
}
