package dev.lettershop.worker.preview;

import dev.lettershop.profile.Profile;
import dev.lettershop.template.model.Recommendation;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Somebody to fill a mail in for.
 *
 * @param name of the preview, or the id of the profile in the store
 * @param profile what rules are answered for
 * @param shown what is put into the mail: the same, or with personal data covered
 * @param content what to put into slots when no campaign decides; never null
 * @param recommendations what is recommended to this person; to one of the store what a mail would
 *     say now
 * @param email where a mail to this person would go
 * @param at the moment that the mail is looked at
 */
public record SampleProfile(
    String name,
    Profile profile,
    Profile shown,
    Map<String, String> content,
    List<Recommendation> recommendations,
    String email,
    Instant at) {

  /** The same person with other events. */
  SampleProfile with(Profile other, Profile otherShown) {
    return new SampleProfile(name, other, otherShown, content, recommendations, email, at);
  }

  /** Names nobody. */
  @Override
  public String toString() {
    return "SampleProfile[" + name + "]";
  }
}
