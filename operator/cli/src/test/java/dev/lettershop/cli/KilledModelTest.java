package dev.lettershop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A model whose process is killed in the middle: the version and the scores before stay whole. */
@Timeout(300)
class KilledModelTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir Path scratch;

  @Test
  void whileItTrainsAndWhileItWritesWhatItSays() throws Exception {
    TestShop shop = new TestShop(scratch, 1, 120);
    shop.edit(
            "  - name: viewed\n    properties: []",
            "  - name: viewed\n    properties: [{name: times, type: Integer}]")
        .add(
            """
            apiVersion: lettershop.dev/v1alpha1
            kind: Model
            metadata: {name: groups, namespace: shop}
            spec:
              retrainAfter: 1s
              features:
              - {name: views, value: 'events("viewed").size()'}
              cluster:
                maxMovedPercent: 100
                groups:
                - {name: often, like: {views: High}}
                - {name: never, like: {views: Low}}
            """)
        .writePlans();
    PodCommand pod = new PodCommand(shop, null, scratch);
    assertThat(pod.call("sync").exitCode()).isZero();
    views(shop, "profile.id % 2 = 0", 5);
    assertThat(pod.call("score").message().model().scored()).isEqualTo(120);
    String before = outputs(shop);

    // Nobody can read events: it is killed in the middle of training.
    views(shop, "profile.id % 3 = 0", 50);
    Awaitility.await().atMost(PATIENCE).until(() -> isOlderThanASecond(shop));
    try (Connection lock = shop.connect();
        Statement statement = lock.createStatement()) {
      lock.setAutoCommit(false);
      statement.execute("lock table event in access exclusive mode");
      killWhenItWaits(pod, shop);
      lock.rollback();
    }
    assertThat(shop.query("select string_agg(version::text, ',') from model_version"))
        .isEqualTo("1");
    assertThat(outputs(shop)).isEqualTo(before);

    // Nobody else can write scores: it is killed with a new version in place and scores computed.
    try (Connection lock = shop.connect();
        Statement statement = lock.createStatement()) {
      lock.setAutoCommit(false);
      statement.execute("lock table model_output in share row exclusive mode");
      killWhenItWaits(pod, shop);
      lock.rollback();
    }
    assertThat(
            shop.query("select string_agg(version::text, ',' order by version) from model_version"))
        .isEqualTo("1,2");
    assertThat(outputs(shop)).isEqualTo(before);

    assertThat(pod.call("score").message().model().scored()).isEqualTo(120);
    assertThat(outputs(shop)).isNotEqualTo(before);
  }

  private static void views(TestShop shop, String whose, int times) throws Exception {
    shop.execute(
        "insert into event (profile_id, name, occurred_at, id)"
            + " select id, 'viewed', now() - n * interval '1 hour', n || '-"
            + times
            + "' from profile, generate_series(1, "
            + times
            + ") n where "
            + whose);
  }

  private static boolean isOlderThanASecond(TestShop shop) throws Exception {
    return shop.query("select bool_and(trained_at < now() - interval '1 s') from model_version")
        .equals("t");
  }

  private static String outputs(TestShop shop) throws Exception {
    return shop.query(
        "select md5(string_agg(profile_id || cluster, ',' order by profile_id)) from model_output");
  }

  private static void killWhenItWaits(PodCommand pod, TestShop shop) throws Exception {
    PodCommand.Started score = pod.start("score");
    try {
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () ->
                  !shop.query(
                          "select count(*) from pg_stat_activity where backend_type = 'client backend'"
                              + " and wait_event_type = 'Lock'"
                              + " and wait_event = 'relation' and datname = current_database()")
                      .equals("0"));
    } finally {
      score.kill();
    }
  }
}
