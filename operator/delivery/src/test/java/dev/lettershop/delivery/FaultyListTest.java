package dev.lettershop.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.delivery.pipeline.DeliveryOptions;
import dev.lettershop.delivery.pipeline.StoreDeliveryLedger;
import dev.lettershop.delivery.policy.RetryPolicy;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.store.Store;
import dev.lettershop.store.audience.FreezeRequest;
import dev.lettershop.store.ledger.DeliveryState;
import dev.lettershop.store.ledger.Lease;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunCounts;
import dev.lettershop.store.ledger.RunKey;
import dev.lettershop.store.ledger.RunRequest;
import dev.lettershop.store.load.profile.LoadedProfile;
import dev.lettershop.store.load.profile.ProfileLoad;
import dev.lettershop.store.view.ProfileView;
import dev.lettershop.testkit.FaultySmtpServer;
import dev.lettershop.testkit.FaultySmtpServer.Moment;
import dev.lettershop.testkit.SharedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A long list as lists are: some say "later", some are gone, one domain greylists, and the relay is
 * restarted in between. It ends complete, and the ledger counts what the server saw.
 */
class FaultyListTest {
  private static final ProfileSchema SCHEMA = ProfileSchema.of(List.of(), List.of());
  private static final ProfileView VIEW = new ProfileView(SCHEMA, Set.of(), Set.of());
  private static final int DOMAINS = 40;
  private static final RetryPolicy RETRIES =
      new RetryPolicy(8, Duration.ofMillis(200), Duration.ofSeconds(2));

  @Test
  @Timeout(120)
  void fiveThousand() throws Exception {
    endsCompleteAndCounted(5_000);
  }

  @Test
  @Tag("soak")
  @Timeout(600)
  void aHundredThousand() throws Exception {
    endsCompleteAndCounted(100_000);
  }

  private static String address(int person) {
    return "p"
        + person
        + "@"
        + (person % DOMAINS == 0 ? "grey" : "d" + person % DOMAINS)
        + ".example";
  }

  private static boolean isGone(int person) {
    return person % 100 == 13;
  }

  private static boolean isBusy(int person) {
    return person % 50 == 7;
  }

  /** Answers by recipient, and drops everything at a third and at two thirds. */
  private static final class Mood implements FaultySmtpServer.Script {
    private final int people;
    private final Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();
    private final AtomicInteger taken = new AtomicInteger();
    private volatile FaultySmtpServer server;

    Mood(int people) {
      this.people = people;
    }

    @Override
    public String answer(FaultySmtpServer.Call call) {
      if (call.moment() == Moment.Mail) {
        int number = taken.incrementAndGet();
        if (number == people / 3 || number == people * 2 / 3) {
          restart();
        }
      }
      return call.moment() == Moment.Rcpt ? recipient(call.argument()) : null;
    }

    private String recipient(String command) {
      String address = command.substring(command.indexOf('<') + 1, command.indexOf('>'));
      int person = Integer.parseInt(address.substring(1, address.indexOf('@')));
      if (isGone(person)) {
        return "550 5.1.1 no such user";
      }
      if (!isBusy(person) && !address.endsWith("@grey.example")) {
        return null;
      }
      int attempt = tries.computeIfAbsent(address, a -> new AtomicInteger()).incrementAndGet();
      if (isBusy(person)) {
        return attempt <= 2 ? "450 4.2.1 busy" : null;
      }
      return attempt == 1 ? "451 4.7.1 greylisted" : null;
    }

    private void restart() {
      try {
        server.dropConnections();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void endsCompleteAndCounted(int people) throws Exception {
    try (Store store = Store.open(SharedPostgres.settings(SharedPostgres.newDatabase(), 6))) {
      Run run = frozen(store, people);
      Mood mood = new Mood(people);
      try (PipelineHarness harness = new PipelineHarness(mood);
          Lease lease = store.ledger().lease(run, 0, 1, "test", Duration.ofSeconds(30))) {
        mood.server = harness.server;
        harness.options = DeliveryOptions.standard().withConnections(8).withRetries(RETRIES);

        harness.pipeline(new StoreDeliveryLedger(store.ledger(), lease, VIEW)).run();

        assertThat(store.ledger().complete(run)).isTrue();
        check(people, store.ledger().counts(run), harness.server);
      }
    }
  }

  private static void check(int people, RunCounts counts, FaultySmtpServer server) {
    int gone = (int) IntStream.range(0, people).filter(FaultyListTest::isGone).count();
    Map<String, Integer> mails = new HashMap<>();
    server.received().forEach(mail -> mails.merge(mail.rcpt(), 1, Integer::sum));
    long sent = counts.of(DeliveryState.Sent);
    long uncertain = counts.of(DeliveryState.Uncertain);
    assertThat(mails.values()).as("mails to one recipient").containsOnly(1);
    assertThat(counts.of(DeliveryState.Failed)).isEqualTo(gone);
    assertThat(sent + uncertain).isEqualTo(people - gone);
    assertThat(uncertain).as("replies lost in two restarts").isLessThanOrEqualTo(2 * 8);
    assertThat((long) mails.size()).isBetween(sent, sent + uncertain);
    System.out.printf(
        "%d recipients: %d sent, %d failed, %d uncertain; %d mails at the server%n",
        people, sent, gone, uncertain, mails.size());
  }

  private static Run frozen(Store store, int people) {
    store.migrate(SCHEMA);
    try (ProfileLoad load = store.loadProfiles("test", SCHEMA, "number", List.of())) {
      for (int i = 0; i < people; i++) {
        load.add(new LoadedProfile("test:" + i, "n" + i, Map.of("email", address(i)), Map.of()));
      }
      load.commit();
    }
    Run run =
        store
            .ledger()
            .begin(
                new RunRequest(
                    new RunKey("shop", "sale", "list"),
                    "sha256:x",
                    "{}",
                    false,
                    false,
                    UncertainPolicy.Skip,
                    RETRIES.maxAttempts()));
    return store
        .freezer()
        .freeze(
            run,
            FreezeRequest.builder(SCHEMA)
                .include(List.of(new RuleCompiler(SCHEMA, Map.of()).compile("true").rule()))
                .topic("news")
                .optIn(OptIn.Implied)
                .experiment("shop/sale")
                .build())
        .run();
  }
}
