package dev.lettershop.playground.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * CRDs that are newer than the controller, with a field of each shape that it does not know, and
 * back again, under live objects.
 */
@Tag("cluster")
@Isolated("changes the CRDs that all tests of this cluster use")
class NewerCrdsIT {
  private static final Map<String, String> FIELDS =
      Map.of(
          "newText", "{\"type\":\"string\",\"maxLength\":9}",
          "newNumber", "{\"type\":\"integer\"}",
          "newSwitch", "{\"type\":\"boolean\",\"default\":true}",
          "newList", "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}",
          "newObject", "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}}}",
          "newMap", "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"}}",
          "newAnything", "{\"x-kubernetes-preserve-unknown-fields\":true}");

  @TempDir static Path scratch;
  private static Shop shop;
  private static Cluster cluster;

  @BeforeAll
  static void open() throws Exception {
    shop = Shop.open(scratch);
    cluster = Cluster.connect();
    shop.apply(
        ShopResources.surroundings(
            new ShopResources.Place("db.example", 5432),
            "shop",
            new ShopResources.Place("mail.example", 25)));
    shop.apply(ShopResources.campaign("steady"));
    shop.await("campaigns", "steady", "Ready", "True");
  }

  @AfterAll
  static void close() throws Exception {
    if (cluster != null) {
      cluster.applyShipped();
      cluster.close();
    }
    if (shop != null) {
      shop.close();
    }
  }

  @Test
  void fieldsThatAreNotKnownAreNamedAndStopNobody() throws Exception {
    String uid = shop.cronJob("steady").getMetadata().getUid();

    cluster.applyNewer("segments", FIELDS);
    Awaitility.await("the fields are served")
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(500))
        .until(this::isWritten);

    // A watch that was there before the schema drops them for as long as the server keeps it.
    AtomicInteger edits = new AtomicInteger(1);
    Awaitility.await("the fields are named")
        .atMost(Duration.ofMinutes(10))
        .pollInterval(Duration.ofSeconds(2))
        .until(
            () -> {
              String edit = "{\"spec\":{\"newNumber\":" + edits.incrementAndGet() + "}}";
              shop.patch("segments", "newer", edit);
              return Cluster.condition(segment("newer"), "UnknownFields").equals("True");
            });

    JsonNode segment = shop.await("segments", "newer", "UnknownFields", "True");
    assertThat(segment.at("/status/conditions").toString())
        .contains("spec.newAnything, spec.newList, spec.newMap, spec.newNumber, spec.newObject")
        .contains("upgrade the controller");
    shop.await("segments", "newer", "Ready", "True");
    shop.apply(ShopResources.refreshedSegment("later"));
    shop.await("segments", "later", "Ready", "True");

    cluster.applyShipped();
    shop.patch("segments", "newer", "{\"spec\":{\"expression\":\"false\"}}");
    Awaitility.await("the older CRD drops them")
        .atMost(Duration.ofMinutes(1))
        .until(() -> Cluster.condition(segment("newer"), "UnknownFields").isEmpty());
    shop.patch("campaigns", "steady", "{\"spec\":{\"parallelism\":3}}");
    Shop.within(60, "the campaign follows")
        .until(
            () ->
                shop.cronJob("steady").getSpec().getJobTemplate().getSpec().getParallelism() == 3);
    assertThat(shop.cronJob("steady").getMetadata().getUid()).isEqualTo(uid);
  }

  /** Until the server serves the newer schema, it drops the fields. */
  private boolean isWritten() throws Exception {
    String path = shop.namespace().path("segments");
    cluster.api().delete(path + "/newer");
    Answer answer =
        cluster
            .api()
            .post(
                path,
                """
                {"apiVersion":"lettershop.dev/v1alpha1","kind":"Segment","metadata":{"name":"newer"},
                 "spec":{"expression":"true","newText":"x","newNumber":1,"newList":["a"],
                   "newObject":{"a":1},"newMap":{"a":"b"},"newAnything":[{"a":1}]}}""");
    return answer.ok() && answer.json().at("/spec/newMap").isObject();
  }

  private static JsonNode segment(String name) throws Exception {
    return cluster.api().get(shop.namespace().path("segments") + "/" + name).json();
  }
}
