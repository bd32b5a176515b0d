package dev.lettershop.insight.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
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
          Mozilla/5.0                                                            | ApplePrivacy
          Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0 | GmailPrefetch
          Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy) | GmailProxy
          YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html | YahooProxy
          ''                                                                     | NoClient
          curl/8.5.0                                                             | Library
          python-requests/2.32.3                                                 | Library
          Go-http-client/2.0                                                     | Library
          Java/17.0.15                                                           | Library
          Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) | Crawler
          Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 | NoMachine
          Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17126; Pro) | NoMachine
          """)
  void opens(String userAgent, Reason reason) {
    hit("m", HitKind.Open, 0, 40, "192.0.2.7", userAgent);
    assertThat(reasons()).containsExactly(reason);
  }

  @Test
  void clicksThroughProxiesArePeople() {
    hit("m", HitKind.Click, 1, 40, "192.0.2.7", "Mozilla/5.0");
    assertThat(reasons()).containsExactly(Reason.NoMachine);
  }

  @Test
  void openedBeforeAnybodyCould() {
    hit("m", HitKind.Open, 0, 9, "192.0.2.7", BROWSER);
    hit("m", HitKind.Open, 0, 400, "192.0.2.7", BROWSER);
    assertThat(reasons()).containsExactly(Reason.TooEarly, Reason.NoMachine);
  }

  @Test
  void askedForAhead() {
    hits.add(hit("m", HitKind.Click, 1, 40, "192.0.2.7", BROWSER, "HEAD", false, 9));
    hits.add(hit("m", HitKind.Click, 1, 41, "192.0.2.7", BROWSER, "GET", true, 9));
    assertThat(reasons()).containsExactly(Reason.Method, Reason.PrefetchHeader);
  }

  @Test
  void severalLinksAtOnceAreAScan() {
    hit("m", HitKind.Open, 0, 30, "192.0.2.7", BROWSER);
    hit("m", HitKind.Click, 1, 30.2, "192.0.2.7", BROWSER);
    hit("m", HitKind.Click, 2, 30.4, "198.51.100.9", BROWSER);
    hit("m", HitKind.Click, 3, 30.9, "192.0.2.7", BROWSER);
    hit("m", HitKind.Click, 4, 200, "192.0.2.7", BROWSER);
    hit("m", HitKind.Click, 4, 201, "203.0.113.5", BROWSER);
    hit("other", HitKind.Click, 4, 202, "192.0.2.7", BROWSER);
    assertThat(reasons())
        .containsExactly(
            Reason.Burst,
            Reason.Burst,
            Reason.Burst,
            Reason.Burst,
            Reason.AfterBurst,
            Reason.NoMachine,
            Reason.NoMachine);
  }

  @Test
  void twoOfManyLinksAreAPersonInAHurry() {
    hit("m", HitKind.Click, 1, 30, "192.0.2.7", BROWSER);
    hit("m", HitKind.Click, 2, 31, "192.0.2.7", BROWSER);
    hit("m", HitKind.Click, 2, 31.5, "192.0.2.7", BROWSER);
    assertThat(reasons()).containsOnly(Reason.NoMachine);
  }

  @Test
  void bothOfTwoLinksAtOnceAreAScan() {
    hits.add(hit("m", HitKind.Click, 1, 30, "192.0.2.7", BROWSER, "GET", false, 2));
    hits.add(hit("m", HitKind.Click, 2, 31, "192.0.2.7", BROWSER, "GET", false, 2));
    assertThat(reasons()).containsExactly(Reason.Burst, Reason.Burst);
  }

  @Test
  void aFleetIsKnownByItsBursts() {
    for (int mail = 0; mail < 3; mail++) {
      for (int link = 1; link <= 3; link++) {
        hit("m" + mail, HitKind.Click, link, 60 + mail, "198.51.100." + (mail + 1), BROWSER);
      }
    }
    // A minute before the bursts, so that the verdict is not yet given.
    hits.add(hit("early", HitKind.Click, 1, 10, "198.51.100.77", BROWSER, "GET", false, 1));
    hits.add(hit("one", HitKind.Click, 1, 100, "198.51.100.77", BROWSER, "GET", false, 1));
    hits.add(hit("two", HitKind.Click, 1, 100, "198.51.101.77", BROWSER, "GET", false, 1));
    hits.add(hit("late", HitKind.Click, 1, 3_800, "198.51.100.77", BROWSER, "GET", false, 1));
    assertThat(judge().stream().filter(one -> one.hit().links() == 1))
        .extracting(one -> one.hit().delivery(), Judged::reason)
        .containsExactly(
            tuple("early", Reason.Fleet),
            tuple("one", Reason.Fleet),
            tuple("two", Reason.NoMachine),
            tuple("late", Reason.NoMachine));
  }

  @Test
  void theOperatorKnowsNetworks() {
    hit("m", HitKind.Click, 1, 60, "203.0.113.8", BROWSER);
    hit("m", HitKind.Open, 0, 61, "203.0.113.8", BROWSER);
    List<Reason> reasons = new ArrayList<>();
    Judge judge =
        new Judge(
            new ScannerNetworks(
                List.of(
                    new ScannerNetworks.Named("203.0.113.128/25", Set.of(HitKind.Click)),
                    new ScannerNetworks.Named("2001:db8::/32", Set.of(HitKind.Open)))),
            one -> reasons.add(one.reason()));
    hits.forEach(judge::take);
    judge.advance(SENT.plus(Duration.ofDays(1)));
    assertThat(reasons).containsExactly(Reason.Network, Reason.NoMachine);
  }

  @Test
  void widerAndNarrowerNetworksCountWhereTheyOverlap() {
    ScannerNetworks networks =
        new ScannerNetworks(
            List.of(
                new ScannerNetworks.Named("2001:db8:7:1::/64", Set.of(HitKind.Click)),
                new ScannerNetworks.Named("10.0.0.0/8", Set.of(HitKind.Click))));
    assertThat(networks.contain(HitKind.Click, "2001:db8:7::/48")).isTrue();
    assertThat(networks.contain(HitKind.Click, "2001:db8:8::/48")).isFalse();
    assertThat(networks.contain(HitKind.Click, "10.250.3.0/24")).isTrue();
    assertThat(networks.contain(HitKind.Open, "10.250.3.0/24")).isFalse();
    assertThat(networks.contain(HitKind.Click, "11.250.3.0/24")).isFalse();
    assertThat(networks.contain(HitKind.Click, null)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ScannerNetworks(
                    List.of(new ScannerNetworks.Named("10.0.0.0", Set.of(HitKind.Click)))))
        .withMessage("\"10.0.0.0\" is not a network");
  }

  @Test
  void whereNobodyIsNamedOnlyTheRequestItselfTells() {
    Judge judge = new Judge(ScannerNetworks.NONE, one -> {});
    assertThat(judge.unnamed(HitKind.Open, "GET", false, "Mozilla/5.0"))
        .isEqualTo(Reason.ApplePrivacy);
    assertThat(judge.unnamed(HitKind.Click, "HEAD", false, BROWSER)).isEqualTo(Reason.Method);
    assertThat(judge.unnamed(HitKind.Click, "GET", true, BROWSER)).isEqualTo(Reason.PrefetchHeader);
    assertThat(judge.unnamed(HitKind.Click, "GET", false, "")).isEqualTo(Reason.NoClient);
    assertThat(judge.unnamed(HitKind.Click, "GET", false, BROWSER)).isEqualTo(Reason.Unnamed);
  }

  @Test
  void anUnknownNetworkIsNotAPlace() {
    for (int link = 1; link <= 3; link++) {
      hits.add(anywhere("m", link, 30));
      hits.add(anywhere("n", link, 30));
      hits.add(anywhere("o", link, 30));
    }
    hits.add(anywhere("m", 4, 60));
    hits.add(anywhere("p", 1, 60));
    assertThat(reasons().subList(9, 11)).containsExactly(Reason.NoMachine, Reason.NoMachine);
  }

  private static Hit anywhere(String mail, int link, int seconds) {
    Instant at = SENT.plusSeconds(seconds);
    return new Hit(link, mail, HitKind.Click, link, 9, null, at, "GET", false, BROWSER, null);
  }

  @Test
  void whatOnlyAPersonDoesOutranksSignsOfMachines() {
    for (int link = 1; link <= 3; link++) {
      hit("m", HitKind.Click, link, 30, "192.0.2.7", BROWSER);
    }
    hit("m", HitKind.Evidence, 0, 90, "192.0.2.7", BROWSER);
    assertThat(reasons()).containsOnly(Reason.Evidence).hasSize(3);
  }

  @Test
  void whoComesBackIsAPerson() {
    hit("m", HitKind.Click, 1, 30, "192.0.2.7", "curl/8.5.0");
    hit("m", HitKind.Click, 1, 331, "192.0.2.7", "curl/8.5.0");
    hit("m", HitKind.Click, 1, 4_000, "192.0.2.7", "curl/8.5.0");
    assertThat(reasons()).containsExactly(Reason.Library, Reason.SecondClick, Reason.Library);
  }

  @Test
  void verdictsAreFinalAfterTwoMinutes() {
    List<Judged> judged = new ArrayList<>();
    Judge judge = new Judge(ScannerNetworks.NONE, judged::add);
    judge.take(hit("m", HitKind.Click, 1, 30, "192.0.2.7", BROWSER, "GET", false, 9));
    judge.advance(SENT.plusSeconds(149));
    assertThat(judged).isEmpty();
    judge.advance(SENT.plusSeconds(150));
    assertThat(judged).hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                judge.take(hit("m", HitKind.Click, 1, 40, "192.0.2.7", BROWSER, "GET", false, 9)));
  }

  private void hit(
      String mail, HitKind kind, int link, double seconds, String address, String userAgent) {
    hits.add(hit(mail, kind, link, seconds, address, userAgent, "GET", false, 9));
  }

  private Hit hit(
      String mail,
      HitKind kind,
      int link,
      double seconds,
      String address,
      String userAgent,
      String method,
      boolean ahead,
      int links) {
    return new Hit(
        hits.size(),
        mail,
        kind,
        link,
        links,
        SENT,
        SENT.plusMillis(Math.round(seconds * 1_000)),
        method,
        ahead,
        userAgent,
        address.replaceAll("\\.\\d+$", ".0/24"));
  }

  private List<Reason> reasons() {
    return judge().stream().map(Judged::reason).toList();
  }

  private List<Judged> judge() {
    List<Judged> judged = new ArrayList<>();
    Judge judge = new Judge(ScannerNetworks.NONE, judged::add);
    hits.stream().sorted(Comparator.comparing(Hit::at)).forEach(judge::take);
    judge.advance(SENT.plus(Duration.ofDays(1)));
    return judged;
  }
}
