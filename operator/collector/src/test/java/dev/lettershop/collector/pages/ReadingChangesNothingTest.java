package dev.lettershop.collector.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.delivery.message.RecipientLinks.Purpose;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReadingChangesNothingTest {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final TestPages pages;

  ReadingChangesNothingTest() throws Exception {
    pages = new TestPages();
    pages.database.execute(
        """
        insert into consent (profile_id, topic, occurred_at, status, source, evidence)
        values (1002, 'offers', now(), 'Pending', 'sign-up/footer', '{"confirmation_run": 9}')
        """);
    pages.database.execute(
        """
        insert into consent_state select profile_id, topic, status, occurred_at from consent
        where status = 'Pending'
        """);
  }

  @AfterEach
  void close() {
    pages.close();
  }

  /** All rows of all tables, and where all sequences are. */
  private TreeMap<String, String> everything() throws SQLException {
    TreeMap<String, String> all = new TreeMap<>();
    for (String table :
        pages.database.query("select tablename from pg_tables where schemaname = 'lettershop'")) {
      all.put(
          table,
          pages
              .database
              .query("select md5(string_agg(t::text, '|' order by t::text)) from " + table + " t")
              .get(0));
    }
    all.put(
        "sequences",
        pages
            .database
            .query(
                "select string_agg(sequencename || last_value, ' ' order by 1) from pg_sequences")
            .toString());
    return all;
  }

  @Test
  void visitsOfEveryLinkLeaveTheDatabaseAsItWas() throws Exception {
    visit(42);
  }

  @Test
  @Tag("soak")
  void aThousandVisitsOfEveryLinkLeaveTheDatabaseAsItWas() throws Exception {
    visit(1000);
  }

  private void visit(int times) throws Exception {
    List<String> links =
        List.of(
            TestPages.path(Purpose.Unsubscribe),
            TestPages.path(Purpose.Preferences),
            TestPages.path(Purpose.Confirm, 9, 1002),
            "/s/footer");
    assertThat(pages.get(links.get(2)).body()).contains("Potwierdź", "Special offers");
    TreeMap<String, String> before = everything();
    assertThat(before).hasSizeGreaterThan(20);

    for (String link : links) {
      for (int i = 0; i < times; i++) {
        String method = List.of("GET", "HEAD", "OPTIONS").get(i % 3);
        HttpResponse<String> answer =
            pages.send(method, i % 7 == 0 ? link + "?do=confirm&topic=offers" : link, null);
        assertThat(answer.statusCode()).isEqualTo(method.equals("OPTIONS") ? 204 : 200);
      }
    }

    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void forgedTokensAreAcceptedNowhere() throws Exception {
    forge(600);
  }

  @Test
  @Tag("soak")
  void tenThousandForgedTokensAreAcceptedNowhere() throws Exception {
    forge(10_000);
  }

  private void forge(int tokens) throws Exception {
    Random chance = new Random(20261130);
    TreeMap<String, String> before = everything();
    List<String> accepted = new ArrayList<>();
    Purpose[] purposes = Purpose.values();
    for (int i = 0; i < tokens; i++) {
      Purpose purpose = purposes[i % purposes.length];
      char[] token =
          TestPages.LINKS
              .token(purposes[i / 3 % purposes.length], TestPages.RUN, TestPages.ADA)
              .toCharArray();
      for (int changes = 1 + chance.nextInt(i % 2 == 0 ? 2 : token.length);
          changes > 0;
          changes--) {
        token[chance.nextInt(token.length)] = ALPHABET.charAt(chance.nextInt(64));
      }
      String forged = new String(token);
      boolean genuine = forged.equals(TestPages.LINKS.token(purpose, TestPages.RUN, TestPages.ADA));
      if (!genuine && pages.post(purpose.path() + forged, "do=confirm").statusCode() != 404) {
        accepted.add(purpose.path() + forged);
      }
    }

    assertThat(accepted).isEmpty();
    assertThat(everything()).isEqualTo(before);
    assertThat(pages.post(TestPages.path(Purpose.Unsubscribe), "").statusCode()).isEqualTo(200);
    assertThat(everything()).as("the genuine one").isNotEqualTo(before);
  }
}
