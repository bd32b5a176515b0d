package dev.lettershop.collector.pages;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lettershop.delivery.message.RecipientLinks.Purpose;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PreferencesTest {
  private static final String LINK = TestPages.path(Purpose.Preferences);

  private final TestPages pages;

  PreferencesTest() throws Exception {
    pages = new TestPages();
  }

  @AfterEach
  void close() {
    pages.close();
  }

  @Test
  void whatIsTickedIsGrantedAndWhatIsNotIsWithdrawnAndTheRestStays() throws Exception {
    HttpResponse<String> saved = pages.post(LINK, "do=topics&topic=offers&topic=opens");

    assertThat(saved.body()).contains("Your choice is saved");
    assertThat(pages.consents(TestPages.ADA))
        .containsExactly("newsletter=Withdrawn", "offers=Granted", "opens=Granted");
    assertThat(
            pages.database.query(
                "select source, evidence ->> 'mail_run' from consent where status = 'Withdrawn'"))
        .containsExactly("preferences " + TestPages.RUN);
  }

  @Test
  void theConsentToMeasuringIsApartFromThatToMail() throws Exception {
    assertThat(pages.get(LINK).body())
        .contains("Acme Shop may measure whether and when I open these emails");

    pages.post(LINK, "do=topics&topic=newsletter");

    assertThat(pages.consents(TestPages.ADA)).contains("newsletter=Granted", "opens=Withdrawn");
  }

  @Test
  void aTopicThatNobodyOffersCannotBeGranted() throws Exception {
    pages.post(LINK, "do=topics&topic=newsletter&topic=opens&topic=secret");
    pages.post(LINK, "do=undo&topic=secret");

    assertThat(pages.consents(TestPages.ADA))
        .containsExactly("newsletter=Granted", "opens=Granted");
  }

  @Test
  void aPauseHoldsMailBackUntilADayAndCanBeEnded() throws Exception {
    HttpResponse<String> paused = pages.post(LINK, "do=pause&days=30");

    assertThat(paused.body()).contains("Your emails are paused until", "End the break now");
    assertThat(pages.database.query("select (until at time zone 'UTC')::date from pause"))
        .containsExactly(LocalDate.now(ZoneOffset.UTC).plusDays(30).toString());
    assertThat(pages.consents(TestPages.ADA)).contains("newsletter=Granted");

    assertThat(pages.post(LINK, "do=resume").body()).contains("Your break is over");
    assertThat(pages.database.query("select count(*) from pause")).containsExactly("0");
  }

  @Test
  void everythingEndsWithOneButtonAndComesBackWithAnother() throws Exception {
    HttpResponse<String> all = pages.post(LINK, "do=all");

    assertThat(all.body())
        .contains("You are unsubscribed from everything")
        .contains("name=\"topic\" value=\"newsletter\"", "name=\"topic\" value=\"orders\"")
        .doesNotContain("Unsubscribe from everything");
    assertThat(pages.consents(TestPages.ADA))
        .containsExactly(
            "newsletter=Withdrawn", "offers=Withdrawn", "opens=Withdrawn", "orders=Withdrawn");

    pages.post(LINK, "do=undo&topic=newsletter&topic=opens&topic=orders");

    assertThat(pages.consents(TestPages.ADA))
        .containsExactly(
            "newsletter=Granted", "offers=Withdrawn", "opens=Granted", "orders=Granted");
  }

  @Test
  void whatNoButtonSaysIsRefusedAndChangesNothing() throws Exception {
    for (String body : new String[] {"", "do=delete", "do=pause&days=9999", "do=pause"}) {
      assertThat(pages.post(LINK, body).statusCode()).as(body).isEqualTo(400);
    }
    assertThat(pages.consents(TestPages.ADA))
        .containsExactly("newsletter=Granted", "opens=Granted");
  }

  @Test
  void aRefusalByAnotherProfileWithTheAddressIsShown() throws Exception {
    pages.database.execute(
        """
        insert into profile (id, email, email_key) overriding system value
        values (1003, 'ada@example.com', 'ada@example.com')
        """);
    pages.post(TestPages.path(Purpose.Unsubscribe, TestPages.RUN, 1003), "");

    assertThat(pages.get(TestPages.path(Purpose.Unsubscribe)).body())
        .contains("You do not receive Newsletter.")
        .doesNotContain("Unsubscribe from Newsletter");
  }

  @Test
  void whileTheStoreIsAwayEverythingCanBeEndedAndNothingElseIsPromised() throws Exception {
    pages.database.execute("alter table consent_state rename to consent_state_away");

    assertThat(pages.get(LINK).body())
        .contains("Your settings cannot be shown at the moment")
        .contains("action=\".." + TestPages.path(Purpose.Unsubscribe) + "\"");
    HttpResponse<String> choice = pages.post(LINK, "do=topics&topic=offers");
    HttpResponse<String> pause = pages.post(LINK, "do=pause&days=30");
    HttpResponse<String> all = pages.post(LINK, "do=all");

    assertThat(choice.statusCode()).isEqualTo(503);
    assertThat(choice.body()).contains("Nothing was changed");
    assertThat(choice.headers().firstValue("retry-after")).hasValue("60");
    assertThat(pause.statusCode()).isEqualTo(503);
    assertThat(all.statusCode()).isEqualTo(200);
    assertThat(all.body()).contains("Your request is recorded");

    pages.database.execute("alter table consent_state_away rename to consent_state");

    await()
        .atMost(60, SECONDS)
        .untilAsserted(
            () ->
                assertThat(pages.consents(TestPages.ADA))
                    .containsExactly(
                        "newsletter=Withdrawn",
                        "offers=Withdrawn",
                        "opens=Withdrawn",
                        "orders=Withdrawn"));
    assertThat(
            pages.database.query(
                "select distinct source, evidence ->> 'page' from consent where status ="
                    + " 'Withdrawn'"))
        .containsExactly("preferences all");
  }
}
