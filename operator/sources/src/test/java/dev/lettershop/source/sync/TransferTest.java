package dev.lettershop.source.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lettershop.api.v1alpha1.field.Normalise;
import dev.lettershop.api.v1alpha1.source.InvalidPolicy;
import dev.lettershop.api.v1alpha1.source.OnInvalid;
import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import dev.lettershop.api.v1alpha1.source.SourceIdentity;
import dev.lettershop.source.Samples;
import dev.lettershop.source.clean.Cleaning;
import dev.lettershop.source.map.Fields;
import dev.lettershop.source.map.InvalidRecord;
import dev.lettershop.source.map.ProfileMapper;
import dev.lettershop.source.read.SourceFault;
import dev.lettershop.store.load.profile.LoadedProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransferTest {
  private static final OnInvalid QUARANTINE = new OnInvalid(InvalidPolicy.Quarantine, 100);

  private static final String SET_ASIDE =
      "{fields: [{name: visits, onInvalid: Quarantine}, {name: email, onInvalid: Quarantine}]}";

  private final RecordingSink<LoadedProfile> sink = new RecordingSink<>();
  private final SyncTally tally = new SyncTally("crm", 3, ProgressListener.SILENT);

  @Test
  void takes_declared_attributes_by_name_and_keeps_undeclared_columns_as_extra() throws Exception {
    SyncResult result =
        run(
            QUARANTINE,
            "customer_id,first_name,email,city,lifetime_value,visits,last_active_at,interests,card",
            "7, Ada ,Ada@EXAMPLE.com,,12.5,3,2026-11-01,a;b,gold",
            "8,,,Boston,,,,,");

    assertThat(sink.rows)
        .containsExactly(
            new LoadedProfile(
                "customers.csv:2",
                "7",
                Map.of(
                    "first_name",
                    "Ada",
                    "email",
                    "Ada@example.com",
                    "lifetime_value",
                    12.5,
                    "visits",
                    3L,
                    "last_active_at",
                    Instant.parse("2026-11-01T00:00:00Z"),
                    "interests",
                    List.of("a", "b")),
                Map.of("card", "gold")),
            new LoadedProfile("customers.csv:3", "8", Map.of("city", "Boston"), Map.of()));
    assertThat(sink.committed).isTrue();
    assertThat(sink.closed).isTrue();
    assertThat(result.unknownColumns()).containsExactly(Map.entry("card", 1L));
    assertThat(result.records()).isEqualTo(2);
    assertThat(result.succeeded()).isTrue();
  }

  @Test
  void sets_bad_records_aside_with_place_field_and_reason_and_takes_the_others() throws Exception {
    SyncResult result =
        run(
            QUARANTINE,
            "customer_id,email,visits",
            "1,not an address,1",
            "2,bob@example.com,many",
            "3,\"eve@example.com,1",
            "4,kim@example.com",
            ",,1",
            "6,lee@example.com,1");

    assertThat(sink.quarantine)
        .containsExactly(
            "customers.csv:2 email: is not an e-mail address",
            "customers.csv:3 visits: is not a whole number",
            "customers.csv:4 null: a quoted field is never closed",
            "customers.csv:5 null: has 2 columns instead of 3",
            "customers.csv:6 customer_id: is missing: nobody to attach the record to");
    assertThat(sink.raw)
        .as("records, so that they can be read again, and lines that are none")
        .startsWith("{\"customer_id\":\"1\",\"email\":\"not an address\",\"visits\":\"1\"}")
        .contains("4,kim@example.com")
        .endsWith("{\"customer_id\":\"\",\"email\":\"\",\"visits\":\"1\"}");
    assertThat(sink.rows).extracting(LoadedProfile::identity).containsExactly("6");
    assertThat(result.rejected()).isEqualTo(5);
    assertThat(result.invalid())
        .as("the first ones only")
        .extracting(InvalidRecord::toString)
        .containsExactly(
            "customers.csv:2: email: is not an e-mail address",
            "customers.csv:3: visits: is not a whole number",
            "customers.csv:4: a quoted field is never closed");
  }

  @Test
  void knows_a_person_by_another_attribute_when_the_key_is_missing() throws Exception {
    run(QUARANTINE, "customer_id,email", ",ada@example.com");

    assertThat(sink.rows)
        .containsExactly(
            new LoadedProfile(
                "customers.csv:2", null, Map.of("email", "ada@example.com"), Map.of()));
  }

  @Test
  void does_not_let_a_file_write_what_is_the_stores_own() throws Exception {
    SyncResult result =
        run(QUARANTINE, "customer_id,id,created_at,updated_at", "1,99,2020-01-01,2020-01-01");

    assertThat(sink.rows.get(0).attributes()).isEmpty();
    assertThat(result.unknownColumns()).containsOnlyKeys("id", "created_at", "updated_at");
  }

  @Test
  void stops_at_the_first_bad_record_when_the_policy_is_fail() {
    OnInvalid fail = new OnInvalid(InvalidPolicy.Fail, null);

    assertThatThrownBy(() -> run(fail, "customer_id,visits", "1,2", "2,Ada", "3,Bob"))
        .isInstanceOf(SourceFault.class)
        .hasMessageContaining("customers.csv:3: visits: is not a whole number");
    assertThat(sink.committed).isFalse();
    assertThat(sink.closed).isTrue();
  }

  @Test
  void commits_nothing_when_more_than_the_allowed_share_is_bad() {
    OnInvalid third = new OnInvalid(InvalidPolicy.Quarantine, 33);

    assertThatThrownBy(() -> run(third, "customer_id,visits", "1,a", "2,b", "3,3", "4,4", "5,5"))
        .isInstanceOf(SourceFault.class)
        .hasMessage("2 of 5 records are invalid, more than 33%; nothing was loaded");
    assertThat(sink.committed).isFalse();
    assertThat(sink.closed).isTrue();
  }

  @Test
  void commits_when_just_the_allowed_share_is_bad() throws Exception {
    OnInvalid half = new OnInvalid(InvalidPolicy.Quarantine, 50);

    assertThat(run(half, "customer_id,visits", "1,a", "2,2").succeeded()).isTrue();
    assertThat(sink.committed).isTrue();
  }

  @Test
  void lets_nothing_pass_when_no_share_is_allowed() {
    OnInvalid none = new OnInvalid(InvalidPolicy.Quarantine, 0);

    assertThatThrownBy(() -> run(none, "customer_id,visits", "1,a", "2,2", "3,3"))
        .hasMessageContaining("1 of 3 records are invalid");
  }

  @Test
  void tells_how_far_it_has_come() throws Exception {
    List<String> heard = new ArrayList<>();
    String[] lines = new String[2_501];
    lines[0] = "customer_id";
    for (int i = 1; i < lines.length; i++) {
      lines[i] = Integer.toString(i);
    }
    ProgressListener listener =
        (source, records, rejected) -> heard.add(source + " " + records + " " + rejected);

    transfer(QUARANTINE, lines[0], new SyncTally("crm", 0, listener))
        .run(Samples.csv(lines), () -> null, sink);

    assertThat(heard).containsExactly("crm 1000 0", "crm 2000 0", "crm 2500 0");
  }

  private SyncResult run(OnInvalid onInvalid, String... lines) throws Exception {
    return transfer(onInvalid, lines[0], tally).run(Samples.csv(lines), () -> null, sink);
  }

  private static Transfer<LoadedProfile> transfer(
      OnInvalid onInvalid, String header, SyncTally tally) throws Exception {
    return transfer(onInvalid, header, tally, SET_ASIDE);
  }

  private static Transfer<LoadedProfile> transfer(
      OnInvalid onInvalid, String header, SyncTally tally, String rules) throws Exception {
    Normalise normalise = new YAMLMapper().readValue(rules, Normalise.class);
    ProfileMapper mapper =
        new ProfileMapper(
            Samples.SCHEMA,
            Samples.spec("customer_id", "email"),
            new Fields(null, List.of(), new Cleaning(normalise)),
            List.of(header.split(",")),
            Samples.FUTURE);
    return new Transfer<>("customers.csv", mapper, onInvalid, tally);
  }

  private SyncResult tidied(OnInvalid onInvalid, String rules, String... lines) throws Exception {
    return transfer(onInvalid, lines[0], tally, rules).run(Samples.csv(lines), () -> null, sink);
  }

  @Test
  void a_value_that_cannot_be_used_does_not_cost_the_person() throws Exception {
    SyncResult result =
        tidied(
            QUARANTINE,
            "{phones: DE, fields: [{name: city, as: Phone, region: DE}]}",
            "customer_id,email,visits,city",
            "1,not an address,many,call me",
            "2,bob@example.com,2,0171 1234567",
            "3,eve@,3,");

    assertThat(sink.rows)
        .extracting(LoadedProfile::attributes)
        .containsExactly(
            Map.of(),
            Map.of("email", "bob@example.com", "visits", 2L, "city", "+491711234567"),
            Map.of("visits", 3L));
    assertThat(sink.quarantine).isEmpty();
    assertThat(result.dropped())
        .extractingFromEntries(e -> e.getKey() + " " + e.getValue().values())
        .containsExactly("city 1", "email 2", "visits 1");
    assertThat(result.dropped().get("email").first().position()).isEqualTo("customers.csv:2");
  }

  @Test
  void nobody_is_left_who_has_neither_key_nor_address() throws Exception {
    tidied(QUARANTINE, "{}", "customer_id,email", ",not an address");

    assertThat(sink.rows).isEmpty();
    assertThat(sink.quarantine)
        .containsExactly("customers.csv:2 customer_id: is missing: nobody to attach the record to");
  }

  @Test
  void a_column_that_is_misread_as_a_whole_loads_nothing() {
    OnInvalid half = new OnInvalid(InvalidPolicy.Quarantine, 50);

    assertThatThrownBy(() -> tidied(half, "{}", "customer_id,visits", "1,many", "2,some", "3,1"))
        .isInstanceOf(SourceFault.class)
        .hasMessageContaining("2 of 3 records have a value of visits that cannot be used")
        .hasMessageContaining("customers.csv:2");
    assertThat(sink.committed).isFalse();
  }

  @Test
  void a_field_that_may_lose_its_values_loses_them_all_and_a_default_takes_their_place()
      throws Exception {
    OnInvalid none = new OnInvalid(InvalidPolicy.Quarantine, 0);

    tidied(
        none,
        "{fields: [{name: visits, onInvalid: DropValue},"
            + " {name: lifetime_value, onInvalid: Default, byDefault: '0'}]}",
        "customer_id,visits,lifetime_value",
        "1,many,much");

    assertThat(sink.rows)
        .extracting(LoadedProfile::attributes)
        .containsExactly(Map.of("lifetime_value", 0.0));
  }

  @Test
  void a_field_that_must_have_a_value_costs_the_record() throws Exception {
    tidied(
        QUARANTINE, "{fields: [{name: visits, missing: Invalid}]}", "customer_id,visits", "1,many");

    assertThat(sink.rows).isEmpty();
    assertThat(sink.quarantine).singleElement().asString().contains("visits");
  }

  @Test
  void a_record_that_was_changed_in_the_future_is_set_aside() throws Exception {
    ProfileSourceSpec spec = Samples.spec("customer_id");
    ProfileMapper mapper =
        new ProfileMapper(
            Samples.SCHEMA,
            spec.withIdentity(new SourceIdentity("customer_id", List.of(), null, "changed")),
            Samples.unmapped(),
            List.of("customer_id", "changed"),
            Samples.FUTURE);
    new Transfer<>("customers.csv", mapper, QUARANTINE, tally)
        .run(
            Samples.csv("customer_id,changed", "1,2026-12-01T23:59:59Z", "2,2026-12-02T00:00:01Z"),
            () -> null,
            sink);

    assertThat(sink.rows).extracting(LoadedProfile::identity).containsExactly("1");
    assertThat(sink.quarantine)
        .containsExactly(
            "customers.csv:3 changed: lies more than 24h ahead; a day and a month may have changed"
                + " places");
  }
}
