package dev.lettershop.models.remote;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.api.v1alpha1.model.RemoteModel;
import dev.lettershop.api.v1alpha1.model.RemoteProtocol;
import dev.lettershop.encoding.JsonMappers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What is sent and what answers mean, in the words of one protocol. Only the numbers of the
 * features leave. Thread-safe.
 */
public final class RemoteShape {
  private static final int MOST_NUMBERS_OF_A_ROW = 1001;

  /** TensorFlow Serving writes NaN and Infinity as they are. */
  private static final JsonMapper MAPPER =
      JsonMappers.PLAIN.rebuild().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private final RemoteModel remote;
  private final List<String> features;

  /**
   * @param features their names, in the order of the numbers
   */
  public RemoteShape(RemoteModel remote, List<String> features) {
    this.remote = remote;
    this.features = List.copyOf(features);
  }

  /** Whether a feature that is unknown can be sent. */
  public boolean takesUnknown() {
    return remote.protocol() == RemoteProtocol.MLflow;
  }

  /** From the server's root. */
  String path() {
    String version = remote.version();
    return switch (remote.protocol()) {
      case OpenInference ->
          "/v2/models/"
              + remote.model()
              + (version == null ? "" : "/versions/" + version)
              + "/infer";
      case MLflow -> "/invocations";
      case TensorFlowServing ->
          "/v1/models/"
              + remote.model()
              + (version == null ? "" : "/versions/" + version)
              + ":predict";
      case TorchServe -> "/predictions/" + remote.model() + (version == null ? "" : "/" + version);
    };
  }

  /** A request about people. */
  byte[] request(float[][] people) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(people.length * features.size() * 8);
    try (var json = MAPPER.createGenerator(bytes)) {
      json.writeStartObject();
      switch (remote.protocol()) {
        case OpenInference -> openInference(json, people);
        case MLflow -> {
          json.writeObjectFieldStart("dataframe_split");
          json.writeArrayFieldStart("columns");
          for (String feature : features) {
            json.writeString(feature);
          }
          json.writeEndArray();
          rows(json, "data", people);
          json.writeEndObject();
        }
        case TensorFlowServing -> {
          if (remote.input() != null) {
            json.writeStringField("signature_name", remote.input());
          }
          rows(json, "instances", people);
        }
        case TorchServe -> rows(json, "instances", people);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Numbers must serialise", e);
    }
    return bytes.toByteArray();
  }

  private void openInference(JsonGenerator json, float[][] people) throws IOException {
    json.writeArrayFieldStart("inputs");
    json.writeStartObject();
    json.writeStringField("name", remote.input() == null ? "x" : remote.input());
    json.writeArrayFieldStart("shape");
    json.writeNumber(people.length);
    json.writeNumber(features.size());
    json.writeEndArray();
    json.writeStringField("datatype", "FP64");
    json.writeArrayFieldStart("data");
    for (float[] person : people) {
      for (float number : person) {
        json.writeNumber(number);
      }
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    if (remote.output() != null) {
      json.writeArrayFieldStart("outputs");
      json.writeStartObject();
      json.writeStringField("name", remote.output());
      json.writeEndObject();
      json.writeEndArray();
    }
  }

  private static void rows(JsonGenerator json, String field, float[][] people) throws IOException {
    json.writeArrayFieldStart(field);
    for (float[] person : people) {
      json.writeStartArray();
      for (float number : person) {
        if (Float.isNaN(number)) {
          json.writeNull();
        } else {
          json.writeNumber(number);
        }
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /**
   * What an answer says of each person; NaN where that is not a number.
   *
   * @throws RemoteFault when it is not an answer about so many people
   */
  double[] answer(byte[] body, int people) throws RemoteFault {
    JsonNode root;
    try {
      root = MAPPER.readTree(body);
    } catch (IOException e) {
      throw new RemoteFault(RemoteFault.Kind.NotJson, "the answer is not JSON");
    }
    return switch (remote.protocol()) {
      case OpenInference -> ofTensor(output(root), people);
      case MLflow, TensorFlowServing -> ofRows(root.path("predictions"), people);
      case TorchServe ->
          ofRows(
              root.at(
                  JsonPointer.compile(
                      remote.pointer() == null ? "/predictions" : remote.pointer())),
              people);
    };
  }

  private JsonNode output(JsonNode root) throws RemoteFault {
    for (JsonNode output : root.path("outputs")) {
      if (remote.output() == null || remote.output().equals(output.path("name").asText())) {
        return output;
      }
    }
    throw shape(
        "the answer has no output"
            + (remote.output() == null ? "" : " \"" + remote.output() + "\""));
  }

  /** Flat, row after row, or nested. */
  private double[] ofTensor(JsonNode output, int people) throws RemoteFault {
    JsonNode shape = output.path("shape");
    JsonNode data = output.path("data");
    if (!shape.isArray() || shape.isEmpty() || !data.isArray()) {
      throw shape("the output has no shape, or no data");
    }
    if (shape.path(0).asLong() != people) {
      throw length();
    }
    if (data.path(0).isArray()) {
      return ofRows(data, people);
    }
    int each = people == 0 ? 0 : data.size() / people;
    if (each == 0 || each * people != data.size()) {
      throw length();
    }
    column(each);
    double[] scores = new double[people];
    for (int i = 0; i < people; i++) {
      scores[i] = number(data.get(i * each + remote.column()));
    }
    return scores;
  }

  private double[] ofRows(JsonNode rows, int people) throws RemoteFault {
    if (!rows.isArray()) {
      throw shape("the answer has no list of predictions");
    }
    if (rows.size() != people) {
      throw length();
    }
    double[] scores = new double[people];
    for (int i = 0; i < people; i++) {
      JsonNode row = rows.get(i);
      if (row.isArray()) {
        column(row.size());
        scores[i] = number(row.get(remote.column()));
      } else {
        column(1);
        scores[i] = number(row);
      }
    }
    return scores;
  }

  private void column(int each) throws RemoteFault {
    if (remote.column() >= each || each > MOST_NUMBERS_OF_A_ROW) {
      throw shape(
          "the answer has "
              + each
              + " numbers for a person, and spec.remote.column is "
              + remote.column());
    }
  }

  private static double number(JsonNode node) {
    double number = node.isNumber() ? node.asDouble() : Double.NaN;
    return Double.isFinite(number) ? number : Double.NaN;
  }

  private static RemoteFault shape(String message) {
    return new RemoteFault(RemoteFault.Kind.WrongShape, message);
  }

  private static RemoteFault length() {
    return new RemoteFault(
        RemoteFault.Kind.WrongLength,
        "the answer is about another number of people than was asked");
  }
}
