package dev.lettershop.source.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.field.FieldMapping;
import dev.lettershop.api.v1alpha1.source.CsvOptions;
import dev.lettershop.api.v1alpha1.source.FileFormat;
import dev.lettershop.api.v1alpha1.source.FileSource;
import dev.lettershop.api.v1alpha1.source.InvalidPolicy;
import dev.lettershop.api.v1alpha1.source.OnInvalid;
import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import dev.lettershop.api.v1alpha1.source.Provides;
import dev.lettershop.api.v1alpha1.source.SourceIdentity;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.source.Samples;
import dev.lettershop.source.map.InvalidRecord;
import dev.lettershop.testkit.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class SourceSyncTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

  private TestDatabase database;
  private SourceSync sync;

  @BeforeEach
  void startWithAnEmptyStore() throws SQLException {
    database = new TestDatabase();
    database.store().migrate(Samples.SCHEMA);
    sync = new SourceSync(database.store(), Samples.SCHEMA, Samples.TOPICS, CLOCK, 10);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void loads_profiles_and_changes_nothing_the_second_time() throws Exception {
    String file =
        """
        customer_id,first_name,email,city,interests,card
        1,Ada,ada@example.com,Boston,a;b,gold
        2,Bob,bob@example.com,,,
        3,Ada,ADA@EXAMPLE.com,New York,,
        4,Eve,not an address,,,
        """;

    SyncResult first = sync(profiles(), file);
    SyncResult second = sync(profiles(), file);

    assertThat(first.problems()).isEmpty();
    assertThat(first.counts().created()).isEqualTo(3);
    assertThat(first.counts().quarantined()).isZero();
    assertThat(first.dropped().get("email").first())
        .hasToString("customers.csv:5: email: is not an e-mail address");
    assertThat(first.unknownColumns()).isEqualTo(Map.of("card", 1L));
    assertThat(second.counts().created()).isZero();
    assertThat(second.counts().changed()).isZero();
    assertThat(database.query("select first_name, city, email_key from profile order by id"))
        .containsExactly(
            "Ada New York ada@example.com", "Bob null bob@example.com", "Eve null null");
    assertThat(database.query("select kind, value from identity order by 1, 2"))
        .containsExactly(
            "customer_id 1",
            "customer_id 2",
            "customer_id 3",
            "customer_id 4",
            "email ada@example.com",
            "email bob@example.com");
  }

  @Test
  void two_people_stay_two_however_long_their_keys_are() throws Exception {
    FileSource json = new FileSource(FileFormat.NdJson, "customers.csv", null, null);

    SyncResult result =
        sync(
            spec(Provides.Profiles, json, null),
            """
            {"customer_id": 9223372036854775808}
            {"customer_id": 9223372036854775809}
            {"customer_id": 9007199254740992.0}
            {"customer_id": 9007199254740993.0}
            {"customer_id": "9007199254740993"}
            """);

    assertThat(result.problems()).isEmpty();
    assertThat(database.query("select value from identity order by 1"))
        .containsExactly(
            "9007199254740992", "9007199254740993", "9223372036854775808", "9223372036854775809");
  }

  @Test
  void passes_over_a_file_that_is_the_same_and_would_be_read_alike() throws Exception {
    String file = "customer_id,email\n1,ada@example.com\n";
    FileSource customers = new FileSource(FileFormat.Csv, "customers.csv", null, null);
    ProfileSourceSpec again = spec(Provides.Profiles, customers, null);
    ProfileSourceSpec other =
        spec(Provides.Profiles, customers, null, new FieldMapping("city", "'Graz'"));

    assertThat(syncNews(again, file).counts().created()).isEqualTo(1);
    SyncResult same = syncNews(again, file);
    SyncResult longer = syncNews(again, file + "2,bob@example.com\n");
    SyncResult back = syncNews(again, file);
    SyncResult mapped = syncNews(other, file);
    SyncResult asked = sync(other, file);
    database.store().sourcePositions().forget("crm");
    SyncResult forgotten = syncNews(other, file);

    assertThat(same.unchanged()).isTrue();
    assertThat(same.records()).isZero();
    assertThat(same.succeeded()).isTrue();
    assertThat(longer.counts().created()).isEqualTo(1);
    assertThat(List.of(longer, back, mapped, asked, forgotten))
        .noneMatch(SyncResult::unchanged)
        .allMatch(result -> result.records() > 0);
    assertThat(mapped.counts().changed()).isEqualTo(1);
    assertThat(syncNews(other, file).unchanged()).isTrue();
  }

  @Test
  void reads_a_compressed_file_again_only_when_its_bytes_have_changed() throws Exception {
    ProfileSourceSpec spec =
        spec(Provides.Profiles, new FileSource(FileFormat.Csv, "customers.csv", null, null), null);
    byte[] file = gzip("customer_id,email\n1,ada@example.com\n");

    SyncResult first = syncNews(spec, file);
    SyncResult second = syncNews(spec, file);

    assertThat(first.counts().created()).isEqualTo(1);
    assertThat(second.unchanged()).isTrue();
  }

  @Test
  void a_file_whose_sync_failed_is_read_again() throws Exception {
    ProfileSourceSpec spec =
        spec(
            Provides.Profiles,
            new FileSource(FileFormat.Csv, "customers.csv", null, null),
            new OnInvalid(InvalidPolicy.Fail, null));

    SyncResult first = syncNews(spec, "customer_id,email\n1,no address\n");
    SyncResult second = syncNews(spec, "customer_id,email\n1,no address\n");

    assertThat(first.succeeded()).isFalse();
    assertThat(second.succeeded()).isFalse();
  }

  @Test
  void nothing_has_happened_tomorrow_and_refusals_count_at_once() throws Exception {
    FileSource file = new FileSource(FileFormat.Csv, "customers.csv", null, null);
    SyncResult events =
        sync(
            spec(Provides.Events, file, null),
            """
            customer_id,name,occurred_at,total
            1,order_completed,2026-11-24T11:59:00Z,1
            1,order_completed,2026-11-24T12:01:00Z,2
            """);
    SyncResult consents =
        sync(
            spec(Provides.Consents, file, null),
            """
            customer_id,topic,status,occurred_at
            1,newsletter,Granted,2026-12-11
            2,newsletter,Granted,2026-11-12
            2,newsletter,Withdrawn,2026-12-11
            2,newsletter,Granted,2026-12-12
            """);

    assertThat(events.invalid())
        .extracting(InvalidRecord::toString)
        .containsExactly(
            "customers.csv:3: occurred_at: lies more than 24h ahead; a day and a month may have"
                + " changed places");
    assertThat(consents.rejected()).isEqualTo(2);
    assertThat(
            database.query(
                "select i.value, s.status, s.occurred_at at time zone 'UTC' from consent_state s"
                    + " join identity i on i.profile_id = s.profile_id order by 1"))
        .containsExactly("2 Withdrawn 2026-11-23 12:00:00.0");
  }

  @Test
  void consents_are_always_read_again() throws Exception {
    ProfileSourceSpec spec =
        spec(Provides.Consents, new FileSource(FileFormat.Csv, "consents.csv", null, null), null);
    String file = "customer_id,topic,status\n1,newsletter,Withdrawn\n";

    assertThat(syncNews(spec, file).unchanged()).isFalse();
    assertThat(syncNews(spec, file).unchanged()).isFalse();
  }

  private SyncResult syncNews(ProfileSourceSpec spec, String file) {
    return syncNews(spec, file.getBytes(UTF_8));
  }

  private SyncResult syncNews(ProfileSourceSpec spec, byte[] file) {
    return sync.syncNews(
        new SourceDefinition("crm", spec),
        path -> new ByteArrayInputStream(file),
        ProgressListener.SILENT);
  }

  @Test
  void maps_columns_with_expressions() throws Exception {
    String file =
        """
        Kd-Nr;Anschrift;Umsatz
        1;"1 Elm Street, Boston";"1.234,50 €"
        2;nowhere;0,00 €
        """;
    ProfileSourceSpec spec =
        spec(
            Provides.Profiles,
            new FileSource(
                FileFormat.Csv, "customers.csv", null, new CsvOptions(";", null, null, null, null)),
            null,
            new FieldMapping("customer_id", "record['Kd-Nr']"),
            new FieldMapping("city", "record.Anschrift.split(',')[1].trim()"),
            new FieldMapping(
                "lifetime_value",
                "record.Umsatz.replace(' €', '').replace('.', '').replace(',', '.')"));

    SyncResult result = sync(spec, file);

    assertThat(result.problems()).isEmpty();
    assertThat(result.unknownColumns()).isEmpty();
    assertThat(result.dropped().get("city").first())
        .satisfies(
            invalid -> {
              assertThat(invalid.position()).isEqualTo("customers.csv:3");
              assertThat(invalid.field()).isEqualTo("city");
              assertThat(invalid.reason()).doesNotContain("nowhere");
            });
    assertThat(database.query("select city, lifetime_value from profile order by 1"))
        .containsExactly("Boston 1234.5", "null 0.0");
  }

  @Test
  void loads_events_each_only_once() throws Exception {
    String file =
        """
        {"id":"e1","name":"product_viewed","occurred_at":"2026-11-23T10:00:00Z",\
        "customer_id":"1","properties":{"product_id":"P-1","price":9.5}}
        {"id":"e1","name":"product_viewed","occurred_at":"2026-11-23T10:00:00Z",\
        "customer_id":"1","properties":{"product_id":"P-1","price":9.5}}
        {"id":"e2","name":"order_completed","occurred_at":1793527200,"customer_id":2,"total":7}
        {"name":"order_completed","customer_id":"1"}
        """;
    ProfileSourceSpec spec =
        spec(Provides.Events, new FileSource(FileFormat.NdJson, "web.ndjson", null, null), null);

    SyncResult first = sync(spec, file);
    SyncResult second = sync(spec, file);

    assertThat(first.problems()).isEmpty();
    assertThat(first.counts().created()).isEqualTo(2);
    assertThat(first.counts().stubs()).isEqualTo(2);
    assertThat(first.rejected()).isEqualTo(1);
    assertThat(second.counts().created()).isZero();
    assertThat(database.query("select name, id, properties ->> 'price' from event order by id"))
        .containsExactly("product_viewed e1 9.5", "order_completed e2 null");
  }

  @Test
  void loads_consents_and_lets_the_latest_word_count() throws Exception {
    String file =
        """
        customer_id,topic,status,occurred_at
        1,newsletter,Granted,2026-11-01
        1,newsletter,Withdrawn,2026-11-02
        2,newsletter,Granted,2026-11-01
        3,newsletter,,
        4,newsletter,Denied,
        """;
    ProfileSourceSpec spec =
        spec(Provides.Consents, new FileSource(FileFormat.Csv, "consents.csv", null, null), null);

    SyncResult result = sync(spec, file);

    assertThat(result.problems()).isEmpty();
    assertThat(result.silent()).isEqualTo(1);
    assertThat(
            database.query(
                "select i.value, s.status from consent_state s"
                    + " join identity i on i.profile_id = s.profile_id order by 1"))
        .containsExactly("1 Withdrawn", "2 Granted", "4 Denied");
  }

  @Test
  void loads_suppressions_by_address_hash_and_domain() throws Exception {
    FileSource list = new FileSource(FileFormat.Csv, "suppressed.csv", null, null);
    ProfileSourceSpec spec =
        spec(
            Provides.Suppressions,
            list,
            null,
            new FieldMapping("customer_id", "record.recipient"),
            new FieldMapping("reason", "record.why"),
            new FieldMapping("message", "record.why == 'Hard bounce' ? 'Hard' : ''"),
            new FieldMapping("code", "record.status"),
            new FieldMapping("occurred_at", "record.created"));
    String file =
        """
        recipient,why,status,created
        Ada@Example.com,Hard bounce,5.1.1,2026-11-01
        %s,Spam Report,,2026-11-02T10:00:00Z
        %s,,,
        %s,unsubscribed,,2026-11-03
        @blocked.example,manual,,2026-11-04
        bob@example.com,who knows,250 OK,2027-11-01
        nobody,Hard bounce,,2026-11-01
        ada@example.com,Spam Report,,2026-11-05
        """
            .formatted(
                "2319caa005c06e5377517a42e5f5ee62d5557d37cb5715f561308c5db19434bf",
                "305accfc887aaea26c7dc3c6c44777e3a48ddf86",
                "f96c806856eae660aa058bd8039a64ef");

    SyncResult first = syncNews(spec, file);
    SyncResult same = syncNews(spec, file);
    SyncResult longer = syncNews(spec, file + "eve@example.com,complaint,,2026-11-01\n");

    assertThat(first.problems()).isEmpty();
    assertThat(first.counts().created()).isEqualTo(6);
    assertThat(first.invalid())
        .extracting(InvalidRecord::toString)
        .containsExactly(
            "suppressed.csv:8: customer_id: is neither an address, nor a SHA-256, SHA-1 or MD5 hash,"
                + " nor a domain as @example.com");
    assertThat(first.dropped()).containsOnlyKeys("reason", "code", "occurred_at");
    assertThat(same.unchanged()).isTrue();
    assertThat(longer.counts().created()).isEqualTo(1);
    assertThat(
            database.query(
                """
                select reason, listed, source, message, code, created_at::date from suppression
                where reason <> 'Other' order by created_at, reason
                """))
        .containsExactly(
            "Complaint null source/crm null null 2026-11-01",
            "HardBounce null source/crm Hard 5.1.1 2026-11-01",
            "Complaint Sha256 source/crm null null 2026-11-02",
            "Unsubscribed Md5 source/crm null null 2026-11-03");
    assertThat(
            database.query(
                "select listed, created_at = '2026-11-23T12:00:00Z' from suppression"
                    + " where reason = 'Other' order by 1"))
        .containsExactly("Sha1 true", "null true");
    assertThat(database.query("select domain, reason, source from domain_suppression"))
        .containsExactly("blocked.example Other source/crm");
    assertThat(database.store().suppressions().explain("ADA@example.com").address().code())
        .isEqualTo("5.1.1");
    assertThat(database.query("select count(*) from profile")).containsExactly("0");
    assertThat(
            database.query(
                "select action, actor from audit where action like 'suppression%' order by id"))
        .contains("suppression.added source/crm");
  }

  @Test
  void leaves_the_store_as_it_was_when_too_much_is_invalid() throws Exception {
    ProfileSourceSpec spec =
        spec(
            Provides.Profiles,
            new FileSource(FileFormat.Csv, "customers.csv", null, null),
            new OnInvalid(InvalidPolicy.Quarantine, 10));

    SyncResult result = sync(spec, "customer_id,visits\n1,1\n,2\n");

    assertThat(result.succeeded()).isFalse();
    assertThat(result.problems())
        .extracting(Diagnostic::toString)
        .containsExactly(
            "error ProfileSource/crm spec.onInvalid.failAbovePercent: 1 of 2 records are invalid,"
                + " more than 10%; nothing was loaded; correct the input or the mapping; the first"
                + " invalid records are listed");
    assertThat(result.invalid()).hasSize(1);
    assertThat(database.query("select count(*) from profile")).containsExactly("0");
    assertThat(database.query("select count(*) from quarantine where not refused"))
        .containsExactly("0");
  }

  @Test
  void what_had_a_sync_refused_can_be_looked_at_until_the_next_one() throws Exception {
    ProfileSourceSpec spec =
        spec(
            Provides.Profiles,
            new FileSource(FileFormat.Csv, "customers.csv", null, null),
            new OnInvalid(InvalidPolicy.Quarantine, 10));
    String refused =
        "select position || ' ' || field || ' ' || (raw is null) from quarantine where refused";

    sync(spec, "customer_id,visits\n1,1\n,2\n");
    sync(spec, "customer_id,visits\n1,1\n2,2\n,3\n");
    assertThat(database.query(refused)).containsExactly("customers.csv:4 customer_id true");

    sync(spec, "customer_id,visits\n1,1\n2,2\n");
    assertThat(database.query(refused)).isEmpty();
  }

  @Test
  void says_which_file_is_missing() {
    SyncResult result =
        sync.sync(
            new SourceDefinition("crm", profiles()),
            path -> {
              throw new NoSuchFileException(path);
            },
            ProgressListener.SILENT);

    assertThat(result.problems())
        .extracting(Diagnostic::message)
        .containsExactly("file not found: customers.csv");
  }

  @Test
  void says_all_columns_that_are_missing_at_once() {
    ProfileSourceSpec spec =
        spec(
            Provides.Profiles,
            new FileSource(FileFormat.Csv, "customers.csv", null, null),
            null,
            new FieldMapping("city", "record.Town"));

    assertThat(sync(spec, "custmer_id,Twon\n1,Boston\n").problems())
        .extracting(problem -> problem.field() + ": " + problem.message() + "; " + problem.fix())
        .containsExactly(
            "spec.identity.key: the file has no column \"customer_id\";"
                + " did you mean \"custmer_id\"?",
            "spec.mapping[0].value: the file has no column \"Town\"; did you mean \"Twon\"?");
  }

  @Test
  void says_which_targets_do_not_exist() {
    ProfileSourceSpec spec =
        spec(
            Provides.Profiles,
            new FileSource(FileFormat.Csv, "customers.csv", null, null),
            null,
            new FieldMapping("ctiy", "record.city"),
            new FieldMapping("created_at", "record.city"));

    assertThat(sync(spec, "customer_id,city\n").problems())
        .extracting(problem -> problem.field() + ": " + problem.message())
        .containsExactly(
            "spec.mapping[0].to: nothing is called \"ctiy\" that this source could fill",
            "spec.mapping[1].to: nothing is called \"created_at\" that this source could fill");
  }

  @Test
  void reads_compressed_files_and_refuses_one_that_ends_early() throws Exception {
    byte[] whole = gzip("customer_id,city\n" + "1,Boston\n".repeat(5_000));

    SyncResult cut =
        sync.sync(
            new SourceDefinition("crm", profiles()),
            path -> new ByteArrayInputStream(Arrays.copyOf(whole, whole.length - 20)),
            ProgressListener.SILENT);
    assertThat(cut.problems())
        .extracting(Diagnostic::message)
        .singleElement()
        .asString()
        .startsWith("customers.csv cannot be read to its end (EOFException behind record")
        .endsWith("nothing was loaded");
    assertThat(database.query("select count(*) from profile")).containsExactly("0");

    SyncResult complete =
        sync.sync(
            new SourceDefinition("crm", profiles()),
            path -> new ByteArrayInputStream(whole),
            ProgressListener.SILENT);
    assertThat(complete.records()).isEqualTo(5_000);
    assertThat(database.query("select city from profile")).containsExactly("Boston");
  }

  @Test
  void never_repeats_what_a_file_says() throws Exception {
    List<FieldMapping> mapping =
        List.of(
            new FieldMapping("first_name", "record.name.split(',')[7]"),
            new FieldMapping("lifetime_value", "record.value"),
            new FieldMapping("last_active_at", "timestamp(record.seen)"));
    ProfileSourceSpec csv =
        spec(
            Provides.Profiles,
            new FileSource(FileFormat.Csv, "customers.csv", null, null),
            null,
            mapping.toArray(FieldMapping[]::new));
    ProfileSourceSpec json =
        spec(
            Provides.Profiles,
            new FileSource(FileFormat.NdJson, "customers.ndjson", null, null),
            null);

    String results =
        List.of(
                sync(
                    csv,
                    """
                    customer_id,email,name,value,seen,visits,card
                    1,Ada Lovelace,,,,,
                    2,,Ada,,,,Ada
                    3,,,Ada,,,Ada
                    4,,,,Ada,,
                    5,,,,,Ada,
                    6,,,,,Ada
                    7,"Ada
                    """),
                sync(csv, "1,Ada,Lovelace,Ada\n"),
                sync(csv, "1,ada@example.com,Ada\n"),
                sync(
                    json,
                    """
                    {"customer_id":"1","email":"Ada"}
                    {"customer_id":"2","ada@example.com":"Ada"}
                    {"customer_id":"3","visits":{"Ada":1}}
                    {"customer_id":"4","Ada":Ada}
                    Ada
                    """))
            .toString();

    assertThat(results)
        .contains("customers.csv:2", "customers.csv:8", "customers.ndjson:5", "(other)=1")
        .doesNotContain("Ada", "Lovelace", "example.com");
  }

  @Test
  void streams_a_hundred_thousand_records() throws Exception {
    StringBuilder file = new StringBuilder("customer_id,email,city,lifetime_value,card\n");
    List<Long> heard = new ArrayList<>();
    for (int i = 1; i <= 100_000; i++) {
      String value = i % 100 == 0 ? "unknown" : Integer.toString(i);
      file.append(i).append(",user").append(i).append("@example.com,Boston,");
      file.append(value).append(",gold\n");
    }

    SyncResult result =
        sync.sync(
            new SourceDefinition("crm", profiles()),
            path -> new ByteArrayInputStream(file.toString().getBytes(UTF_8)),
            (source, records, rejected) -> heard.add(records));

    assertThat(result.counts().created()).isEqualTo(100_000);
    assertThat(result.rejected()).isZero();
    assertThat(result.dropped().get("lifetime_value").values()).isEqualTo(1_000);
    assertThat(heard).hasSize(101).isSorted();
    assertThat(database.query("select count(*), sum(lifetime_value) from profile"))
        .containsExactly("100000 4.95E9");
  }

  private static ProfileSourceSpec profiles() {
    return spec(
        Provides.Profiles, new FileSource(FileFormat.Csv, "customers.csv", null, null), null);
  }

  private static ProfileSourceSpec spec(
      Provides provides, FileSource file, OnInvalid onInvalid, FieldMapping... mapping) {
    return new ProfileSourceSpec(
        null,
        provides,
        file,
        null,
        null,
        null,
        null,
        null,
        null,
        new SourceIdentity(
            "customer_id", provides == Provides.Profiles ? List.of("email") : null, null, null),
        List.of(mapping),
        null,
        onInvalid == null ? new OnInvalid(InvalidPolicy.Quarantine, 100) : onInvalid);
  }

  private SyncResult sync(ProfileSourceSpec spec, String file) {
    return sync.sync(
        new SourceDefinition("crm", spec),
        path -> new ByteArrayInputStream(file.getBytes(UTF_8)),
        ProgressListener.SILENT);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}
