package dev.lettershop.store.consent;

/**
 * The consent to having one's opens recorded, as SQL: it has to be granted by the profile itself,
 * and not to have been refused for its address since. The same when a mail is made and when its
 * image is asked for.
 */
public final class MeasuringConsent {
  private MeasuringConsent() {}

  /**
   * A condition; false where there is no topic.
   *
   * @param profile alias of a row of the table profile
   * @param topic SQL for the topic; null for a run that records nobody's opens
   */
  public static String sql(String profile, String topic) {
    return """
        (select true from consent_state s
         where s.profile_id = %1$s.id and s.topic = %2$s and s.status = 'Granted'
           and not exists (select from opt_out o where o.email_key = %1$s.email_key
             and o.topic = s.topic and o.occurred_at >= s.occurred_at))
        """
        .formatted(profile, topic)
        .strip();
  }
}
