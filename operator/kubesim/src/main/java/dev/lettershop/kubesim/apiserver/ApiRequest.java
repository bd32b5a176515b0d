package dev.lettershop.kubesim.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.kubesim.apiserver.object.ApiException;
import dev.lettershop.kubesim.apiserver.object.StoredObject;
import java.io.IOException;
import java.util.Map;

/**
 * What somebody asks for.
 *
 * @param method such as {@code GET}
 * @param path decoded, without the query
 * @param query decoded
 * @param accept the header, or empty
 * @param contentType the header, or empty
 * @param agent who asks, as the header {@code User-Agent} says
 */
record ApiRequest(
    String method,
    String path,
    Map<String, String> query,
    String accept,
    String contentType,
    String agent,
    byte[] body) {

  /** Whether the answer is to be a stream of changes. */
  boolean isWatch() {
    String watch = query.getOrDefault("watch", "false");
    return method.equals("GET") && (watch.equals("true") || watch.equals("1"));
  }

  boolean wantsTable() {
    return accept.contains("as=Table");
  }

  boolean isDryRun() {
    return "All".equals(query.get("dryRun"));
  }

  /** What is done, in the words of access control. */
  String verb(boolean collection) {
    return switch (method) {
      case "GET" -> isWatch() ? "watch" : collection ? "list" : "get";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> collection ? "deletecollection" : "delete";
      default -> "other";
    };
  }

  /**
   * The body as JSON.
   *
   * @throws ApiException when it is none
   */
  JsonNode json() {
    if (body.length == 0) {
      return StoredObject.JSON.createObjectNode();
    }
    if (contentType.contains("protobuf")) {
      throw ApiException.unsupported(
          "this API server reads JSON only: with kubectl create, add --dry-run=client -o yaml and"
              + " pipe that into kubectl create -f -");
    }
    try {
      return StoredObject.JSON.readTree(body);
    } catch (IOException e) {
      throw ApiException.badRequest("the body of the request is not JSON");
    }
  }
}
