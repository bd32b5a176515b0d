package dev.lettershop.collector.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignUpTest {
  private TestPages pages;

  SignUpTest() throws Exception {
    pages = new TestPages();
  }

  @AfterEach
  void close() {
    pages.close();
  }

  /**
   * Sign-ups are counted by ten minutes; a test that crosses from one into the next counts anew.
   */
  private static Clock atTheBeginningOfAWindow() {
    long since = System.currentTimeMillis() % Duration.ofMinutes(10).toMillis();
    return Clock.offset(Clock.systemUTC(), Duration.ofMillis(-since));
  }

  private List<String> stored(String member) throws Exception {
    return pages.database.query("select (request::jsonb) ->> '" + member + "' from sign_up");
  }

  @Test
  void aSignUpIsStoredWithTheEvidenceThatTheLawAsksFor() throws Exception {
    HttpResponse<String> answer =
        pages.post(
            "/s/footer?lang=de",
            "email=cleo%40example.com&topic=offers&first_name=Cleo",
            "user-agent",
            "Browser/1.0");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("Bitte sehen Sie in Ihr Postfach", "c…@example.com")
        .doesNotContain("cleo@example.com");
    assertThat(stored("address")).containsExactly("cleo@example.com");
    assertThat(stored("topics")).containsExactly("[\"offers\"]");
    assertThat(stored("attributes")).containsExactly("{\"first_name\": \"Cleo\"}");
    assertThat(
            pages.database.query(
                """
                select e ->> 'form', e ->> 'wording_version', e ->> 'language', e ->> 'ip',
                  e ->> 'user_agent', e ->> 'address',
                  (e ->> 'requested_at')::timestamptz > now() - interval '1 minute',
                  e ->> 'wording'
                from (select request::jsonb -> 'evidence' as e from sign_up) s
                """))
        .containsExactly(
            "footer 2026-11 de 127.0.0.1 Browser/1.0 cleo@example.com true Ich möchte E-Mails zu"
                + " dem, was ich gewählt habe. Ich kann mich jederzeit abmelden.");
  }

  @Test
  void theAnswerIsTheSameWhetherOneIsKnownOrNot() throws Exception {
    String known = pages.post("/s/footer", "email=ada@example.com&topic=newsletter").body();
    String unknown = pages.post("/s/footer", "email=abe@example.com&topic=newsletter").body();

    assertThat(known).isEqualTo(unknown);
    assertThat(pages.consents(TestPages.ADA)).contains("newsletter=Granted");
  }

  @Test
  void whatIsWrongIsSaidByTheFieldAndWhatWasEnteredStays() throws Exception {
    HttpResponse<String> answer =
        pages.post("/s/footer", "email=nobody&choose=1&first_name=%3Cb%3E");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("Enter an email address such as", "Choose at least one of these.")
        .contains("value=\"nobody\"", "value=\"&lt;b&gt;\"")
        .contains("id=\"email-fault\"", "aria-invalid=\"true\"", "href=\"#topics\"");
    assertThat(stored("form")).isEmpty();
  }

  @Test
  void aProgramThatFillsInTheHiddenFieldHearsTheSameAndIsForgotten() throws Exception {
    HttpResponse<String> answer =
        pages.post("/s/footer", "email=bot@example.com&topic=offers&website=https://spam.example");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("Please look into your inbox");
    assertThat(stored("form")).isEmpty();
  }

  @Test
  void oneNetworkSendsOnlySoManySignUps() throws Exception {
    pages.close();
    pages = new TestPages(TestPages.plan(), atTheBeginningOfAWindow());
    for (int i = 0; i < 20; i++) {
      assertThat(pages.post("/s/footer", "email=p" + i + "@example.com&topic=offers").statusCode())
          .isEqualTo(200);
    }
    HttpResponse<String> more = pages.post("/s/footer", "email=q@example.com&topic=offers");

    assertThat(more.statusCode()).isEqualTo(429);
    assertThat(Long.parseLong(more.headers().firstValue("retry-after").orElseThrow()))
        .isBetween(1L, 600L);
    assertThat(stored("form")).hasSize(20);
  }

  @Test
  void aPageOfTheShopMaySendTheFormByScriptAndOthersMayNot() throws Exception {
    HttpResponse<String> own =
        pages.post(
            "/s/footer",
            "email=cleo@example.com&topic=offers",
            "origin",
            "https://shop.example",
            "accept",
            "application/json");
    assertThat(own.statusCode()).isEqualTo(202);
    assertThat(own.body()).isEqualTo("{\"status\":\"accepted\"}");
    assertThat(own.headers().firstValue("access-control-allow-origin"))
        .hasValue("https://shop.example");

    HttpResponse<String> invalid = pages.post("/s/footer", "email=x", "accept", "application/json");
    assertThat(invalid.statusCode()).isEqualTo(422);
    assertThat(invalid.body()).contains("\"status\":\"invalid\"", "\"email\":");

    HttpResponse<String> other =
        pages.post(
            "/s/footer", "email=dan@example.com&topic=offers", "origin", "https://evil.example");
    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(other.headers().firstValue("access-control-allow-origin")).isEmpty();
    assertThat(stored("address")).containsExactly("cleo@example.com");
  }

  @Test
  void theCollectorsOwnPageHasNoReferrerAndSoTheOriginNull() throws Exception {
    assertThat(
            pages
                .post("/s/footer", "email=cleo@example.com&topic=offers", "origin", "null")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aFormWithAPageOfItsOwnLeadsThereAndNowhereElse() throws Exception {
    HttpResponse<String> answer =
        pages.post("/s/short?returnUrl=https://evil.example", "email=cleo@example.com");

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("location")).hasValue("https://shop.example/thanks");
    assertThat(pages.get("/s/short").headers().firstValue("content-security-policy").orElseThrow())
        .contains("form-action 'self' https://shop.example;");
  }

  @Test
  void aFormThatNobodyDeclaredIsUnknown() throws Exception {
    assertThat(pages.get("/s/other").statusCode()).isEqualTo(404);
    assertThat(pages.post("/s/other", "email=cleo@example.com").statusCode()).isEqualTo(404);
  }

  @Test
  void textsThatCouldDoHarmInTheDatabaseAreCleaned() throws Exception {
    pages.post(
        "/s/footer",
        "email=cleo@example.com&topic=offers&first_name=Cl%00eo%0D%0AX",
        "user-agent",
        "a".repeat(2_000));

    assertThat(stored("attributes")).containsExactly("{\"first_name\": \"CleoX\"}");
    assertThat(
            pages.database.query(
                "select length(request::jsonb -> 'evidence' ->> 'user_agent') from sign_up"))
        .containsExactly("300");
  }
}
