package dev.lettershop.kubesim.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.kubesim.apiserver.object.ApiException;
import dev.lettershop.kubesim.apiserver.object.ResourceType;
import dev.lettershop.kubesim.apiserver.object.StoredObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** An answer. */
record ApiResponse(int code, String contentType, byte[] body) {
  private static final String JSON = "application/json";

  static ApiResponse json(int code, JsonNode body) {
    return new ApiResponse(code, JSON, StoredObject.bytes(body));
  }

  static ApiResponse object(int code, StoredObject object) {
    return new ApiResponse(code, JSON, object.bytes());
  }

  static ApiResponse text(String text) {
    return new ApiResponse(200, "text/plain", text.getBytes(StandardCharsets.UTF_8));
  }

  static ApiResponse of(ApiException e) {
    return json(e.code(), e.status());
  }

  /** Puts the objects together as they are, without reading them again. */
  static ApiResponse list(ResourceType type, ObjectStore.Listing listing) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String head =
        "{\"kind\":\"%sList\",\"apiVersion\":\"%s\",\"metadata\":{\"resourceVersion\":\"%d\"},"
            .formatted(type.kind(), type.apiVersion(), listing.version());
    out.writeBytes((head + "\"items\":[").getBytes(StandardCharsets.UTF_8));
    boolean first = true;
    for (StoredObject object : listing.objects()) {
      if (!first) {
        out.write(',');
      }
      out.writeBytes(object.bytes());
      first = false;
    }
    out.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
    return new ApiResponse(200, JSON, out.toByteArray());
  }
}
