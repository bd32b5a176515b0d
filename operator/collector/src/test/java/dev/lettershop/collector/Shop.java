package dev.lettershop.collector;

import dev.lettershop.api.v1alpha1.field.FieldMapping;
import dev.lettershop.api.v1alpha1.field.Normalise;
import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.EventProperty;
import dev.lettershop.api.v1alpha1.store.EventType;
import dev.lettershop.collector.http.Feature;
import dev.lettershop.collector.intake.IntakeFeature;
import dev.lettershop.collector.intake.IntakeSource;
import dev.lettershop.collector.intake.IntakeStorage;
import dev.lettershop.collector.mapping.MappingFeature;
import dev.lettershop.collector.mapping.MappingSource;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A shop with a site and a server that send events. */
public final class Shop {
  public static final String ORIGIN = "https://shop.example";
  public static final String BROWSER_KEY = "public-key";
  public static final String SERVER_KEY = "server-key";
  public static final String USER_KEY = "vouching-key";

  public static final List<Attribute> ATTRIBUTES =
      List.of(attribute("first_name", true), attribute("city", false), attribute("plan", false));

  public static final List<EventType> EVENTS =
      List.of(
          event(
              "product_viewed", "product_id", AttributeType.String, "price", AttributeType.Double),
          event("order_completed", "order_id", AttributeType.String, "total", AttributeType.Double),
          event("page_viewed", "title", AttributeType.String, "seq", AttributeType.Integer));

  public static final ProfileSchema SCHEMA = ProfileSchema.of(ATTRIBUTES, EVENTS);

  public static final Set<String> TOPICS = Set.of("newsletter", "offers");

  private Shop() {}

  private static Attribute attribute(String name, boolean pii) {
    return new Attribute(name, AttributeType.String, pii, null, null);
  }

  private static EventType event(
      String name, String first, AttributeType firstType, String second, AttributeType secondType) {
    return new EventType(
        name,
        List.of(
            new EventProperty(first, firstType),
            new EventProperty(second, secondType),
            new EventProperty("n", AttributeType.Integer)));
  }

  /** Who may send, as taking calls needs to know. */
  public static List<IntakeSource> intakeSources() {
    return List.of(
        new IntakeSource("web", true, () -> BROWSER_KEY, Set.of(ORIGIN)),
        new IntakeSource("shop", false, () -> SERVER_KEY, Set.of()));
  }

  /** Who may send, as mapping calls needs to know. */
  public static List<MappingSource> mappingSources(List<FieldMapping> mapping) {
    return List.of(
        new MappingSource(
            "web",
            false,
            () -> USER_KEY,
            Set.of("product_viewed", "page_viewed"),
            "customer_id",
            List.of(),
            50,
            mapping,
            List.of(),
            Normalise.DEFAULT),
        new MappingSource(
            "shop",
            true,
            () -> "",
            Set.of(),
            "customer_id",
            List.of("email"),
            100,
            mapping,
            List.of(),
            Normalise.DEFAULT));
  }

  public static IntakeFeature.Limits limits() {
    return new IntakeFeature.Limits(500_000, 100_000, 0);
  }

  public static Feature intake(Store store) {
    return new IntakeFeature(
        intakeSources(),
        limits(),
        IntakeStorage.of(store.intake()),
        store.intake()::isReachable,
        new SimpleMeterRegistry(),
        Clock.systemUTC(),
        new Random(1));
  }

  public static Feature mapping(Store store) {
    return mapping(store, List.of());
  }

  public static Feature mapping(Store store, List<FieldMapping> mapping) {
    return new MappingFeature(
        store,
        SCHEMA,
        TOPICS,
        mappingSources(mapping),
        Duration.ofDays(400),
        new SimpleMeterRegistry(),
        Clock.systemUTC());
  }
}
