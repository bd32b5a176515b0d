package dev.lettershop.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.model.ModelRun;
import dev.lettershop.cli.PodCommand;
import dev.lettershop.cli.TestShop;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model that a server of its own says, scored as its Pod scores it. */
class RemoteModelTest {
  private static final String VALUE = "98765";

  @TempDir static Path scratch;

  private static ModelServerStub server;
  private static TestShop shop;
  private static PodCommand pod;

  @BeforeAll
  static void open() throws Exception {
    server = new ModelServerStub();
    shop = new TestShop(scratch, 1, 10);
    shop.edit(
            "  - name: viewed\n    properties: []",
            "  - name: ordered\n    properties: [{name: total, type: Double}]")
        .add(
            """
            apiVersion: lettershop.dev/v1alpha1
            kind: Model
            metadata: {name: leaves, namespace: shop}
            spec:
              features:
              - {name: spent, value: 'events("ordered").map(e, e.total).max()'}
              - {name: orders, value: events("ordered").size()}
              remote:
                protocol: OpenInference
                url: http://localhost:%d/models
                model: leaves
                output: predict_proba
                column: 1
                batch: 4
                timeout: 1s
                fallback: KeepLast
                maxAge: 7d
                auth: {type: Bearer, credentialsSecretRef: {name: server}}
                allowPrivateAddresses: true
            """
                .formatted(server.port()))
        .writePlans();
    shop.secret("server", Map.of("token", "open-sesame"));
    pod = new PodCommand(shop, null, scratch);
    assertThat(pod.call("sync").exitCode()).isZero();
    // All but the last have ordered; of one who has not, nothing is known that could be sent.
    shop.execute(
        "insert into event (profile_id, name, occurred_at, id, properties)"
            + " select id, 'ordered', now() - interval '1 day', id::text, '{\"total\": "
            + VALUE
            + ".5}' from profile where id < (select max(id) from profile)");
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @BeforeEach
  void nothingIsScored() throws Exception {
    server.mood = ModelServerStub.Mood.Well;
    server.requests.clear();
    shop.execute("truncate model_output, model_scored");
  }

  private interface Work {
    void run() throws Exception;
  }

  /** Does something with another text in the Model. */
  private static void with(String from, String to, Work work) throws Exception {
    shop.edit(from, to).writePlans();
    try {
      work.run();
    } finally {
      shop.edit(to, from).writePlans();
    }
  }

  private List<String> scores() throws Exception {
    return List.of(
        shop.query("select coalesce(string_agg(distinct score::text, ','), '') from model_output"),
        shop.query("select count(*) from model_output where model = 'shop/leaves'"));
  }

  @Test
  void everybodyIsScoredInBatchesAndOnlyFeaturesLeave() throws Exception {
    ModelRun run = score();

    assertThat(scores()).containsExactly("0.25", "9");
    assertThat(run.scored()).isEqualTo(9);
    assertThat(run.unanswered()).isZero();
    assertThat(run.algorithm()).isEqualTo("OpenInference");
    assertThat(server.requests).hasSize(3);
    assertThat(server.requests)
        .allSatisfy(
            request ->
                assertThat(request)
                    .startsWith("/models/v2/models/leaves/infer ")
                    .contains("Bearer open-sesame", "98765.5,1.0")
                    .doesNotContain("zebulon", "Zebulon", "Boston", "New York"));

    assertThat(score().changed()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "Slow, TimedOut",
    "Redirecting, Redirected",
    "Html, NotJson",
    "NaN, NotANumber",
    "WrongLength, WrongLength",
    "TooManyRequests, TooManyRequests",
    "Echoing, Refused",
  })
  void aServerAtFaultLeavesTheLastScoresAndSaysWhy(ModelServerStub.Mood mood, String fault)
      throws Exception {
    shop.execute(
        "insert into model_output (profile_id, model, score) select id, 'shop/leaves', 0.125"
            + " from profile where id <= 2");
    server.mood = mood;
    with("batch: 4", "batch: 10", () -> leavesScoresAndSays(fault));
  }

  private void leavesScoresAndSays(String fault) throws Exception {
    PodCommand.Result result = pod.call("score");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.message().model().fault()).isEqualTo(fault);
    assertThat(result.message().model().unanswered()).isEqualTo(9);
    assertThat(result.message().model().faultMessage()).isNotEmpty();
    assertThat(scores()).containsExactly("0.125", "2");
    assertThat(result.all()).doesNotContain(VALUE, "open-sesame", "zebulon");
  }

  @Test
  void aServerThatIsDownIsOneThatCannotBeReached() throws Exception {
    ModelServerStub down = new ModelServerStub();
    down.close();
    with(
        "localhost:" + server.port(),
        "localhost:" + down.port(),
        () -> assertThat(score().fault()).isEqualTo("Unreachable"));
  }

  @Test
  void scoresAreKeptUntilTheyAreTooOld() throws Exception {
    assertThat(score().scored()).isEqualTo(9);
    server.mood = ModelServerStub.Mood.Html;

    assertThat(score().changed()).isZero();
    // Since they changed, or since all were scored, whichever is later.
    shop.execute("update model_output set computed_at = now() - interval '8 days'");
    assertThat(score().scored()).isEqualTo(9);
    shop.execute("update model_scored set complete_at = now() - interval '8 days'");
    assertThat(score().scored()).isZero();
  }

  @Test
  void failKeepsScoresAndFails() throws Exception {
    assertThat(score().scored()).isEqualTo(9);
    server.mood = ModelServerStub.Mood.Html;

    with(
        "fallback: KeepLast",
        "fallback: Fail",
        () -> {
          PodCommand.Result failed = pod.call("score");
          assertThat(failed.exitCode()).isEqualTo(1);
          assertThat(failed.message().reason()).isEqualTo("NotJson");
          assertThat(failed.message().message())
              .isEqualTo(
                  "Model leaves was not scored: the answer is not JSON; all scores are as they were");
        });
    assertThat(scores()).containsExactly("0.25", "9");
  }

  @Test
  void unknownTakesScoresAway() throws Exception {
    assertThat(score().scored()).isEqualTo(9);
    server.mood = ModelServerStub.Mood.Html;

    with("fallback: KeepLast", "fallback: Unknown", () -> assertThat(score().scored()).isZero());
    assertThat(scores()).containsExactly("", "0");
  }

  @Test
  void anAddressInTheClusterHasToBeAllowed() throws Exception {
    with(
        "allowPrivateAddresses: true",
        "allowPrivateAddresses: false",
        () -> {
          PodCommand.Result result = pod.call("score");
          assertThat(result.exitCode()).isEqualTo(2);
          assertThat(result.message().message())
              .contains("Model/leaves spec.remote.url", "spec.remote.allowPrivateAddresses: true");
        });
    assertThat(server.requests).isEmpty();
  }

  private static ModelRun score() throws Exception {
    PodCommand.Result result = pod.call("score");
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.message().model();
  }
}
