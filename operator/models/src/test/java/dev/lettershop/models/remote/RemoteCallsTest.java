package dev.lettershop.models.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.model.RemoteModel;
import dev.lettershop.api.v1alpha1.model.RemoteProtocol;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteCallsTest {
  private static final float[][] TWO = {{1.5f, 2}, {3, 4}};

  private final List<String> requests = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final Deque<ModelServer.Reply> replies = new ArrayDeque<>();

  private static RemoteModel remote(
      RemoteProtocol protocol, String version, String input, String output, Integer column) {
    return new RemoteModel(
        protocol,
        "http://models.example",
        "churn",
        version,
        input,
        output,
        column,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static RemoteShape shape(RemoteModel remote) {
    return new RemoteShape(remote, List.of("recency", "orders"));
  }

  private RemoteCalls calls(RemoteModel remote) {
    return new RemoteCalls(
        (path, json) -> {
          requests.add(path + " " + new String(json, StandardCharsets.UTF_8));
          ModelServer.Reply reply = replies.size() > 1 ? replies.remove() : replies.peek();
          if (reply.status() == 0) {
            throw new IOException("connection reset");
          }
          if (reply.status() == 1) {
            throw new SocketTimeoutException();
          }
          return reply;
        },
        shape(remote),
        pauses::add);
  }

  private void reply(int status, String body) {
    replies.add(new ModelServer.Reply(status, body.getBytes(StandardCharsets.UTF_8), null));
  }

  private static final RemoteModel OPEN =
      remote(RemoteProtocol.OpenInference, null, null, "predict_proba", 1);

  @Test
  void openInferenceIsAskedForATensorAndAnswersWithOne() throws Exception {
    reply(
        200,
        """
        {"model_name": "churn", "id": "1", "outputs": [
          {"name": "predict", "shape": [2], "datatype": "INT64", "data": [0, 1]},
          {"name": "predict_proba", "shape": [2, 2], "datatype": "FP64", "data": [0.9, 0.1, 0.2, 0.8]}]}
        """);

    assertThat(calls(OPEN).ask(TWO)).containsExactly(0.1, 0.8);
    assertThat(requests)
        .containsExactly(
            "/v2/models/churn/infer {\"inputs\":[{\"name\":\"x\",\"shape\":[2,2],\"datatype\":\"FP64\","
                + "\"data\":[1.5,2.0,3.0,4.0]}],\"outputs\":[{\"name\":\"predict_proba\"}]}");
  }

  @Test
  void mlflowIsAskedByNamesAndTakesWhatIsUnknown() throws Exception {
    reply(200, "{\"predictions\": [[0.9, 0.1], [0.2, 0.8]]}");

    assertThat(
            calls(remote(RemoteProtocol.MLflow, null, null, null, 1))
                .ask(new float[][] {{1, Float.NaN}, {3, 4}}))
        .containsExactly(0.1, 0.8);
    assertThat(requests)
        .containsExactly(
            "/invocations {\"dataframe_split\":{\"columns\":[\"recency\",\"orders\"],"
                + "\"data\":[[1.0,null],[3.0,4.0]]}}");
  }

  @Test
  void tensorflowServingIsAskedForRowsOfAVersionAndASignature() throws Exception {
    reply(200, "{\"predictions\": [0.25, NaN]}");
    RemoteCalls calls =
        calls(remote(RemoteProtocol.TensorFlowServing, "3", "serving_default", null, 0));

    assertThat(calls.ask(TWO)).containsExactly(0.25, Double.NaN);
    assertThat(requests)
        .containsExactly(
            "/v1/models/churn/versions/3:predict {\"signature_name\":\"serving_default\","
                + "\"instances\":[[1.5,2.0],[3.0,4.0]]}");
    assertThat(calls.unanswered().people()).isEqualTo(1);
    assertThat(calls.unanswered().kind()).isEqualTo(RemoteFault.Kind.NotANumber);
  }

  @Test
  void torchserveAnswersInAnEnvelope() throws Exception {
    reply(200, "{\"predictions\": [0.25, 0.5]}");

    assertThat(calls(remote(RemoteProtocol.TorchServe, "2.0", null, null, 0)).ask(TWO))
        .containsExactly(0.25, 0.5);
    assertThat(requests)
        .containsExactly("/predictions/churn/2.0 {\"instances\":[[1.5,2.0],[3.0,4.0]]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | '' | Unreachable | 3",
        "1 | '' | TimedOut | 3",
        "302 | '' | Redirected | 1",
        "429 | '' | TooManyRequests | 3",
        "503 | '' | ServerError | 3",
        "200 | <html>17.5</html> | NotJson | 1",
        "200 | {\"answer\": 17.5} | WrongShape | 1",
        "200 | {\"outputs\": [{\"name\": \"predict_proba\", \"shape\": [1, 2], \"data\": [17.5, 1]}]} | WrongLength | 1",
        "200 | {\"outputs\": [{\"name\": \"predict_proba\", \"shape\": [2, 2], \"data\": [17.5, 1, 2]}]} | WrongLength | 1",
        "200 | {\"outputs\": [{\"name\": \"predict_proba\", \"shape\": [2, 1], \"data\": [17.5, 1]}]} | WrongShape | 1",
        "200 | {\"outputs\": [{\"name\": \"predict_proba\", \"shape\": [2, 2], \"data\": [1, NaN, 1, Infinity]}]} | NotANumber | 1",
        "200 | {\"outputs\": [{\"name\": \"predict_proba\", \"shape\": [2, 2], \"data\": [1, \"17.5\", 1, null]}]} | NotANumber | 1",
      })
  void whateverIsWrongHasANameAndRepeatsNoValue(
      int status, String body, RemoteFault.Kind kind, int tries) throws Exception {
    reply(status, body);
    RemoteCalls calls = calls(OPEN);

    assertThat(calls.ask(TWO)).containsExactly(Double.NaN, Double.NaN);
    assertThat(calls.unanswered().kind()).isEqualTo(kind);
    assertThat(calls.unanswered().people()).isEqualTo(2);
    assertThat(calls.unanswered().message()).isNotEmpty().doesNotContain("17.5");
    // What is refused as a whole is tried in halves, which here are two people.
    assertThat(requests).hasSize(kind == RemoteFault.Kind.ServerError ? 3 * tries : tries);
  }

  @Test
  void aBatchThatIsRefusedIsAskedAboutInHalves() throws Exception {
    reply(400, "{\"error_code\": \"BAD\", \"message\": \"1.5 is too much\"}");
    reply(400, "");
    reply(
        200,
        "{\"outputs\": [{\"name\": \"predict_proba\", \"shape\": [1, 2], \"data\": [0.2, 0.8]}]}");
    RemoteCalls calls = calls(OPEN);

    assertThat(calls.ask(TWO)).containsExactly(Double.NaN, 0.8);
    assertThat(requests).hasSize(3);
    assertThat(calls.unanswered().people()).isEqualTo(1);
    assertThat(calls.unanswered().message()).isEqualTo("the server answers 400");
  }

  @Test
  void whoWantsToBeLeftAloneIsAskedAgainAfterThat() throws Exception {
    replies.add(new ModelServer.Reply(429, new byte[0], Duration.ofSeconds(7)));
    reply(503, "");
    reply(
        200,
        "{\"outputs\": [{\"name\": \"predict_proba\", \"shape\": [2, 2], \"data\": [0.9, 0.1, 0.2, 0.8]}]}");

    assertThat(calls(OPEN).ask(TWO)).containsExactly(0.1, 0.8);
    assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(1));
  }

  @Test
  void aServerThatWantsALongRestIsNotWaitedFor() throws Exception {
    replies.add(new ModelServer.Reply(429, new byte[0], Duration.ofHours(1)));

    assertThat(calls(OPEN).ask(TWO)).containsOnly(Double.NaN);
    assertThat(pauses).isEmpty();
  }

  @Test
  void afterThreeBatchesInVainNobodyIsAskedAboutAnyMore() throws Exception {
    reply(0, "");
    RemoteCalls calls = calls(OPEN);
    for (int i = 0; i < 10; i++) {
      assertThat(calls.ask(TWO)).containsOnly(Double.NaN);
    }

    assertThat(requests).hasSize(9);
    assertThat(calls.unanswered().people()).isEqualTo(20);
    assertThat(calls.unanswered().kind()).isEqualTo(RemoteFault.Kind.Unreachable);
  }
}
