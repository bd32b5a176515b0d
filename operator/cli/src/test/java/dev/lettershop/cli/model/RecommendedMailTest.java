package dev.lettershop.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.model.ModelRun;
import dev.lettershop.cli.PodCommand;
import dev.lettershop.cli.ShopCommand;
import dev.lettershop.cli.TestShop;
import dev.lettershop.testkit.FaultySmtpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recommendations from the orders and the catalogue to the mail that a server takes. */
class RecommendedMailTest {
  private static final int PEOPLE = 130;
  private static final Pattern SHOWN =
      Pattern.compile("To: zebulon\\.(\\d+)@.*?<p>-(.*?)-</p>", Pattern.DOTALL);

  @TempDir Path scratch;

  private final FaultySmtpServer inbox =
      new FaultySmtpServer(call -> null, "PIPELINING", "8BITMIME");
  private TestShop shop;
  private PodCommand pod;
  private ShopCommand command;

  @BeforeEach
  void open() throws Exception {
    shop = new TestShop(scratch, inbox.port(), PEOPLE);
    shop.edit(
            "  - name: viewed\n    properties: []",
            "  - name: ordered\n    properties: [{name: sku, type: String}]")
        .edit(
            "<p>{{content.greeting}}, {{profile.first_name}}.</p>",
            "<p>-{{#recommendations}}[{{name}}]{{/recommendations}}-</p>")
        .edit(
            "  content: {templateRef: {name: hello}}",
            "  content:\n    templateRef: {name: hello}\n"
                + "    recommendations: {modelRef: {name: also}, atMost: 2}")
        .edit("holdoutPercent: 10", "holdoutPercent: 0")
        .add(
            """
            apiVersion: lettershop.dev/v1alpha1
            kind: ProfileSource
            metadata: {name: products, namespace: shop}
            spec:
              provides: Products
              file: {format: Csv, path: products.csv, volume: {configMap: {name: products}}}
              mapping:
              - {to: name, value: record.title}
              - {to: available, value: 'int(record.stock) > 0'}
              identity: {key: sku}
            ---
            apiVersion: lettershop.dev/v1alpha1
            kind: Model
            metadata: {name: also, namespace: shop}
            spec:
              recommend:
                event: ordered
                item: sku
                catalogue: {sourceRef: {name: products}}
            """)
        .writePlans();
    pod = new PodCommand(shop, null, scratch);
    command = new ShopCommand(shop, scratch);
    products("tent,Tent,5", "stove,Stove,3", "mat,Mat,1", "lamp,Lamp,9", "rope,Rope,2");
    assertThat(pod.call("sync").exitCode()).isZero();
    // The tent goes with stove or mat, the lamp with the rope. The last ten bought nothing.
    shop.execute(
        """
        insert into event (profile_id, name, occurred_at, id, properties)
        select p.id, 'ordered', now() - interval '3 days' + i.n * interval '1 hour',
          p.id || '-' || i.n, jsonb_build_object('sku', i.sku)
        from (select id, row_number() over (order by id) - 1 as n from profile) p
        cross join lateral (values
          (1, case when p.n % 2 = 0 then 'tent' else 'lamp' end),
          (2, case p.n % 4 when 0 then 'stove' when 2 then 'mat' else 'rope' end)) i(n, sku)
        where p.n < 120
        """);
  }

  @AfterEach
  void close() {
    inbox.close();
  }

  private void products(String... lines) throws Exception {
    Path file = Files.createDirectories(shop.sources().resolve("products")).resolve("products.csv");
    Files.writeString(file, "sku,title,stock\n" + String.join("\n", lines) + "\n");
  }

  /** What each person was shown in the mails from one on. */
  private Map<Integer, String> shown(int from) {
    Map<Integer, String> shown = new TreeMap<>();
    inbox.received().stream()
        .skip(from)
        .forEach(
            mail -> {
              Matcher matcher = SHOWN.matcher(mail.text());
              assertThat(matcher.find()).as(mail.text()).isTrue();
              shown.put(Integer.valueOf(matcher.group(1)), matcher.group(2));
            });
    return shown;
  }

  private ModelRun score() throws Exception {
    PodCommand.Result result = pod.call("score");
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.message().model();
  }

  @Test
  void aMailShowsWhatFitsAndNothingThatIsGoneOrBoughtWhenItIsSent() throws Exception {
    assertThat(score().scored()).isEqualTo(60);

    assertThat(pod.call("send", "--run-name=one").exitCode()).isZero();

    Map<Integer, String> first = shown(0);
    assertThat(first).hasSize(PEOPLE);
    // Four bought tent and stove: the mat goes with the tent, then what is popular.
    assertThat(first.get(4)).isEqualTo("[Mat][Lamp]");
    assertThat(first.get(6)).isEqualTo("[Stove][Lamp]");
    // Five bought lamp and rope, which go with nothing else.
    assertThat(first.get(5)).isEqualTo("[Tent][Mat]");
    assertThat(first.get(125)).isEqualTo("[Lamp][Rope]");

    // No mat is left, the stove is gone for good, and four has bought a lamp meanwhile.
    products("tent,Tent,5", "mat,Mat,0", "lamp,Lamp,9", "rope,Rope,2");
    shop.execute(
        """
        insert into event (profile_id, name, occurred_at, id, properties)
        select profile_id, 'ordered', now(), 'new', '{"sku": "lamp"}' from identity
        where kind = 'email' and value = 'zebulon.4@people.example'
        """);

    assertThat(pod.call("send", "--run-name=two").exitCode()).isZero();

    Map<Integer, String> second = shown(PEOPLE);
    assertThat(second).hasSize(PEOPLE);
    assertThat(second.values()).noneMatch(text -> text.contains("Mat") || text.contains("Stove"));
    assertThat(second.get(4)).isEqualTo("[Rope]");
    assertThat(second.get(6)).isEqualTo("[Lamp][Rope]");
    assertThat(second.get(5)).isEqualTo("[Tent]");

    // A preview says what a mail would say now.
    assertThat(
            command
                .call(
                    "render",
                    "campaign/hello",
                    "--profile",
                    "email=zebulon.6@people.example",
                    "-o",
                    "eml")
                .out())
        .contains("-[Lamp][Rope]-");
    ShopCommand.Result explained =
        command.call(
            "model", "explain", "model/also", "--profile", "email=zebulon.6@people.example");
    assertThat(explained.out()).contains("recommends lamp, rope");
  }

  @Test
  void whatIsTheSameAgainIsNotWrittenAgainAndErasureTakesItAway() throws Exception {
    assertThat(score().changed()).isEqualTo(60);
    assertThat(score().changed()).isZero();
    assertThat(shop.query("select count(*) from change where part = 'models'")).isEqualTo("0");

    command.call("profile", "forget", "email=zebulon.4@people.example", "--yes");

    assertThat(shop.query("select count(*) from recommendation")).isEqualTo("59");
    assertThat(score().scored()).isEqualTo(59);
  }
}
