package dev.lettershop.collector.pages;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lettershop.delivery.message.RecipientLinks.Purpose;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnsubscribeTest {
  private static final String ONE_CLICK = "List-Unsubscribe=One-Click";
  private static final String LINK = TestPages.path(Purpose.Unsubscribe);

  private final TestPages pages;

  UnsubscribeTest() throws Exception {
    pages = new TestPages();
  }

  @AfterEach
  void close() {
    pages.close();
  }

  private static void isPlainAndFinal(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("Unsubscribed\n");
    assertThat(answer.headers().map())
        .doesNotContainKeys("set-cookie", "location", "refresh", "www-authenticate");
  }

  @Test
  void oneClickOfAMailProgramEndsTheConsentWithoutPageCookieOrRedirect() throws Exception {
    // As Gmail and Yahoo send it: no origin, no referrer, no cookie.
    isPlainAndFinal(pages.post(LINK, ONE_CLICK, "user-agent", "Mail/1.0"));

    assertThat(pages.consents(TestPages.ADA)).contains("newsletter=Withdrawn", "opens=Granted");
    assertThat(
            pages.database.query(
                """
                select source, evidence ->> 'page', evidence ->> 'ip', evidence ->> 'user_agent',
                  evidence ->> 'mail_run'
                from consent where status = 'Withdrawn'
                """))
        .containsExactly("one-click one-click 127.0.0.1 Mail/1.0 202611000000007");
  }

  @Test
  void multipartIsTakenAsWellAsUrlEncoded() throws Exception {
    String body =
        "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n"
            + "--x--\r\n";
    isPlainAndFinal(
        pages.send("POST", LINK, body, "content-type", "multipart/form-data; boundary=x"));
    assertThat(pages.consents(TestPages.ADA)).contains("newsletter=Withdrawn");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "anything", "--broken", "%zz=%"})
  void whateverTheBodySaysTheTokenIsTheRight(String body) throws Exception {
    isPlainAndFinal(pages.send("POST", LINK, body));
    assertThat(pages.consents(TestPages.ADA)).contains("newsletter=Withdrawn");
  }

  @Test
  void aPostFromAnyOriginAndWithAnyCookieIsTaken() throws Exception {
    isPlainAndFinal(pages.post(LINK, ONE_CLICK, "origin", "https://mail.example", "cookie", "a=b"));
  }

  @Test
  void oneClickIsTakenWhileTheDatabaseIsAwayAndCountsWhenItIsBack() throws Exception {
    pages.database.execute("alter table consent_state rename to consent_state_away");

    isPlainAndFinal(pages.post(LINK, ONE_CLICK));
    isPlainAndFinal(pages.post(LINK, ONE_CLICK));
    pages.database.execute("alter table consent_state_away rename to consent_state");

    await()
        .atMost(60, SECONDS)
        .untilAsserted(
            () ->
                assertThat(
                        pages.database.query(
                            """
                            select source, evidence ->> 'ip', evidence ? 'asked_at'
                            from consent where status = 'Withdrawn'
                            """))
                    .containsExactly("one-click 127.0.0.1 true"));
  }

  @Test
  void doingItAgainAnswersTheSameAndRecordsNothingMore() throws Exception {
    isPlainAndFinal(pages.post(LINK, ONE_CLICK));
    isPlainAndFinal(pages.post(LINK, ONE_CLICK));

    assertThat(pages.database.query("select count(*) from consent where status = 'Withdrawn'"))
        .containsExactly("1");
  }

  @Test
  void aTokenThatNobodySignedIsUnknownAndChangesNothing() throws Exception {
    HttpResponse<String> answer = pages.post(LINK + "x", ONE_CLICK);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(pages.consents(TestPages.ADA)).contains("newsletter=Granted");
    assertThat(pages.get(LINK + "x").statusCode()).isEqualTo(404);
    assertThat(
            pages
                .post(TestPages.path(Purpose.Preferences).replace("/p/", "/u/"), ONE_CLICK)
                .statusCode())
        .as("a link for another purpose")
        .isEqualTo(404);
  }

  @Test
  void somebodyWhoWasErasedIsToldThatNoMailComes() throws Exception {
    String link = TestPages.path(Purpose.Unsubscribe, TestPages.RUN, 4711);

    isPlainAndFinal(pages.post(link, ONE_CLICK));
    assertThat(pages.get(link).statusCode()).isEqualTo(200);
    assertThat(pages.get(link).body()).contains("You receive no emails from us");
    assertThat(pages.database.query("select count(*) from consent where profile_id = 4711"))
        .containsExactly("0");
  }

  @Test
  void whenNobodyKnowsAnyMoreWhatTheMailWasAboutAllTopicsEnd() throws Exception {
    isPlainAndFinal(pages.post(TestPages.path(Purpose.Unsubscribe, 1, TestPages.ADA), ONE_CLICK));

    assertThat(pages.consents(TestPages.ADA))
        .containsExactly(
            "newsletter=Withdrawn", "offers=Withdrawn", "opens=Withdrawn", "orders=Withdrawn");
  }

  @Test
  void thePageNamesTheTopicFirstAndHidesTheAddress() throws Exception {
    String page = pages.get(LINK).body();

    assertThat(page).contains("Unsubscribe from Newsletter", "a…@example.com");
    assertThat(page).doesNotContain("ada@example.com", "<script", "javascript:");
    assertThat(page).doesNotContainPattern(" on[a-z]+=");
    assertThat(page.indexOf("Unsubscribe from Newsletter"))
        .isLessThan(page.indexOf("Choose what you receive"))
        .isLessThan(page.indexOf("Unsubscribe from everything"));
  }

  @Test
  void thePagesButtonUnsubscribesAndOffersToUndo() throws Exception {
    HttpResponse<String> done = pages.post(LINK, ONE_CLICK + "&page=1");

    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(done.body())
        .contains("You are unsubscribed from Newsletter", "name=\"do\" value=\"undo\"");
    assertThat(pages.consents(TestPages.ADA)).contains("newsletter=Withdrawn");

    HttpResponse<String> undone =
        pages.post(TestPages.path(Purpose.Preferences), "do=undo&topic=newsletter");

    assertThat(undone.body()).contains("Everything is as it was before");
    assertThat(pages.consents(TestPages.ADA)).contains("newsletter=Granted");
  }

  @Test
  void everyAnswerForbidsStoringReferringIndexingAndScripts() throws Exception {
    for (HttpResponse<String> answer :
        new HttpResponse[] {
          pages.get(LINK),
          pages.get(LINK + "x"),
          pages.post(LINK, ONE_CLICK),
          pages.get(TestPages.path(Purpose.Preferences)),
          pages.get(TestPages.path(Purpose.Confirm)),
          pages.get("/s/footer")
        }) {
      assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
      assertThat(answer.headers().firstValue("referrer-policy")).hasValue("no-referrer");
      assertThat(answer.headers().firstValue("x-robots-tag")).hasValue("noindex, nofollow");
      assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
      assertThat(answer.headers().firstValue("content-security-policy").orElseThrow())
          .startsWith("default-src 'none'; style-src 'self'; form-action 'self'")
          .contains("frame-ancestors 'none'")
          .doesNotContain("script", "unsafe");
    }
  }

  @Test
  void theLanguageIsTheOneAskedForElseTheProfilesElseTheBrowsers() throws Exception {
    assertThat(pages.get(LINK).body()).contains("<html lang=\"en\">");
    assertThat(pages.get(LINK, "accept-language", "de").body())
        .as("the profile says en-GB")
        .contains("<html lang=\"en\">");
    assertThat(pages.get(LINK + "?lang=de").body())
        .contains("<html lang=\"de\">", "Newsletter abbestellen", "?lang=de");
    assertThat(pages.get(TestPages.path(Purpose.Unsubscribe, TestPages.RUN, 1002)).body())
        .contains("<html lang=\"pl\">");
    assertThat(pages.get("/s/footer", "accept-language", "sv;q=0.9, fr-CA;q=0.8, en;q=0.1").body())
        .contains("<html lang=\"fr\">");
    assertThat(pages.get("/s/footer", "accept-language", "nonsense;;q=x").body())
        .contains("<html lang=\"en\">");
  }

  @Test
  void whileTheStoreIsAwayThePageHasTheButtonAloneAndWhatItSaysCountsLater() throws Exception {
    pages.database.execute("alter table consent_state rename to consent_state_away");

    HttpResponse<String> page = pages.get(LINK + "?lang=de");
    HttpResponse<String> done = pages.post(LINK, ONE_CLICK + "&page=1", "user-agent", "Browser/1");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("Abbestellen können Sie trotzdem", "E-Mails wie diese abbestellen")
        .contains("action=\".." + LINK + "?lang=de\"")
        .doesNotContain("Newsletter");
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(done.body())
        .contains("Your request is recorded", "It takes effect shortly")
        .doesNotContain("You are unsubscribed");
    assertThat(pages.get(LINK).body()).contains("You can unsubscribe all the same");

    pages.database.execute("alter table consent_state_away rename to consent_state");

    await()
        .atMost(60, SECONDS)
        .untilAsserted(
            () ->
                assertThat(
                        pages.database.query(
                            """
                            select topic, source, evidence ->> 'page', evidence ->> 'user_agent'
                            from consent where status = 'Withdrawn'
                            """))
                    .containsExactly("newsletter unsubscribe-page unsubscribe Browser/1"));
  }
}
