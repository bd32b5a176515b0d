package dev.lettershop.playground.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.cli.LettershopCommand;
import dev.lettershop.delivery.message.HitLinks;
import dev.lettershop.delivery.message.LinkKeys;
import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.playground.inbox.MemorySink;
import dev.lettershop.playground.inbox.ReceivedMail;
import dev.lettershop.playground.inbox.SmtpInbox;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A run that records opens and clicks, from its manifests to what stands in the mails. */
class RecordedRunTest {
  private static final int PEOPLE = 4;
  private static final HitLinks LINKS =
      new RecipientLinks(
              "https://mail.shop.example", LinkKeys.parse("a-key-of-thirty-two-characters-ok"))
          .hits();
  private static final Pattern LINK =
      Pattern.compile("https://mail\\.shop\\.example/([co])/([A-Za-z0-9_-]+)");

  @TempDir Path scratch;
  private EmbeddedDatabase database;

  private String command(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        LettershopCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    assertThat(commandLine.execute(arguments)).as(out + "\n" + err).isZero();
    return out.toString();
  }

  private List<String> query(String sql) throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      List<String> rows = new ArrayList<>();
      if (statement.execute(sql)) {
        ResultSet result = statement.getResultSet();
        while (result.next()) {
          rows.add(result.getString(1));
        }
      }
      return rows;
    }
  }

  @Test
  void mailsHoldLinksOfTheirRecipientsAndTheDatabaseKnowsWhereTheyLead() throws Exception {
    MemorySink inbox = new MemorySink();
    try (EmbeddedDatabase started = EmbeddedDatabase.start(scratch.resolve("postgresql"));
        SmtpInbox server = SmtpInbox.builder(inbox).start()) {
      database = started;
      CampaignFolder folder =
          CampaignFolder.write(scratch.resolve("campaign"), database, server.port(), PEOPLE, 1000);
      folder.edit(
          "- {name: newsletter, optIn: Implied}",
          "- {name: newsletter, optIn: Implied}\n  - {name: opens, optIn: Single}");
      folder.edit(
          "from {{profile.city}}.</p>",
          "from <a href=\"https://shop.example/{{content.page}}?n={{profile.first_name}}\">"
              + "{{profile.city}}</a>.</p>");
      folder.edit(
          "slots: [{name: greeting, default: Hello}]",
          "slots: [{name: greeting, default: Hello}, {name: page, default: all}]");
      folder.edit("set: {greeting: Good morning}}", "set: {greeting: Good morning, page: ny}}");
      folder.edit(
          "  topic: newsletter\n",
          "  topic: newsletter\n"
              + "  tracking: {opens: true, clicks: true, consentTopic: opens}\n");
      String manifests = folder.path().toString();

      assertThat(command("links", "-f", manifests, CampaignFolder.CAMPAIGN))
          .contains("0  hello", "https://shop.example/all?n=…")
          .contains("1  hello", "https://shop.example/ny?n=…");
      command("run", "-f", manifests, CampaignFolder.CAMPAIGN, "--dry-run");
      query(
          """
          insert into lettershop.consent_state
          select id, 'opens', 'Granted', now() from lettershop.profile
          where email = 'zebulon.1@people.example'
          """);
      command("run", "-f", manifests, CampaignFolder.CAMPAIGN, "--run-name", "one");

      assertThat(query("select array_to_string(address, '|') from lettershop.link order by number"))
          .contains("https://shop.example/all?n=|", "https://shop.example/ny?n=|");
      String consenting =
          query("select id from lettershop.profile where email = 'zebulon.1@people.example'")
              .get(0);
      assertThat(inbox.mails()).hasSize(PEOPLE);
      for (ReceivedMail mail : inbox.mails()) {
        check(mail, Long.parseLong(consenting));
      }
      assertThat(command("links", "-f", manifests, CampaignFolder.CAMPAIGN, "--hits", "-o", "json"))
          .contains("\"hits\" : 0", "\"number\" : 1");
    }
  }

  private void check(ReceivedMail mail, long consenting) throws Exception {
    String address = mail.envelope().recipients().get(0);
    String number = address.replaceAll("\\D", "");
    long profile =
        Long.parseLong(
            query("select id from lettershop.profile where email = '" + address + "'").get(0));
    String message =
        new String(mail.content(), StandardCharsets.UTF_8).replace("=\r\n", "").replace("=3D", "=");
    String html = message.substring(message.indexOf("text/html"));
    assertThat(message.substring(0, message.indexOf("text/html")))
        .as("the text part")
        .contains("(https://mail.shop.example/c/");
    int clicks = 0;
    int opens = 0;
    Matcher link = LINK.matcher(html);
    while (link.find()) {
      if (link.group(1).equals("c")) {
        HitLinks.Click click = LINKS.click(link.group(2)).orElseThrow();
        assertThat(click.profileId()).isEqualTo(profile);
        assertThat(click.number()).isEqualTo(Integer.parseInt(number) % 2 == 0 ? 0 : 1);
        assertThat(click.values()).containsExactly("Zebulon" + number);
        clicks++;
      } else {
        HitLinks.Open open = LINKS.open(link.group(2)).orElseThrow();
        assertThat(open.profileId()).isEqualTo(profile == consenting ? profile : 0);
        opens++;
      }
    }
    assertThat(clicks).isEqualTo(1);
    assertThat(opens).isEqualTo(1);
    assertThat(html).doesNotContain("shop.example/all", "?n=").contains("/u/");
  }
}
