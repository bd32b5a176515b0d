package dev.lettershop.rule;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.EventProperty;
import dev.lettershop.api.v1alpha1.store.EventType;
import dev.lettershop.profile.Event;
import dev.lettershop.profile.Profile;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.ast.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The store that the tests of rules share. */
public final class Shop {
  public static final Instant NOW = Instant.parse("2026-11-02T12:00:00Z");

  public static final ProfileSchema SCHEMA =
      ProfileSchema.of(
          List.of(
              new Attribute("first_name", AttributeType.String, true),
              new Attribute("city", AttributeType.String, false),
              new Attribute("lifetime_value", AttributeType.Double, false),
              new Attribute("visits", AttributeType.Integer, false),
              new Attribute("last_active_at", AttributeType.Timestamp, false),
              new Attribute("vip", AttributeType.Boolean, false),
              new Attribute("interests", AttributeType.StringList, false)),
          List.of(
              new EventType(
                  "product_viewed",
                  List.of(
                      new EventProperty("product_id", AttributeType.String),
                      new EventProperty("price", AttributeType.Double),
                      new EventProperty("quantity", AttributeType.Integer))),
              new EventType("order_completed", List.of())));

  public static final Profile NOBODY = new Profile(Map.of(), List.of());

  /** A customer with a value for everything but {@code first_name}. */
  public static final Profile ADA =
      new Profile(
          Map.of(
              "id",
              "1",
              "city",
              "New York",
              "lifetime_value",
              6000.0,
              "visits",
              3L,
              "last_active_at",
              NOW.minus(Duration.ofDays(10)),
              "vip",
              true,
              "interests",
              List.of("news", "shoes")),
          List.of(
              viewed(Duration.ofHours(1), Map.of("price", 120.0, "quantity", 2L)),
              viewed(Duration.ofDays(3), Map.of("price", 0.1, "quantity", 1L)),
              viewed(Duration.ofDays(5), Map.of("price", 0.2, "quantity", 1L)),
              viewed(Duration.ofDays(9), Map.of("product_id", "no price"))));

  private Shop() {}

  static Event viewed(Duration ago, Map<String, Object> properties) {
    return new Event("product_viewed", NOW.minus(ago), properties);
  }

  public static RuleCompiler compiler() {
    return new RuleCompiler(SCHEMA, Map.of("rich", "profile.lifetime_value > 5000.0"));
  }

  public static Rule rule(String cel) {
    RuleResult result = compiler().compile(cel);
    if (!result.isOk()) {
      throw new AssertionError(cel + " does not compile: " + result.problems());
    }
    return result.rule();
  }

  public static Truth truth(String cel, Profile profile) {
    return rule(cel).evaluate(profile, NOW);
  }
}
