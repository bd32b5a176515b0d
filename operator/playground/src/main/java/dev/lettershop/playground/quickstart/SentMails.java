package dev.lettershop.playground.quickstart;

import dev.lettershop.playground.gallery.FacetSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What can be said about each mail, and counts of it: the city and the variant from the database,
 * the content from the mail itself, because only the mail shows what its reader gets to see. Used
 * by one thread.
 */
final class SentMails implements FacetSource {
  static final String CITY = "City";
  static final String CONTENT = "Content";
  static final String VARIANT = "Variant";

  private record Person(String city, String variant) {}

  private final Map<String, Person> byAddress = new HashMap<>();
  private final Map<String, String> contentByText;
  private final String otherContent;
  private final Map<String, Long> contentCounts = new LinkedHashMap<>();

  /**
   * @param contentByText a text that only mails of one content rule hold, to the rule's label; in
   *     the order of the rules
   * @param otherContent label of mails that hold none of them
   */
  SentMails(Map<String, String> contentByText, String otherContent) {
    this.contentByText = new LinkedHashMap<>(contentByText);
    this.otherContent = otherContent;
    contentByText.values().forEach(label -> contentCounts.put(label, 0L));
    contentCounts.put(otherContent, 0L);
  }

  /**
   * Reads who was mailed.
   *
   * @param connection to a store whose profiles have a {@code city}
   */
  void readRecipients(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT p.email, p.city, d.variant
                FROM delivery d JOIN profile p ON p.id = d.profile_id
                WHERE d.state = 'sent' AND p.email IS NOT NULL
                """)) {
      while (row.next()) {
        byAddress.put(key(row.getString(1)), new Person(row.getString(2), row.getString(3)));
      }
    }
  }

  private static String key(String address) {
    return address.strip().toLowerCase(Locale.ROOT);
  }

  @Override
  public Map<String, String> of(String to, String subject, String text) {
    Map<String, String> facets = new LinkedHashMap<>();
    Person person = byAddress.get(key(to));
    if (person != null && person.city() != null) {
      facets.put(CITY, person.city());
    }
    String content = content(subject, text);
    facets.put(CONTENT, content);
    contentCounts.merge(content, 1L, Long::sum);
    if (person != null && person.variant() != null) {
      facets.put(VARIANT, person.variant());
    }
    return facets;
  }

  private String content(String subject, String text) {
    String readable = (subject + "\n" + text).replaceAll("\\s+", " ");
    for (Map.Entry<String, String> content : contentByText.entrySet()) {
      if (readable.contains(content.getKey())) {
        return content.getValue();
      }
    }
    return otherContent;
  }

  /** Mails by content, in the order of the rules; complete after all mails were asked for. */
  Map<String, Long> contentCounts() {
    return contentCounts;
  }
}
