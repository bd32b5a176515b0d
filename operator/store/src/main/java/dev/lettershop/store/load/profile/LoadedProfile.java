package dev.lettershop.store.load.profile;

import java.time.Instant;
import java.util.Map;

/**
 * One row of a source that provides profiles.
 *
 * @param position where it stands in the source, for quarantine, e.g. {@code customers.csv:17}
 * @param identity value of the source's identity key; null or blank when the row has none (then one
 *     of the attributes in {@code alsoMatch} must be there)
 * @param asOf when the record was last changed, in its source's words; null when it does not say
 * @param attributes by declared (or built-in) name, typed as {@link
 *     dev.lettershop.profile.ProfileSchema} says; absent keys leave what is stored as it is. {@code
 *     id}, {@code created_at} and {@code updated_at} are the store's and not accepted
 * @param extra what the schema does not declare: String, Boolean, Number, Instant, and Lists and
 *     Maps of them
 */
public record LoadedProfile(
    String position,
    String identity,
    Instant asOf,
    Map<String, Object> attributes,
    Map<String, Object> extra) {

  /** A record that does not say when it was changed. */
  public LoadedProfile(
      String position, String identity, Map<String, Object> attributes, Map<String, Object> extra) {
    this(position, identity, null, attributes, extra);
  }

  @Override
  public String toString() {
    return "LoadedProfile[" + position + "]";
  }
}
