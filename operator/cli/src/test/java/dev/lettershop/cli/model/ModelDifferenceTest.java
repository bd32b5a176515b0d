package dev.lettershop.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.cli.PodCommand;
import dev.lettershop.cli.ShopCommand;
import dev.lettershop.cli.TestShop;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new version would change, and going back by declaration. */
class ModelDifferenceTest {
  private static final int PEOPLE = 90;

  @TempDir Path scratch;

  @Test
  void whoWouldMoveAndHowSegmentsChangeIsSaidBeforeItHappens() throws Exception {
    TestShop shop = new TestShop(scratch, 1, PEOPLE);
    shop.add(
            """
            apiVersion: lettershop.dev/v1alpha1
            kind: Segment
            metadata: {name: regulars, namespace: shop}
            spec: {expression: cluster("groups") == "often"}
            ---
            apiVersion: lettershop.dev/v1alpha1
            kind: Model
            metadata: {name: groups, namespace: shop}
            spec:
              retrainAfter: 7d
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
    ShopCommand command = new ShopCommand(shop, scratch);
    assertThat(pod.call("sync").exitCode()).isZero();
    // A third views often.
    views(shop, "n % 3 = 0", 9);
    assertThat(pod.call("score").message().model().version()).isEqualTo(1);

    assertThat(command.call("diff", "model/groups").out())
        .contains("scored with version 1, newest is version 1", "90 people")
        .contains("nobody would have another one")
        .contains("segment/regulars: 30 members now, 30 then");

    // Another third comes to view as often.
    views(shop, "n % 3 = 1", 10);
    shop.edit("maxMovedPercent: 100", "maxMovedPercent: 99").writePlans();
    String before = outputs(shop);
    JsonNode difference = command.call("diff", "model/groups", "-o", "json").json();

    assertThat(difference.at("/before").asInt()).isEqualTo(1);
    assertThat(difference.at("/version").isInt()).isFalse();
    assertThat(difference.at("/judgement/figures/silhouette").asText()).isNotEmpty();
    assertThat(difference.at("/outcome/moved"))
        .hasToString("[{\"from\":\"never\",\"to\":\"often\",\"people\":30}]");
    assertThat(difference.at("/outcome/segments"))
        .hasToString("[{\"segment\":\"regulars\",\"now\":30,\"then\":60}]");
    assertThat(outputs(shop)).isEqualTo(before);
    assertThat(shop.query("select count(*) from model_version")).isEqualTo("1");

    assertThat(pod.call("score").message().model().version()).isEqualTo(2);
    assertThat(command.call("segment", "count", "segment/regulars").out()).contains("60");

    Path page = scratch.resolve("groups.html");
    ShopCommand.Result evaluated =
        command.call("model", "evaluate", "model/groups", "--out", page.toString());
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    assertThat(Files.readString(page))
        .contains(">often<", ">60<", ">never<", ">30<", "<h2>Drift</h2>");

    // Another namespace on the store sees none of it.
    String elsewhere = Files.readString(scratch.resolve("shop-of-people.yaml"));
    Path other =
        Files.writeString(
            scratch.resolve("elsewhere.yaml"),
            elsewhere.replace("namespace: shop", "namespace: elsewhere"));
    ShopCommand.Result list =
        ShopCommand.withoutResources("model", "list", "model/groups", "-f", other.toString());
    assertThat(list.out()).contains("has no version yet");
    assertThat(
            ShopCommand.withoutResources(
                    "segment", "count", "segment/regulars", "-f", other.toString())
                .out())
        .doesNotContain("60", "30");

    // Back to the first version, by declaration.
    shop.edit("retrainAfter: 7d", "version: 1").writePlans();
    assertThat(command.call("diff", "model/groups").out())
        .contains("scored with version 1, newest is version 2");
    assertThat(pod.call("score").message().model().version()).isEqualTo(1);
    shop.edit("version: 1", "version: 7").writePlans();
    assertThat(pod.call("score").message().message()).contains("no version 7", "[2, 1]");
  }

  private static String outputs(TestShop shop) throws Exception {
    return shop.query(
        "select md5(string_agg(profile_id || cluster, ',' order by profile_id)) from model_output");
  }

  private static void views(TestShop shop, String whose, int times) throws Exception {
    shop.execute(
        "insert into event (profile_id, name, occurred_at, id)"
            + " select id, 'viewed', now() - i * interval '1 hour', i || '-"
            + times
            + "' from (select id, row_number() over (order by id) as n from profile) p,"
            + " generate_series(1, "
            + times
            + ") i where "
            + whose);
  }
}
