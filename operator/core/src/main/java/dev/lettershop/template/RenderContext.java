package dev.lettershop.template;

import dev.lettershop.profile.Profile;
import java.util.Map;

/**
 * The names that a template can use, as Maps: {@code profile.<attribute>}, {@code content.<slot>},
 * {@code campaign.name}, {@code links.<name>}.
 */
public final class RenderContext {
  private RenderContext() {}

  /**
   * The context of one recipient.
   *
   * @param content slot to plain text; shown escaped, never read as a template
   * @param campaign name of the campaign
   * @param links link name, such as {@code unsubscribe}, to absolute URL
   */
  public static Map<String, Object> of(
      Profile profile, Map<String, String> content, String campaign, Map<String, String> links) {
    return Map.of(
        "profile",
        profile.attributes(),
        "content",
        content,
        "campaign",
        Map.of("name", campaign),
        "links",
        links);
  }
}
