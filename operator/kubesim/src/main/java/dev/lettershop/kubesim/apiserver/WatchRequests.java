package dev.lettershop.kubesim.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.kubesim.apiserver.ObjectStore.Event;
import dev.lettershop.kubesim.apiserver.ObjectStore.Watch;
import dev.lettershop.kubesim.apiserver.object.ApiException;
import dev.lettershop.kubesim.apiserver.object.ResourceType;
import dev.lettershop.kubesim.apiserver.object.StoredObject;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** Answers watches: as one document for each change. */
final class WatchRequests {
  private final ApiHandler handler;
  private final ObjectStore store;
  private final Clock clock;

  WatchRequests(ApiHandler handler, ObjectStore store, Clock clock) {
    this.handler = handler;
    this.store = store;
    this.clock = clock;
  }

  /** A refusal, when the request is not one for a watch that there can be. */
  Optional<ApiResponse> refusal(ApiRequest request) {
    try {
      RequestPath path = RequestPath.parse(request.path()).orElseThrow(ApiException::noSuchPath);
      handler.wanted(request, path, handler.type(path));
      since(request);
      return Optional.empty();
    } catch (ApiException e) {
      return Optional.of(ApiResponse.of(e));
    }
  }

  /**
   * Begins a watch that is not refused.
   *
   * @param sink takes a document; must be quick
   */
  Watch begin(ApiRequest request, Consumer<Buffer> sink) {
    RequestPath path = RequestPath.parse(request.path()).orElseThrow();
    ResourceType type = handler.type(path);
    return store.watch(
        type,
        since(request),
        handler.wanted(request, path, type),
        event -> sink.accept(document(event.type(), bytes(request, type, event))));
  }

  /** What a watch is told that cannot go on. */
  static Buffer error(ApiException e) {
    return document("ERROR", StoredObject.bytes(e.status()));
  }

  private byte[] bytes(ApiRequest request, ResourceType type, Event event) {
    if (!request.wantsTable()) {
      return event.object().bytes();
    }
    JsonNode table = PrinterTable.of(type, event.object(), clock);
    return StoredObject.bytes(table);
  }

  private static Buffer document(String type, byte[] object) {
    return Buffer.buffer(object.length + 40)
        .appendBytes(("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.UTF_8))
        .appendBytes(object)
        .appendString("}\n");
  }

  private static Long since(ApiRequest request) {
    if (request.query().containsKey("sendInitialEvents")) {
      throw ApiException.badRequest("this API server does not stream lists");
    }
    String version = request.query().getOrDefault("resourceVersion", "");
    try {
      return version.isEmpty() || version.equals("0") ? null : Long.valueOf(version);
    } catch (NumberFormatException e) {
      throw ApiException.badRequest("invalid resource version: " + version);
    }
  }
}
