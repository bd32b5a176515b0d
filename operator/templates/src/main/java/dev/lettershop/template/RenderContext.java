package dev.lettershop.template;

import dev.lettershop.profile.Profile;
import dev.lettershop.template.link.RecordedLinks;
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
 * @param recommendations best first; empty where no model makes any
 * @param recorded makes addresses by which opens and clicks are recorded; null to leave addresses
 *     as the author wrote them
 */
public record RenderContext(
    Profile profile,
    Map<String, String> content,
    String campaign,
    Instant date,
    Map<String, String> links,
    List<Recommendation> recommendations,
    RecordedLinks recorded) {

  public RenderContext {
    content = Map.copyOf(content);
    links = Map.copyOf(links);
    recommendations = List.copyOf(recommendations);
  }

  /** Of a mail of which nothing is recorded. */
  public RenderContext(
      Profile profile,
      Map<String, String> content,
      String campaign,
      Instant date,
      Map<String, String> links,
      List<Recommendation> recommendations) {
    this(profile, content, campaign, date, links, recommendations, null);
  }

  /** The same mail, with the addresses that a recorder makes. */
  public RenderContext recordedBy(RecordedLinks recorder) {
    return new RenderContext(profile, content, campaign, date, links, recommendations, recorder);
  }

  /** Without recommendations. */
  public static RenderContext of(
      Profile profile,
      Map<String, String> content,
      String campaign,
      Instant date,
      Map<String, String> links) {
    return new RenderContext(profile, content, campaign, date, links, List.of(), null);
  }
}
