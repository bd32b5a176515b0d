package dev.lettershop.playground.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lettershop.cli.LettershopCommand;
import dev.lettershop.kubesim.Cluster;
import dev.lettershop.playground.realcluster.Repository;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CampaignDiffTest {
  private static final Path SHOP = Repository.ROOT.resolve("samples/gitops/apps/base");

  @TempDir Path folder;
  private Path changed;
  private Answer answer;

  private record Answer(int code, String out, String err) {
    JsonNode campaign() throws IOException {
      return new ObjectMapper().readTree(out).at("/campaigns/0");
    }
  }

  @BeforeEach
  void copy() throws IOException {
    changed = Files.createDirectory(folder.resolve("changed"));
    for (String file : new String[] {"shop.yaml", "campaign.yaml"}) {
      Files.copy(SHOP.resolve(file), changed.resolve(file));
    }
  }

  @Test
  void nothingChangesWhereNothingIsChanged() throws IOException {
    diff("--base", SHOP.toString());

    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.campaign().path("change").asText()).isEqualTo("Unchanged");
    assertThat(answer.campaign().path("planBefore")).isEqualTo(answer.campaign().path("planAfter"));
  }

  @Test
  void whatDiffersInThePlanIsNamed() throws IOException {
    replace("shop.yaml", "profile.orders > 3", "profile.orders > 5");
    replace("campaign.yaml", "Dear", "Hello");

    diff("--base", SHOP.toString());

    assertThat(answer.campaign().path("change").asText()).isEqualTo("Changed");
    assertThat(answer.campaign().path("fields"))
        .extracting(JsonNode::asText)
        .containsExactly("segments.regulars", "templates.monthly");
  }

  @Test
  void theTextsAreShownAsTheyWereAndAsTheyWouldBe() throws IOException {
    replace("campaign.yaml", "Dear", "Hello");

    diff("--base", SHOP.toString());

    JsonNode text = answer.campaign().at("/texts/0");
    assertThat(text.path("of").asText()).startsWith("template/monthly ");
    assertThat(text.path("before").asText()).contains("Dear");
    assertThat(text.path("after").asText()).contains("Hello").doesNotContain("Dear");
  }

  @Test
  void anotherScheduleIsAnotherNextRun() throws IOException {
    replace("campaign.yaml", "0 9 1 * *", "0 10 1 * *");

    diff("--base", SHOP.toString());

    assertThat(answer.campaign().path("change").asText()).isEqualTo("Changed");
    assertThat(answer.campaign().path("fields")).isEmpty();
    assertThat(answer.campaign().path("nextRunAfter"))
        .isNotEqualTo(answer.campaign().path("nextRunBefore"));
  }

  @Test
  void aCampaignThatWouldNoLongerCompileIsAFinding() throws IOException {
    replace("shop.yaml", "profile.orders > 3", "profile.ordres > 3");

    diff("--base", SHOP.toString());

    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.campaign().path("change").asText()).isEqualTo("Broken");
    assertThat(answer.campaign().path("errors").toString()).contains("ordres");
  }

  @Test
  void newAndRemovedCampaignsAreTold() throws IOException {
    replace(
        "campaign.yaml",
        "kind: Campaign\nmetadata:\n  name: monthly",
        "kind: Campaign\nmetadata:\n  name: weekly");

    diffAsText("--base", SHOP.toString());

    assertThat(answer.out()).contains("removed    campaign/monthly", "new        campaign/weekly");
  }

  @Test
  void aClusterIsComparedByItsContext() throws IOException {
    try (Cluster cluster = Cluster.builder().namespaces("shop").start()) {
      for (String file : new String[] {"shop.yaml", "campaign.yaml"}) {
        for (JsonNode resource : Repository.documents(SHOP.resolve(file))) {
          cluster
              .server()
              .client()
              .resource(
                  Serialization.unmarshal(
                      resource.toString(),
                      io.fabric8.kubernetes.api.model.GenericKubernetesResource.class))
              .inNamespace("shop")
              .create();
        }
      }
      Path kubeconfig = cluster.server().kubeconfig(folder.resolve("kubeconfig"));
      String context =
          Serialization.unmarshal(Files.readString(kubeconfig), Map.class)
              .get("current-context")
              .toString();

      diff("--kubeconfig", kubeconfig.toString(), "--context", context, "-n", "shop");
      assertThat(answer.code()).as(answer.err()).isZero();
      assertThat(answer.campaign().path("change").asText()).as(answer.out()).isEqualTo("Unchanged");

      replace("campaign.yaml", "Dear", "Hello");
      diff("--kubeconfig", kubeconfig.toString(), "--context", context, "-n", "shop");
      assertThat(answer.campaign().path("fields").toString()).isEqualTo("[\"templates.monthly\"]");

      diff("--kubeconfig", kubeconfig.toString(), "--context", "nowhere", "-n", "shop");
      assertThat(answer.code()).isEqualTo(2);
      assertThat(answer.err()).contains("nowhere");
    }
  }

  private void replace(String file, String what, String by) throws IOException {
    String text = Files.readString(changed.resolve(file));
    assertThat(text).contains(what);
    Files.writeString(changed.resolve(file), text.replace(what, by));
  }

  private void diff(String... arguments) {
    run("json", arguments);
  }

  private void diffAsText(String... arguments) {
    run("text", arguments);
  }

  private void run(String format, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        LettershopCommand.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 5];
    System.arraycopy(new String[] {"diff", "-f", changed.toString(), "-o", format}, 0, all, 0, 5);
    System.arraycopy(arguments, 0, all, 5, arguments.length);
    answer = new Answer(commandLine.execute(all), out.toString(), err.toString());
  }
}
