package dev.lettershop.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.cli.LettershopCommand;
import dev.lettershop.cli.ShopCommand;
import dev.lettershop.testkit.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class InitCommandTest {
  private static final String SHOPIFY =
      """
      Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address City,Total Spent,Total Orders,Tags
      '7001,Ada,Lovelace,ada@example.com,yes,Boston,120.50,3,"vip, local"
      '7002,Bob,Builder,bob@example.com,no,Rome,0.00,0,
      """;
  private static final String ORDERS =
      """
      order_id,customer_id,created_at,total,currency
      1,7001,2026-11-01T10:00:00Z,19.90,EUR
      2,7001,2026-11-02T10:00:00Z,29.90,EUR
      """;

  @TempDir Path folder;

  private ShopCommand.Result init(String... words) {
    return call(Stream.concat(Stream.of("init"), Stream.of(words)).toArray(String[]::new));
  }

  private static ShopCommand.Result call(String... words) {
    return ShopCommand.withoutResources(words);
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private String shop() {
    return folder.resolve("shop").toString();
  }

  private String written(String name) throws IOException {
    return Files.readString(folder.resolve("shop").resolve(name));
  }

  @Test
  void a_folder_that_passes_lint_comes_out_of_a_file_of_people() throws IOException {
    ShopCommand.Result result = init(file("customers.csv", SHOPIFY), "--out", shop());

    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("customers: people, told apart by customer_id")
        .contains("buyers: who have bought something, by total_spent")
        .doesNotContain("Ada", "ada@example.com");
    assertThat(call("lint", "-f", shop(), "--warnings-as-errors").out())
        .contains("8 resources: nothing to report");
    assertThat(folder.resolve("shop/data/customers.csv")).hasContent(SHOPIFY);
    assertThat(written(".gitignore")).contains("/secrets.yaml", "/data/", "/.lettershop/");
    assertThat(written("kustomization.yaml")).doesNotContain("- secrets.yaml");
    assertThat(written(".github/workflows/campaigns.yaml")).contains("lint -f shop");
  }

  @Test
  void who_ticked_the_box_has_agreed_when_the_file_was_written_at_the_latest() throws IOException {
    init(file("customers.csv", SHOPIFY), "--out", shop(), "--consent-date", "2026-11-29");

    assertThat(written("sources.yaml"))
        .contains("'Granted'", "2026-11-29T00:00:00Z", "column Accepts Email Marketing");
  }

  @Test
  void two_files_become_people_and_what_they_did() throws IOException {
    ShopCommand.Result result =
        init(file("customers.csv", SHOPIFY), file("orders.csv", ORDERS), "--out", shop());

    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("orders: events order, told apart by customer_id");
    assertThat(written("segments.yaml")).contains("order", "2160h", "name: active");
    assertThat(written("profile-store.yaml")).contains("name: order", "name: total");
    assertThat(call("lint", "-f", shop()).out()).contains("nothing to report");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Mailchimp, HubSpot, Brevo, listmonk, and the least that there is.
        "Email Address,First Name,Last Name,CONFIRM_TIME,CONFIRM_IP,LEID,TAGS\n"
            + "ada@example.com,Ada,Lovelace,2026-10-01 08:00:00,203.0.113.7,71,vip\n"
            + "bob@example.com,Bob,Builder,2026-10-03 08:00:00,203.0.113.8,72,\n",
        "Record ID,First Name,Email,Create Date,Unsubscribed from all email\n"
            + "301,Ada,ada@example.com,2026-10-01 08:00,true\n"
            + "302,Bob,bob@example.com,2026-10-02 08:00,\n",
        "CONTACT ID;EMAIL;FIRSTNAME;EMAIL_BLACKLISTED;ADDED_TIME\n"
            + "11;ada@example.com;Ada;Yes;2026-10-01\n12;bob@example.com;Bob;No;2026-10-03\n",
        "uuid,email,name,attributes,status,created_at\n"
            + "4f0c9a2e-0000-4000-8000-000000000001,ada@example.com,Ada,{},enabled,2026-10-01T08:00:00Z\n"
            + "4f0c9a2e-0000-4000-8000-000000000002,bob@example.com,Bob,{},blocklisted,2026-10-01T08:00:00Z\n",
        "email\nada@example.com\nbob@example.com\n",
        "{\"email\": \"ada@example.com\", \"id\": 1, \"address\": {\"city\": \"Rome\"}}\n"
            + "{\"email\": \"bob@example.com\", \"id\": 2, \"vip\": true}\n"
      })
  void other_layouts_pass_too(String content) throws IOException {
    ShopCommand.Result result =
        init(file("people.csv", content), "--out", shop(), "--consent", "sign-up form");

    assertThat(result.err()).isEmpty();
    assertThat(result.out()).doesNotContain("Nobody gets mail yet");
    ShopCommand.Result lint = call("lint", "-f", shop(), "--warnings-as-errors");
    assertThat(lint.out()).contains("nothing to report");
    assertThat(lint.exitCode()).isZero();
  }

  @Test
  void without_a_word_on_consent_nobody_is_mailed_and_that_is_said() throws IOException {
    ShopCommand.Result result =
        init(file("people.csv", "email\nada@example.com\nbob@example.com\n"), "--out", shop());

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("Nobody gets mail yet", "--consent");
  }

  @Test
  void no_file_is_written_over() throws IOException {
    Files.createDirectories(folder.resolve("shop"));
    Files.writeString(folder.resolve("shop/campaign.yaml"), "mine\n");

    ShopCommand.Result result = init(file("customers.csv", SHOPIFY), "--out", shop());

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("campaign.yaml already", "--out");
    assertThat(written("campaign.yaml")).isEqualTo("mine\n");
    try (Stream<Path> files = Files.list(folder.resolve("shop"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void a_gitignore_that_is_there_stays_and_its_lines_are_told() throws IOException {
    Files.createDirectories(folder.resolve("shop"));
    Files.writeString(folder.resolve("shop/.gitignore"), "mine\n");

    ShopCommand.Result result = init(file("customers.csv", SHOPIFY), "--out", shop());

    assertThat(result.exitCode()).isZero();
    assertThat(written(".gitignore")).isEqualTo("mine\n");
    assertThat(result.out()).contains("Add to .gitignore", "/secrets.yaml");
  }

  @Test
  void what_lies_in_the_folder_stays_where_it_is_and_out_of_git() throws IOException {
    Files.createDirectories(folder.resolve("shop/exports"));
    Path data = Files.writeString(folder.resolve("shop/exports/customers.csv"), SHOPIFY);

    ShopCommand.Result result = init(data.toString(), "--out", shop());

    assertThat(result.err()).isEmpty();
    assertThat(written("sources.yaml")).contains("path: exports/customers.csv");
    assertThat(written(".gitignore")).contains("/exports/customers.csv");
    assertThat(folder.resolve("shop/data")).doesNotExist();
  }

  @Test
  void a_few_rows_may_lack_an_address() throws IOException {
    ShopCommand.Result result = init(file("some.csv", people(40, 2)), "--out", shop());

    assertThat(result.err()).isEmpty();
    assertThat(written("sources.yaml")).contains("key: email");
  }

  private static String people(int rows, int withoutAddress) {
    StringBuilder csv = new StringBuilder("Email,City\n");
    for (int i = 0; i < rows; i++) {
      csv.append(i < withoutAddress ? "" : "p" + i + "@example.com").append(",Rome\n");
    }
    return csv.toString();
  }

  @Test
  void data_that_nothing_can_be_made_of_is_refused_with_the_reason() throws IOException {
    assertThat(init(folder.resolve("no.csv").toString(), "--out", shop()).err())
        .contains("File not found");
    assertThat(init("--out", shop()).err()).contains("Name a file of people");
    assertThat(init(file("empty.csv", "email\n"), "--out", shop()).err())
        .contains("holds no record that can be read");
    assertThat(init(file("things.csv", "sku,price\na1,2\na2,3\n"), "--out", shop()).err())
        .contains("no column tells people apart");
    assertThat(init(file("some.csv", people(40, 3)), "--out", shop()).err())
        .contains("\"Email\" has a value in only 37 of 40 rows")
        .contains("add one such as customer_id");
    assertThat(init(file("twice.csv", people(40, 0) + "p1@example.com,x\n"), "--out", shop()).err())
        .contains("\"Email\" holds the same address more than once");
    assertThat(init(file("orders.csv", ORDERS), "--out", shop()).err())
        .contains("No column holds e-mail addresses");
    assertThat(init(file("customers.csv", SHOPIFY), "--sender", "me", "--out", shop()).err())
        .contains("--sender me is not an address");
    assertThat(init(file("customers.csv", SHOPIFY), "--shop", "{{x}}", "--out", shop()).err())
        .contains("--shop is 1 to 100 characters");
    assertThat(folder.resolve("shop")).doesNotExist();
  }

  /** Answers by a word of the question. */
  private record Scripted(Map<String, String> answers, List<String> asked) implements Questions {
    @Override
    public String ask(String question, String otherwise) {
      asked.add(question);
      return answers.entrySet().stream()
          .filter(answer -> question.contains(answer.getKey()))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse(otherwise);
    }

    @Override
    public String askSecretly(String question) {
      return ask(question, null);
    }
  }

  @Test
  void on_a_terminal_it_asks_for_what_is_not_said() throws IOException {
    String people = file("people.csv", "email\nada@example.com\nbob@example.com\n");
    Scripted questions =
        new Scripted(
            Map.of(
                "File with",
                people,
                "Name of the shop",
                "Tea & Co",
                "Address that",
                "tea@tea.example",
                "How did",
                "club card"),
            new ArrayList<>());
    StringWriter out = new StringWriter();
    int code =
        new CommandLine(new InitCommand(questions, new Random(7), Clock.systemUTC()))
            .setOut(new PrintWriter(out))
            .execute("--out", shop(), "--postal-address", "2 Tea Street, Exampleton");

    assertThat(code).isZero();
    assertThat(questions.asked()).hasSize(4);
    assertThat(written("campaign.yaml")).contains("Tea & Co", "tea@tea.example");
    assertThat(written("sources.yaml")).contains("club card", "'Granted'");
    assertThat(written("template.yaml")).contains("Tea &amp; Co, 2 Tea Street");
    assertThat(call("lint", "-f", shop()).out()).contains("nothing to report");
  }

  @Test
  void a_table_of_a_database_does_as_well() throws Exception {
    try (TestDatabase database = new TestDatabase()) {
      database.execute(
          "CREATE TABLE public.crm_people (person_id int, email text, optin boolean, joined_at timestamptz)");
      database.execute(
          "INSERT INTO public.crm_people VALUES (1, 'ada@example.com', true, '2026-10-01Z'),"
              + " (2, 'bob@example.com', false, '2026-10-02Z')");

      ShopCommand.Result result =
          init(
              "--jdbc",
              database.url(),
              "--table",
              "public.crm_people",
              "--jdbc-tls",
              "Disable",
              "--username",
              "postgres",
              "--out",
              shop());

      assertThat(result.err()).isEmpty();
      assertThat(result.exitCode()).isZero();
    }
    assertThat(written("sources.yaml")).contains("table: public.crm_people", "name: source-db");
    assertThat(written("segments.yaml")).contains("profile.joined_at > now");
    assertThat(written("secrets.yaml")).contains("name: source-db");
    // But for the TLS that was asked away.
    assertThat(call("lint", "-f", shop()).out()).contains("8 resources: 0 errors, 2 warnings");
  }

  @Test
  void it_is_a_command_of_lettershop() {
    assertThat(LettershopCommand.commandLine().getSubcommands()).containsKey("init");
  }
}
