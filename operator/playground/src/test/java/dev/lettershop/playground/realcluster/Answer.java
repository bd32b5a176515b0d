package dev.lettershop.playground.realcluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;

/** What the API server answered. */
record Answer(int code, String body) {
  boolean ok() {
    return code / 100 == 2;
  }

  JsonNode json() {
    return Serialization.unmarshal(body, JsonNode.class);
  }

  /** The sentence of a refusal. */
  String message() {
    return json().path("message").asText();
  }
}
