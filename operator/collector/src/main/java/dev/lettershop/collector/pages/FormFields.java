package dev.lettershop.collector.pages;

import dev.lettershop.collector.http.Request;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.ErrorDataDecoderException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.TooLongFormFieldException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.TooManyFormFieldsException;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Fields of a form, as {@code application/x-www-form-urlencoded} or {@code multipart/form-data}.
 */
final class FormFields {
  private static final int MOST = 100;
  private static final String MULTIPART = "multipart/form-data";

  private final Map<String, List<String>> values;

  private FormFields(Map<String, List<String>> values) {
    this.values = values;
  }

  /** Reads the body; what is not a form has no fields. */
  static FormFields of(Request request) {
    if (request.body().length == 0) {
      return new FormFields(Map.of());
    }
    String type = request.header("content-type");
    boolean multipart = type != null && type.strip().toLowerCase(Locale.ROOT).startsWith(MULTIPART);
    FullHttpRequest whole =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(request.body()));
    whole
        .headers()
        .set(
            HttpHeaderNames.CONTENT_TYPE,
            multipart ? type.strip() : "application/x-www-form-urlencoded");
    HttpPostRequestDecoder decoder = null;
    try {
      decoder =
          new HttpPostRequestDecoder(
              new DefaultHttpDataFactory(false),
              whole,
              StandardCharsets.UTF_8,
              MOST,
              request.body().length + 1);
      return new FormFields(read(decoder));
    } catch (ErrorDataDecoderException
        | TooManyFormFieldsException
        | TooLongFormFieldException notAForm) {
      return new FormFields(Map.of());
    } finally {
      if (decoder != null) {
        decoder.destroy();
      }
    }
  }

  private static Map<String, List<String>> read(HttpPostRequestDecoder decoder) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (InterfaceHttpData data : decoder.getBodyHttpDatas()) {
      if (data instanceof Attribute attribute) {
        try {
          values
              .computeIfAbsent(attribute.getName(), name -> new ArrayList<>())
              .add(attribute.getValue());
        } catch (IOException e) {
          throw new UncheckedIOException("A field in memory cannot be read", e);
        }
      }
    }
    return values;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** The first value; empty without one. */
  String first(String name) {
    List<String> all = values.get(name);
    return all == null ? "" : all.get(0);
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }
}
