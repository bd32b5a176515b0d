package dev.lettershop.insight.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
  private static final Instant SENT = Instant.parse("2027-03-01T09:00:00Z");
  private static final String BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

  private final List<Hit> hits = new ArrayList<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Mozilla/5.0                                                            | APPLE_PRIVACY
          Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0 | GMAIL_PREFETCH
          Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy) | GMAIL_PROXY
          YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html | YAHOO_PROXY
          ''                                                                     | NO_CLIENT
          curl/8.5.0                                                             | LIBRARY
          python-requests/2.32.3                                                 | LIBRARY
          Go-http-client/2.0                                                     | LIBRARY
          Java/17.0.15                                                           | LIBRARY
          Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) | CRAWLER
          Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 | NO_MACHINE
          Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17126; Pro) | NO_MACHINE
          """)
  void opens(String userAgent, Reason reason) {
    hit("m", HitKind.OPEN, 0, 40, "192.0.2.7", userAgent);
    assertThat(reasons()).containsExactly(reason);
  }

  @Test
  void clicksThroughProxiesArePeople() {
    hit("m", HitKind.CLICK, 1, 40, "192.0.2.7", "Mozilla/5.0");
    assertThat(reasons()).containsExactly(Reason.NO_MACHINE);
  }

  @Test
  void openedBeforeAnybodyCould() {
    hit("m", HitKind.OPEN, 0, 9, "192.0.2.7", BROWSER);
    hit("m", HitKind.OPEN, 0, 400, "192.0.2.7", BROWSER);
    assertThat(reasons()).containsExactly(Reason.TOO_EARLY, Reason.NO_MACHINE);
  }

  @Test
  void askedForAhead() {
    hits.add(hit("m", HitKind.CLICK, 1, 40, "192.0.2.7", BROWSER, "HEAD", false, 9));
    hits.add(hit("m", HitKind.CLICK, 1, 41, "192.0.2.7", BROWSER, "GET", true, 9));
    assertThat(reasons()).containsExactly(Reason.METHOD, Reason.PREFETCH_HEADER);
  }

  @Test
  void severalLinksAtOnceAreAScan() {
    hit("m", HitKind.OPEN, 0, 30, "192.0.2.7", BROWSER);
    hit("m", HitKind.CLICK, 1, 30.2, "192.0.2.7", BROWSER);
    hit("m", HitKind.CLICK, 2, 30.4, "198.51.100.9", BROWSER);
    hit("m", HitKind.CLICK, 3, 30.9, "192.0.2.7", BROWSER);
    hit("m", HitKind.CLICK, 4, 200, "192.0.2.7", BROWSER);
    hit("m", HitKind.CLICK, 4, 201, "203.0.113.5", BROWSER);
    hit("other", HitKind.CLICK, 4, 202, "192.0.2.7", BROWSER);
    assertThat(reasons())
        .containsExactly(
            Reason.BURST,
            Reason.BURST,
            Reason.BURST,
            Reason.BURST,
            Reason.AFTER_BURST,
            Reason.NO_MACHINE,
            Reason.NO_MACHINE);
  }

  @Test
  void twoOfManyLinksAreAPersonInAHurry() {
    hit("m", HitKind.CLICK, 1, 30, "192.0.2.7", BROWSER);
    hit("m", HitKind.CLICK, 2, 31, "192.0.2.7", BROWSER);
    hit("m", HitKind.CLICK, 2, 31.5, "192.0.2.7", BROWSER);
    assertThat(reasons()).containsOnly(Reason.NO_MACHINE);
  }

  @Test
  void bothOfTwoLinksAtOnceAreAScan() {
    hits.add(hit("m", HitKind.CLICK, 1, 30, "192.0.2.7", BROWSER, "GET", false, 2));
    hits.add(hit("m", HitKind.CLICK, 2, 31, "192.0.2.7", BROWSER, "GET", false, 2));
    assertThat(reasons()).containsExactly(Reason.BURST, Reason.BURST);
  }

  @Test
  void aFleetIsKnownByItsBursts() {
    for (int mail = 0; mail < 3; mail++) {
      for (int link = 1; link <= 3; link++) {
        hit("m" + mail, HitKind.CLICK, link, 60 + mail, "198.51.100." + (mail + 1), BROWSER);
      }
    }
    // A minute before the bursts, so that the verdict is not yet given.
    hits.add(hit("early", HitKind.CLICK, 1, 10, "198.51.100.77", BROWSER, "GET", false, 1));
    hits.add(hit("one", HitKind.CLICK, 1, 100, "198.51.100.77", BROWSER, "GET", false, 1));
    hits.add(hit("two", HitKind.CLICK, 1, 100, "198.51.101.77", BROWSER, "GET", false, 1));
    hits.add(hit("late", HitKind.CLICK, 1, 3_800, "198.51.100.77", BROWSER, "GET", false, 1));
    assertThat(judge().stream().filter(one -> one.hit().links() == 1))
        .extracting(one -> one.hit().delivery(), Judged::reason)
        .containsExactly(
            tuple("early", Reason.FLEET),
            tuple("one", Reason.FLEET),
            tuple("two", Reason.NO_MACHINE),
            tuple("late", Reason.NO_MACHINE));
  }

  @Test
  void theOperatorKnowsNetworks() {
    hit("m", HitKind.CLICK, 1, 60, "203.0.113.8", BROWSER);
    hit("m", HitKind.OPEN, 0, 61, "203.0.113.8", BROWSER);
    List<Reason> reasons = new ArrayList<>();
    Judge judge =
        new Judge(
            (kind, address) ->
                kind == HitKind.CLICK && address.getHostAddress().startsWith("203.0.113."),
            one -> reasons.add(one.reason()));
    hits.forEach(judge::take);
    judge.advance(SENT.plus(Duration.ofDays(1)));
    assertThat(reasons).containsExactly(Reason.NETWORK, Reason.NO_MACHINE);
  }

  @Test
  void whatOnlyAPersonDoesOutranksSignsOfMachines() {
    for (int link = 1; link <= 3; link++) {
      hit("m", HitKind.CLICK, link, 30, "192.0.2.7", BROWSER);
    }
    hit("m", HitKind.EVIDENCE, 0, 90, "192.0.2.7", BROWSER);
    assertThat(reasons()).containsOnly(Reason.EVIDENCE).hasSize(3);
  }

  @Test
  void whoComesBackIsAPerson() {
    hit("m", HitKind.CLICK, 1, 30, "192.0.2.7", "curl/8.5.0");
    hit("m", HitKind.CLICK, 1, 331, "192.0.2.7", "curl/8.5.0");
    hit("m", HitKind.CLICK, 1, 4_000, "192.0.2.7", "curl/8.5.0");
    assertThat(reasons()).containsExactly(Reason.LIBRARY, Reason.SECOND_CLICK, Reason.LIBRARY);
  }

  @Test
  void verdictsAreFinalAfterTwoMinutes() {
    List<Judged> judged = new ArrayList<>();
    Judge judge = new Judge((kind, address) -> false, judged::add);
    judge.take(hit("m", HitKind.CLICK, 1, 30, "192.0.2.7", BROWSER, "GET", false, 9));
    judge.advance(SENT.plusSeconds(149));
    assertThat(judged).isEmpty();
    judge.advance(SENT.plusSeconds(150));
    assertThat(judged).hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                judge.take(hit("m", HitKind.CLICK, 1, 40, "192.0.2.7", BROWSER, "GET", false, 9)));
  }

  private void hit(
      String mail, HitKind kind, int link, double seconds, String address, String userAgent) {
    hits.add(hit(mail, kind, link, seconds, address, userAgent, "GET", false, 9));
  }

  private static Hit hit(
      String mail,
      HitKind kind,
      int link,
      double seconds,
      String address,
      String userAgent,
      String method,
      boolean ahead,
      int links) {
    try {
      return new Hit(
          mail,
          kind,
          link,
          links,
          SENT,
          SENT.plusMillis(Math.round(seconds * 1_000)),
          method,
          ahead,
          userAgent,
          InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private List<Reason> reasons() {
    return judge().stream().map(Judged::reason).toList();
  }

  private List<Judged> judge() {
    List<Judged> judged = new ArrayList<>();
    Judge judge = new Judge((kind, address) -> false, judged::add);
    hits.stream().sorted(Comparator.comparing(Hit::at)).forEach(judge::take);
    judge.advance(SENT.plus(Duration.ofDays(1)));
    return judged;
  }
}
