package dev.lettershop.insight.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A campaign with known truth: people at home and behind the address of a company, providers'
 * proxies, clients that fetch ahead, and scanners that open everything 20 seconds to five minutes
 * after the mail has come.
 */
class SimulatedWorldTest {
  private static final Instant SENT = Instant.parse("2027-03-01T09:00:00Z");
  private static final int MAILS = 20_000;
  private static final String[] BROWSERS = {
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
        + " Chrome/150.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
        + " Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
  };

  private final SplittableRandom random = new SplittableRandom(20270301);
  private final List<Hit> hits = new ArrayList<>();
  private final Map<Hit, Boolean> byPerson = new HashMap<>();
  private final List<Judged> judged = new ArrayList<>();

  @BeforeEach
  void mail() {
    for (int mail = 0; mail < MAILS; mail++) {
      int links = new int[] {1, 2, 10}[mail % 3];
      // A third of the mails goes to companies, which scan all their mail.
      boolean company = random.nextInt(3) == 0;
      if (company) {
        scan(mail, links);
      }
      if (random.nextInt(10) == 0) {
        read(mail, links, company);
      }
    }
    hits.sort(Comparator.comparing(Hit::at));
    Judge judge = new Judge(ScannerNetworks.NONE, judged::add);
    hits.forEach(judge::take);
    judge.advance(SENT.plus(Duration.ofDays(7)));
  }

  @Test
  void scannersAreNotTakenForPeople() {
    assertThat(share(false, true)).isLessThanOrEqualTo(0.02);
  }

  @Test
  void peopleAreNotTakenForScanners() {
    assertThat(share(true, false)).isLessThanOrEqualTo(0.005);
  }

  @Test
  void everyHitIsJudgedOnce() {
    assertThat(judged).extracting(Judged::hit).containsExactlyElementsOf(hits);
  }

  @Test
  void whoGoesOnAfterAnInterruptionComesToTheSame() {
    Instant from = SENT.plusSeconds(1_500);
    List<Judged> again = new ArrayList<>();
    Judge judge = new Judge(ScannerNetworks.NONE, again::add);
    hits.stream().filter(hit -> !hit.at().isBefore(from.minus(Judge.MEMORY))).forEach(judge::take);
    judge.advance(SENT.plus(Duration.ofDays(7)));
    assertThat(again.stream().filter(one -> !one.hit().at().isBefore(from)))
        .containsExactlyElementsOf(
            judged.stream().filter(one -> !one.hit().at().isBefore(from)).toList());
  }

  /** Of the clicks by people or by scanners, those that are held to be of people, or not. */
  private double share(boolean person, boolean human) {
    List<Judged> clicks =
        judged.stream()
            .filter(one -> one.hit().kind() == HitKind.Click)
            .filter(one -> byPerson.get(one.hit()) == person)
            .toList();
    assertThat(clicks.size()).isGreaterThan(1_500);
    return (double)
            clicks.stream()
                .filter(one -> (one.reason().verdict() == Verdict.Human) == human)
                .count()
        / clicks.size();
  }

  private void scan(int mail, int links) {
    double at =
        random.nextInt(100) < 67 ? 20 + random.nextDouble() * 40 : 60 + random.nextDouble() * 240;
    // A fleet of 40 networks.
    String network = network(45, 60, random.nextInt(40));
    String browser = BROWSERS[random.nextInt(BROWSERS.length)];
    for (int link = 1; link <= links; link++) {
      add(
          mail,
          HitKind.Click,
          link,
          links,
          at + random.nextDouble() * 0.9,
          browser,
          network,
          false);
    }
  }

  private void read(int mail, int links, boolean company) {
    String network =
        company
            ? network(80, 90, random.nextInt(20))
            : network(100 + random.nextInt(60), random.nextInt(250), random.nextInt(250));
    String browser = BROWSERS[random.nextInt(BROWSERS.length)];
    double at = 15 - Math.log(1 - random.nextDouble()) * 3_600;
    int clicks = 1 + random.nextInt(Math.min(links, 3));
    for (int click = 0; click < clicks; click++) {
      int link = 1 + random.nextInt(links);
      add(mail, HitKind.Click, link, links, at, browser, network, true);
      at += 3 - Math.log(1 - random.nextDouble()) * 60;
    }
  }

  private void add(
      int mail,
      HitKind kind,
      int link,
      int links,
      double seconds,
      String userAgent,
      String network,
      boolean person) {
    Hit hit =
        new Hit(
            hits.size(),
            mail,
            kind,
            link,
            links,
            SENT,
            // No two at once, so that the order is one.
            SENT.plusMillis(Math.round(seconds * 1_000)).plusNanos(hits.size()),
            "GET",
            false,
            userAgent,
            network);
    hits.add(hit);
    byPerson.put(hit, person);
  }

  /** Hits keep no more of an address. */
  private static String network(int a, int b, int c) {
    return a + "." + b + "." + c + ".0/24";
  }
}
