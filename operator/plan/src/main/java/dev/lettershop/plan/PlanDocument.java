package dev.lettershop.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.encoding.Sha256;

/**
 * A plan with its canonical text and its name.
 *
 * <p>Canonical JSON here: UTF-8, no insignificant space, members sorted by name, absent members
 * instead of null and empty ones, integers only. So equal plans have equal bytes, whatever order
 * the resources came in.
 *
 * @param json canonical JSON of the plan
 * @param hash {@code sha256:} and 64 hexadecimal digits over the UTF-8 bytes of {@code json}
 */
public record PlanDocument(Plan plan, String json, String hash) {

  private static final JsonMapper CANONICAL =
      JsonMappers.PLAIN
          .rebuild()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_NULL))
          .build();

  public static PlanDocument of(Plan plan) {
    try {
      String json = CANONICAL.writeValueAsString(plan);
      return new PlanDocument(plan, json, hash(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A plan is plain data and must serialise", e);
    }
  }

  /**
   * Reads a plan back.
   *
   * @throws IllegalArgumentException when the text is not a plan of this format
   */
  public static PlanDocument parse(String json) {
    try {
      Plan plan = CANONICAL.readValue(json, Plan.class);
      if (plan.formatVersion() != Plan.FORMAT_VERSION) {
        throw new IllegalArgumentException(
            "This plan has format "
                + plan.formatVersion()
                + ", this version of Lettershop reads format "
                + Plan.FORMAT_VERSION
                + "; run it with the version that made it");
      }
      return new PlanDocument(plan, json, hash(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("This is not a plan: " + e.getOriginalMessage(), e);
    }
  }

  private static String hash(String json) {
    return "sha256:" + Sha256.hex(json);
  }
}
