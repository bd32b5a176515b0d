package dev.lettershop.template;

import dev.lettershop.profile.Profile;
import dev.lettershop.template.model.Recommendation;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What one recipient's mail is filled with.
 *
 * @param profile with the events that the template shows, among others
 * @param content slot to its value as text; shown as the slot's type says, never read as a template
 * @param campaign name of the campaign
 * @param date moment of the run, the same for all its recipients
 * @param links link name, such as {@code unsubscribe}, to absolute URL
 * @param recommendations best first; empty while no model makes any
 */
public record RenderContext(
    Profile profile,
    Map<String, String> content,
    String campaign,
    Instant date,
    Map<String, String> links,
    List<Recommendation> recommendations) {

  public RenderContext {
    content = Map.copyOf(content);
    links = Map.copyOf(links);
    recommendations = List.copyOf(recommendations);
  }

  /** Without recommendations. */
  public static RenderContext of(
      Profile profile,
      Map<String, String> content,
      String campaign,
      Instant date,
      Map<String, String> links) {
    return new RenderContext(profile, content, campaign, date, links, List.of());
  }
}
