package dev.lettershop.cli.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.cli.ShopCommand;
import dev.lettershop.plan.SourcePlan;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.source.read.FolderFiles;
import dev.lettershop.source.sync.ProgressListener;
import dev.lettershop.source.sync.SourceDefinition;
import dev.lettershop.source.sync.SourceSync;
import dev.lettershop.source.sync.SyncResult;
import dev.lettershop.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exports of other tools, imported with what is proposed for them and without an edit. */
@Tag("slow")
class ExportLayoutsTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  /**
   * @param key that is proposed
   * @param refused how many of the two people of the file want no mail
   * @param granted how many have said that they want it, and when
   * @param suppressed how many addresses get none at all
   */
  record Layout(String tool, String file, String key, int refused, int granted, int suppressed) {
    @Override
    public String toString() {
      return tool;
    }
  }

  static Stream<Layout> layouts() {
    return Stream.of(
        new Layout(
            "Shopify",
            """
            Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address City,Default Address Zip,Phone,Total Spent,Total Orders,Tags
            '7001,Ada,Lovelace,ada@example.com,yes,Boston,02134,,120.50,3,"vip, local"
            '7002,Bob,Builder,bob@example.com,no,Rome,00184,,0.00,0,
            """,
            "customer_id",
            1,
            0,
            0),
        new Layout(
            "Mailchimp, subscribed",
            """
            Email Address,First Name,Last Name,Address,Birthday,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS
            ada@example.com,Ada,Lovelace,"1 Main St  Boston  02134  US",12/10,4,,,"2026-10-01 08:00:00",203.0.113.7,42.3600000,-71.0500000,-5,-4,America/New_York,us,ma,"2026-10-02 09:00:00",71,a1b2,,\"""vip"",""local\"""
            bob@example.com,Bob,Builder,,,2,,,"2026-10-03 08:00:00",203.0.113.8,,,,,,,,"2026-10-04 09:00:00",72,a1b3,,
            """,
            "email",
            0,
            2,
            0),
        new Layout(
            "Mailchimp, unsubscribed",
            """
            Email Address,First Name,Last Name,Address,Birthday,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON,UNSUB_REASON_OTHER,LAST_CHANGED,LEID,EUID,NOTES,TAGS
            ada@example.com,Ada,Lovelace,"1 Main St  Boston  02134  US",12/10,4,,,"2026-10-01 08:00:00",203.0.113.7,42.3600000,-71.0500000,-5,-4,America/New_York,us,ma,"2026-10-05 10:00:00",News,c1,NORMAL,,"2026-10-02 09:00:00",71,a1b2,,\"""vip"",""local\"""
            bob@example.com,Bob,Builder,,,2,,,"2026-10-03 08:00:00",203.0.113.8,,,,,,,,"2026-10-06 10:00:00",News,c1,ABUSE,,"2026-10-04 09:00:00",72,a1b3,,
            """,
            "email",
            2,
            0,
            0),
        new Layout(
            "Mailchimp, cleaned",
            """
            Email Address,First Name,Last Name,Address,Birthday,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,CLEAN_CAMPAIGN_ID,LAST_CHANGED,LEID,EUID,NOTES,TAGS
            ada@example.com,Ada,Lovelace,"1 Main St  Boston  02134  US",12/10,4,,,"2026-10-01 08:00:00",203.0.113.7,42.3600000,-71.0500000,-5,-4,America/New_York,us,ma,"2026-10-05 10:00:00",News,c1,"2026-10-02 09:00:00",71,a1b2,,\"""vip"",""local\"""
            bob@example.com,Bob,Builder,,,2,,,"2026-10-03 08:00:00",203.0.113.8,,,,,,,,"2026-10-06 10:00:00",News,c1,"2026-10-04 09:00:00",72,a1b3,,
            """,
            "email",
            0,
            2,
            2),
        new Layout(
            "HubSpot",
            """
            Record ID,First Name,Last Name,Email,Phone Number,Lead Status,Create Date,Close Date,Unsubscribed from all email,Email hard bounce reason
            301,Ada,Lovelace,ada@example.com,+49 30 1234567,New,2026-10-01 08:00,46000.5,true,
            302,Bob,Builder,bob@example.com,,Open,5 January 2026,,,UNKNOWN_USER
            """,
            "record_id",
            1,
            0,
            1),
        new Layout(
            "Brevo",
            """
            CONTACT ID;EMAIL;FIRSTNAME;LASTNAME;SMS;EMAIL_BLACKLISTED;SMS_BLACKLISTED;ADDED_TIME;MODIFIED_TIME
            11;ada@example.com;Ada;Lovelace;491711234567;Yes;No;2026-10-01;2026-10-02
            12;bob@example.com;Bob;Builder;;No;No;2026-10-03;2026-10-04
            """,
            "contact_id",
            1,
            0,
            0),
        new Layout(
            "listmonk",
            """
            uuid,email,name,attributes,status,created_at,updated_at
            4f0c9a2e-0000-4000-8000-000000000001,ada@example.com,Ada Lovelace,"{""city"": ""Boston""}",enabled,2026-10-01T08:00:00Z,2026-10-02T08:00:00Z
            4f0c9a2e-0000-4000-8000-000000000002,bob@example.com,Bob Builder,{},blocklisted,2026-10-01T08:00:00Z,2026-10-02T08:00:00Z
            """,
            "email",
            0,
            0,
            1),
        new Layout(
            "Salesforce",
            """
            "Contact ID","First Name","Last Name","Email","Mailing City","Mailing Zip/Postal Code","Email Opt Out","Email Bounced Date","Created Date"
            "0035e00000AAAA1","Ada","Lovelace","ada@example.com","Boston","02134","1","","2026-10-01"
            "0035e00000AAAA2","Bob","Builder","bob@example.com","Rome","00184","0","2026-10-05","2026-10-02"
            """,
            "contact_id",
            1,
            0,
            1),
        new Layout(
            "Google Contacts",
            """
            First Name,Last Name,Organization Name,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value
            Ada,Lovelace,Example Ltd,1990-12-10,,* myContacts ::: Friends,Work,ada@example.com,Mobile,+49 171 1234567
            Bob,Builder,,,,* myContacts,,bob@example.com,,
            """,
            "email",
            0,
            0,
            0),
        new Layout(
            "Klaviyo",
            """
            Email,Klaviyo ID,First Name,Last Name,City,Zip Code,Email Marketing Consent,Email Marketing Consent Timestamp
            ada@example.com,01ABC,Ada,Lovelace,Boston,02134,SUBSCRIBED,2026-10-01T08:00:00+00:00
            bob@example.com,01ABD,Bob,Builder,Rome,00184,UNSUBSCRIBED,2026-10-02T08:00:00+00:00
            """,
            "klaviyo_id",
            1,
            1,
            0));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void isImportedAsProposed(Layout layout) throws Exception {
    Files.writeString(folder.resolve("export.csv"), layout.file());
    Path asked = Files.createDirectory(folder.resolve("asked")).resolve("source.yaml");
    Files.writeString(
        asked,
        """
        apiVersion: lettershop.dev/v1alpha1
        kind: ProfileSource
        metadata: {name: export}
        spec:
          file: {path: export.csv, volume: {configMap: {name: export}}}
        """);
    ShopCommand.Result described =
        ShopCommand.withoutResources(
            "source", "describe", "-f", asked.toString(), "--data", folder.toString());
    assertThat(described.exitCode()).as(described.err()).isZero();
    assertThat(described.out()).doesNotContain("ada@", "Lovelace", "Boston");

    Path proposed = folder.resolve("proposed.yaml");
    Files.writeString(proposed, described.out());
    ShopCommand.Result lint = ShopCommand.withoutResources("lint", "-f", proposed.toString());
    assertThat(lint.exitCode()).as(described.out() + lint.out()).isZero();

    PlanCompiler compiler =
        new PlanCompiler(
            ResourceSet.builder()
                .add(ResourceParser.parse(proposed.toString(), described.out()))
                .build());
    try (TestDatabase database = new TestDatabase()) {
      for (String name : List.of("export", "export-consents", "export-suppressions")) {
        SourcePlan plan = compiler.source(name).value();
        if (plan != null) {
          SyncResult result = sync(database, name, plan);
          assertThat(result.problems()).isEmpty();
          assertThat(result.invalid()).isEmpty();
          assertThat(result.dropped()).isEmpty();
        }
      }
      assertThat(compiler.source("export").value().spec().identity().key()).isEqualTo(layout.key());
      assertThat(database.query("select email_key from profile order by 1"))
          .containsExactly("ada@example.com", "bob@example.com");
      assertThat(
              database.query(
                  """
                  select count(*) filter (where status in ('Withdrawn', 'Denied')),
                         count(*) filter (where status = 'Granted'),
                         (select count(*) from suppression)
                  from consent_state
                  """))
          .containsExactly(
              "%d %d %d".formatted(layout.refused(), layout.granted(), layout.suppressed()));
    }
  }

  private SyncResult sync(TestDatabase database, String name, SourcePlan plan) {
    database.store().migrate(plan.store().schema());
    return new SourceSync(
            database.store(), plan.store().schema(), Set.copyOf(plan.topics()), CLOCK, 10)
        .sync(
            new SourceDefinition(name, plan.spec()),
            new FolderFiles(List.of(folder)),
            ProgressListener.SILENT);
  }

  @Test
  void theTableInTheDocumentationNamesTheseLayouts() throws Exception {
    List<String> documented =
        Files.readAllLines(Path.of("../../docs/sources.md")).stream()
            .dropWhile(line -> !line.startsWith("## Exports of other tools"))
            .skip(1)
            .takeWhile(line -> !line.startsWith("## "))
            .filter(line -> line.startsWith("| ") && !line.startsWith("| export"))
            .map(line -> line.split(" \\| ")[0].substring(2))
            .toList();

    assertThat(documented).containsExactlyElementsOf(layouts().map(Layout::tool).toList());
  }
}
