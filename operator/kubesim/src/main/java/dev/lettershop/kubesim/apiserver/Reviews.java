package dev.lettershop.kubesim.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.kubesim.apiserver.object.ApiException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Questions about rights, all answered with yes, and tokens, which nobody checks. */
final class Reviews {
  private static final String PATH = "/apis/authorization.k8s.io/v1/";
  private static final Duration VALID = Duration.ofHours(1);

  private final Clock clock;

  Reviews(Clock clock) {
    this.clock = clock;
  }

  Optional<ApiResponse> answer(ApiRequest request) {
    if (!request.method().equals("POST") || !request.path().startsWith(PATH)) {
      return Optional.empty();
    }
    ObjectNode review = (ObjectNode) request.json();
    switch (request.path().substring(PATH.length())) {
      case "selfsubjectaccessreviews" -> review.withObject("/status").put("allowed", true);
      case "selfsubjectrulesreviews" -> {
        ObjectNode status = review.withObject("/status").put("incomplete", false);
        ObjectNode rule = status.putArray("resourceRules").addObject();
        for (String all : List.of("verbs", "apiGroups", "resources")) {
          rule.putArray(all).add("*");
        }
        status.putArray("nonResourceRules");
      }
      default -> throw ApiException.noSuchPath();
    }
    return Optional.of(ApiResponse.json(201, review));
  }

  /** A token of a service account; anything goes, so it only says what it is. */
  ObjectNode token(ObjectNode request, Instant now) {
    long seconds = request.at("/spec/expirationSeconds").asLong(VALID.toSeconds());
    request
        .withObject("/status")
        .put("token", "playground-" + clock.millis())
        .put("expirationTimestamp", now.plusSeconds(seconds).toString());
    return request;
  }
}
