package dev.lettershop.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lettershop.api.v1alpha1.field.Normalise;
import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import dev.lettershop.api.v1alpha1.source.SourceIdentity;
import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.EventProperty;
import dev.lettershop.api.v1alpha1.store.EventType;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.source.clean.Cleaning;
import dev.lettershop.source.map.Fields;
import dev.lettershop.source.map.FutureTimes;
import dev.lettershop.source.read.CsvDialect;
import dev.lettershop.source.read.CsvReader;
import dev.lettershop.source.read.LineReader;
import dev.lettershop.source.read.NdJsonReader;
import dev.lettershop.source.read.RecordReader;
import dev.lettershop.source.read.SourceFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** What the tests of sources share: a schema, and files out of text. */
public final class Samples {
  public static final ProfileSchema SCHEMA =
      ProfileSchema.of(
          List.of(
              new Attribute("first_name", AttributeType.String, true),
              new Attribute("city", AttributeType.String, false),
              new Attribute("lifetime_value", AttributeType.Double, false),
              new Attribute("visits", AttributeType.Integer, false),
              new Attribute("last_active_at", AttributeType.Timestamp, false),
              new Attribute("interests", AttributeType.StringList, false)),
          List.of(
              new EventType(
                  "product_viewed",
                  List.of(
                      new EventProperty("product_id", AttributeType.String),
                      new EventProperty("price", AttributeType.Double))),
              new EventType(
                  "order_completed", List.of(new EventProperty("total", AttributeType.Double)))));

  public static final FutureTimes FUTURE =
      new FutureTimes(Clock.fixed(Instant.parse("2026-12-01T00:00:00Z"), ZoneOffset.UTC), "24h");

  public static final Set<String> TOPICS = Set.of("newsletter");

  private Samples() {}

  public static Fields unmapped() {
    return new Fields(null, List.of(), new Cleaning(Normalise.DEFAULT));
  }

  public static RecordReader csv(String... lines) throws IOException, SourceFault {
    return CsvReader.open(lines(lines), CsvDialect.DEFAULT);
  }

  static RecordReader ndJson(String... lines) {
    return new NdJsonReader(lines(lines));
  }

  private static LineReader lines(String... lines) {
    byte[] bytes = String.join("\n", lines).getBytes(UTF_8);
    return new LineReader(new ByteArrayInputStream(bytes), UTF_8);
  }

  /** A source of profiles with nothing but an identity. */
  public static ProfileSourceSpec spec(String key, String... alsoMatch) {
    return new ProfileSourceSpec(
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        new SourceIdentity(key, List.of(alsoMatch), null, null),
        null,
        null,
        null);
  }
}
