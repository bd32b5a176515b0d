package dev.lettershop.playground.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The API server takes those schedules for a CronJob that the controller takes, and no others. */
@Tag("cluster")
class SchedulesIT {
  private static final Path TABLE =
      Repository.ROOT.resolve("operator/core/src/test/resources/cron-next.txt");

  private static Cluster cluster;
  private static TestNamespace namespace;

  @BeforeAll
  static void connect() throws Exception {
    cluster = Cluster.connect();
    namespace = cluster.namespace();
  }

  @AfterAll
  static void leave() throws Exception {
    if (namespace != null) {
      namespace.close();
      cluster.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> theServerRefusesWhatWeRefuse() throws Exception {
    return Files.readAllLines(TABLE).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\\|"))
        .map(
            columns ->
                DynamicTest.dynamicTest(
                    columns[0] + " in " + columns[1],
                    () -> assertSame(columns[0], columns[1], columns[3].equals("refused"))));
  }

  private static void assertSame(String schedule, String timeZone, boolean refused)
      throws Exception {
    String cronJob =
        """
        {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "asked"},
         "spec": {"schedule": "%s", "timeZone": "%s", "jobTemplate": {"spec": {"template": {"spec": {
           "restartPolicy": "Never", "containers": [{"name": "worker", "image": "none"}]}}}}}}
        """
            .formatted(schedule, timeZone);

    Answer answer =
        cluster
            .api()
            .post(
                "/apis/batch/v1/namespaces/" + namespace.name() + "/cronjobs?dryRun=All", cronJob);

    assertThat(answer.code()).as(answer.message()).isEqualTo(refused ? 422 : 201);
  }
}
