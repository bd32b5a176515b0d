package dev.lettershop.source.connect.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.api.v1alpha1.source.HttpSource;
import dev.lettershop.source.connect.Column;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.connect.JsonRecords;
import dev.lettershop.source.connect.Pull;
import dev.lettershop.source.connect.PulledRecord;
import dev.lettershop.source.connect.SourceProgress;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The records of one reading, page by page; one page is in memory at a time. */
final class HttpPull implements Pull {
  private static final Set<Integer> FORGOTTEN = Set.of(400, 404, 410, 422);

  private final HttpSource source;
  private final Exchange exchange;
  private final Authorization authorization;
  private final Pages pages;
  private final String since;
  private final URI again;
  private String watermark;
  private URI present;
  private URI next;
  private JsonNode items;
  private int at;
  private int page;

  /**
   * @param from where reading ended, or null for the start
   */
  HttpPull(
      HttpSource source, URI url, Exchange exchange, Authorization authorization, HttpPosition from)
      throws ConnectorException {
    this.source = source;
    this.exchange = exchange;
    this.authorization = authorization;
    this.pages = new Pages(source.paging());
    this.watermark = from == null ? null : from.watermark();
    if (from != null && from.next() != null) {
      URI going = Urls.checked("spec.http.url", from.next());
      this.since = from.since();
      this.again = pages.first(since(url));
      this.next = Urls.sameOrigin(url, going) ? going : again;
    } else {
      this.again = null;
      this.since = watermark != null ? watermark : source.initialSince();
      this.next = pages.first(since(url));
    }
  }

  private URI since(URI url) {
    boolean asked = source.sinceParameter() != null && since != null;
    return asked ? Urls.with(url, source.sinceParameter(), since) : url;
  }

  @Override
  public PulledRecord next() throws ConnectorException {
    while (items == null || at >= items.size()) {
      if (next == null) {
        items = null;
        present = null;
        return null;
      }
      fetch();
    }
    JsonNode item = items.get(at++);
    String place = "page " + page + " record " + at;
    if (!item.isObject()) {
      return PulledRecord.broken(place, "is not a JSON object", item.toString());
    }
    if (source.watermarkPath() != null) {
      raise(item.at(source.watermarkPath()));
    }
    return PulledRecord.of(place, JsonRecords.fields(item));
  }

  private void fetch() throws ConnectorException {
    present = next;
    page++;
    Answer answer = get();
    JsonNode body;
    try {
      body = JsonRecords.read(answer.body());
    } catch (IOException e) {
      // Its message would quote the answer.
      throw ConnectorException.misconfigured(
          "spec.http.url", "page " + page + " is not JSON", "check the URL", null);
    }
    JsonNode found = source.itemsPath() == null ? body : body.at(source.itemsPath());
    if (!found.isArray()) {
      throw ConnectorException.misconfigured(
          "spec.http.itemsPath",
          "page " + page + " has no array there",
          "give the JSON Pointer to the array of records, such as /data/items",
          null);
    }
    items = found;
    at = 0;
    next = pages.next(present, answer, body, items.size());
  }

  private Answer get() throws ConnectorException {
    Answer answer = exchange.send("spec.http.url", present, headers(), null);
    if (page == 1 && again != null && FORGOTTEN.contains(answer.status())) {
      // Cursors do not live for ever: then from the first page, asking for the same.
      present = again;
      answer = exchange.send("spec.http.url", present, headers(), null);
    }
    if (answer.status() == 401 && authorization.renew()) {
      answer = exchange.send("spec.http.url", present, headers(), null);
    }
    if (answer.isSuccess()) {
      return answer;
    }
    boolean refused = answer.status() == 401 || answer.status() == 403;
    throw ConnectorException.misconfigured(
        refused ? "spec.http.auth" : "spec.http.url",
        "the server answers " + answer.status() + " to page " + page,
        refused ? "check the credentials and what they allow" : "check the URL and parameters",
        null);
  }

  private Map<String, String> headers() throws ConnectorException {
    Map<String, String> headers = new LinkedHashMap<>(source.headers());
    headers.putIfAbsent("Accept", "application/json");
    String authorized = authorization.header();
    if (authorized != null) {
      headers.put("Authorization", authorized);
    }
    return headers;
  }

  private void raise(JsonNode value) {
    if (value.isValueNode() && !value.isNull()) {
      String text = value.asText();
      if (watermark == null || Marks.compare(text, watermark) > 0) {
        watermark = text;
      }
    }
  }

  @Override
  public List<Column> columns() {
    return null;
  }

  /**
   * Pages are read as a whole or again: behind some records of a page, the position is still that
   * page, so that what was read of it comes again, and changes nothing.
   */
  @Override
  public String position() {
    boolean resumable = source.watermarkPath() != null;
    if (!resumable) {
      return null;
    }
    boolean within = items != null && at < items.size();
    URI on = within ? present : next;
    Map<String, Object> position = new LinkedHashMap<>();
    if (watermark != null) {
      position.put("watermark", watermark);
    }
    if (on != null) {
      position.put("next", on.toString());
      if (since != null) {
        position.put("since", since);
      }
    }
    return position.isEmpty() ? null : JsonRecords.write(position);
  }

  @Override
  public SourceProgress reached() {
    Instant moment = Marks.moment(watermark);
    boolean shown = moment != null || (watermark != null && watermark.matches("[0-9.+-]{1,40}"));
    return new SourceProgress(shown ? watermark : null, moment, null);
  }

  @Override
  public void close() {
    exchange.close();
  }

  /** Watermarks of APIs: times of RFC 3339, numbers, or texts in their own order. */
  static final class Marks {
    private Marks() {}

    static int compare(String a, String b) {
      Instant first = moment(a);
      Instant second = moment(b);
      if (first != null && second != null) {
        return first.compareTo(second);
      }
      boolean numbers = a.matches("-?\\d{1,18}") && b.matches("-?\\d{1,18}");
      return numbers ? Long.compare(Long.parseLong(a), Long.parseLong(b)) : a.compareTo(b);
    }

    /** Null when it is not a time. */
    static Instant moment(String text) {
      try {
        return text == null || text.indexOf('T') < 0
            ? null
            : OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeParseException e) {
        return null;
      }
    }
  }
}
