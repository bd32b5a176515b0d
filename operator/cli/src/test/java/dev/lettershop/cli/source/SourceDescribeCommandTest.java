package dev.lettershop.cli.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lettershop.cli.LettershopCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SourceDescribeCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int describe(String file, String content, String... more) throws Exception {
    Files.writeString(folder.resolve(file), content);
    String format = file.endsWith(".csv") ? "Csv" : "NdJson";
    Files.writeString(
        folder.resolve("source.yaml"),
        """
        apiVersion: lettershop.dev/v1alpha1
        kind: ProfileSource
        metadata: {name: crm}
        spec:
          identity: {key: todo}
          file: {path: %s, format: %s, volume: {configMap: {name: crm}}}
        """
            .formatted(file, format));
    CommandLine commandLine =
        LettershopCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] arguments = new String[4 + more.length];
    System.arraycopy(
        new String[] {"source", "describe", "-f", folder.resolve("source.yaml").toString()},
        0,
        arguments,
        0,
        4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    return commandLine.execute(arguments);
  }

  @Test
  void proposes_attributes_and_a_mapping_for_a_file() throws Exception {
    int exit =
        describe(
            "customers.csv",
            """
            Kd-Nr,E-Mail,Vorname,PLZ,Umsatz,visits,active,seen
            1,ada@example.com,Ada,02134,12.5,3,true,2026-11-01T10:00:00Z
            2,bob@example.com,Bob,10115,7.25,,false,2026-11-02
            """);

    assertThat(err.toString()).isEmpty();
    assertThat(exit).isZero();
    assertThat(out.toString())
        .contains("# crm: 2 records looked at")
        .contains("key: kd_nr", "to: email", "record['E-Mail']")
        .contains("name: vorname", "name: plz", "name: umsatz", "name: visits")
        .doesNotContain("ada@", "Ada", "02134");
  }

  @Test
  void prints_the_same_as_json_with_paths_of_nested_fields() throws Exception {
    int exit =
        describe(
            "customers.ndjson",
            """
            {"customer_id": 7, "email": "ada@example.com", "address": {"city": "Boston"}, "tags": ["a"]}
            {"customer_id": 8, "email": "bob@example.com", "address": {"city": "Rome"}, "vip": true}
            """,
            "-o",
            "json");

    assertThat(exit).isZero();
    JsonNode found = new ObjectMapper().readTree(out.toString());
    assertThat(found.at("/records").asInt()).isEqualTo(2);
    assertThat(found.at("/spec/identity/key").asText()).isEqualTo("customer_id");
    assertThat(found.at("/spec/identity/alsoMatch/0").asText()).isEqualTo("email");
    assertThat(found.at("/spec/mapping/0/to").asText()).isEqualTo("address_city");
    assertThat(found.at("/spec/mapping/0/value").asText()).isEqualTo("record.address.city");
    assertThat(found.at("/attributes").findValuesAsText("name"))
        .containsExactlyInAnyOrder("address_city", "tags", "vip");
    assertThat(found.at("/attributes").findValuesAsText("type"))
        .containsExactlyInAnyOrder("String", "StringList", "Boolean");
  }

  @Test
  void proposes_events_with_their_properties() throws Exception {
    describe("web.ndjson", "{}");
    Files.writeString(
        folder.resolve("source.yaml"),
        Files.readString(folder.resolve("source.yaml"))
            .replace("identity: {key: todo}", "provides: Events\n  identity: {key: todo}"));
    Files.writeString(
        folder.resolve("web.ndjson"),
        """
        {"customer_id": "c1", "event": "viewed", "time": "2026-11-01T10:00:00Z", "properties": {"sku": "a", "price": 1.5}}
        {"customer_id": "c1", "event": "viewed", "time": "2026-11-01T10:01:00Z", "properties": {"sku": "b"}}
        {"customer_id": "c2", "event": "paid", "time": "2026-11-01T10:02:00Z", "total": 7, "Ada Lovelace": "x"}
        {"customer_id": "c2", "event": "Ada Lovelace", "time": "2026-11-01T10:02:00Z"}
        """);
    StringWriter found = new StringWriter();

    int exit =
        LettershopCommand.commandLine()
            .setOut(new PrintWriter(found))
            .setErr(new PrintWriter(err))
            .execute(
                "source", "describe", "-f", folder.resolve("source.yaml").toString(), "-o", "json");

    assertThat(exit).as(err.toString()).isZero();
    JsonNode proposal = new ObjectMapper().readTree(found.toString());
    assertThat(proposal.at("/events").toString())
        .isEqualTo(
            "[{\"name\":\"paid\",\"properties\":[{\"name\":\"total\",\"type\":\"Integer\"}]},"
                + "{\"name\":\"viewed\",\"properties\":[{\"name\":\"sku\",\"type\":\"String\"},"
                + "{\"name\":\"price\",\"type\":\"Double\"}]}]");
    assertThat(proposal.at("/spec/identity/key").asText()).isEqualTo("customer_id");
    assertThat(proposal.at("/spec/mapping").toString())
        .isEqualTo(
            "[{\"to\":\"name\",\"value\":\"record.event\"},"
                + "{\"to\":\"occurred_at\",\"value\":\"record.time\"}]");
  }

  @Test
  void events_may_be_written_as_people_write_them() throws Exception {
    describe("web.ndjson", "{}");
    Files.writeString(
        folder.resolve("source.yaml"),
        Files.readString(folder.resolve("source.yaml"))
            .replace("  identity: {key: todo}", "  provides: Events"));
    Files.writeString(
        folder.resolve("web.ndjson"),
        """
        {"customer_id": "c1", "event": "Order Completed", "time": "2026-11-01T10:00:00Z", "total": 7}
        {"customer_id": "c1", "event": "Order Completed", "time": "2026-11-01T10:01:00Z", "total": 8}
        {"customer_id": "c2", "event": "Ada Lovelace", "time": "2026-11-01T10:02:00Z"}
        """);
    StringWriter found = new StringWriter();

    int exit =
        LettershopCommand.commandLine()
            .setOut(new PrintWriter(found))
            .setErr(new PrintWriter(err))
            .execute("source", "describe", "-f", folder.resolve("source.yaml").toString());

    assertThat(exit).as(err.toString()).isZero();
    assertThat(found.toString())
        .contains("name: order_completed", "lowerAscii().replace(' ', '_')")
        .doesNotContainIgnoringCase("lovelace");
  }

  @Test
  void an_event_is_not_taken_for_the_product_that_is_called_name() throws Exception {
    describe("web.ndjson", "{}");
    Files.writeString(
        folder.resolve("source.yaml"),
        Files.readString(folder.resolve("source.yaml"))
            .replace("  identity: {key: todo}", "  provides: Events"));
    Files.writeString(
        folder.resolve("web.ndjson"),
        """
        {"customerId": "c1", "name": "Red shoes", "event": "viewed", "createdOn": "2026-11-01T10:00:00Z", "messageId": "m1"}
        {"customerId": "c1", "name": "Red shoes", "event": "viewed", "createdOn": "2026-11-01T10:01:00Z", "messageId": "m2"}
        {"customerId": "c2", "name": "Red shoes", "event": "viewed", "createdOn": "2026-11-01T10:02:00Z", "messageId": "m3", "properties": {"name": "Red shoes"}}
        {"customerId": "c2", "name": "Ada", "createdOn": "2026-11-01T10:02:00Z", "messageId": "m4"}
        """);
    StringWriter found = new StringWriter();

    int exit =
        LettershopCommand.commandLine()
            .setOut(new PrintWriter(found))
            .setErr(new PrintWriter(err))
            .execute(
                "source", "describe", "-f", folder.resolve("source.yaml").toString(), "-o", "json");

    assertThat(exit).as(err.toString()).isZero();
    JsonNode proposal = new ObjectMapper().readTree(found.toString());
    assertThat(proposal.at("/events").toString())
        .isEqualTo(
            "[{\"name\":\"viewed\",\"properties\":[{\"name\":\"name\",\"type\":\"String\"}]}]");
    assertThat(proposal.at("/spec/mapping").toString())
        .isEqualTo(
            "[{\"to\":\"customer_id\",\"value\":\"record.customerId\"},"
                + "{\"to\":\"name\",\"value\":\"record.event\"},"
                + "{\"to\":\"id\",\"value\":\"record.messageId\"},"
                + "{\"to\":\"occurred_at\",\"value\":\"record.createdOn\"}]");
  }

  @Test
  void days_of_spreadsheets_become_times() throws Exception {
    int exit =
        describe(
            "customers.csv",
            """
            customer_id,Birth Date,Signup date,Geburtstag,visits
            1,33000,46000.5,33000,46001
            2,,46001,33001,46002
            """);

    assertThat(exit).as(err.toString()).isZero();
    assertThat(out.toString())
        .containsPattern("name: birth_date\\s+type: Timestamp")
        .containsPattern("name: geburtstag\\s+type: Timestamp")
        .containsPattern("name: visits\\s+type: Integer");
    // Long scalars are folded by YAML's writer.
    assertThat(out.toString().replaceAll("\\\\\\n\\s+\\\\?", ""))
        .contains("double(record['Birth Date']) - 25569.0");
  }

  @Test
  void timesMayBeWrittenInSeveralWaysAndListsAreToldByTheirNames() throws Exception {
    int exit =
        describe(
            "customers.csv",
            """
            customer_id,last_visit,created_at,order_no,tags
            1,2026-11-01T10:00:00Z,1793527200,1793527200,a
            2,1793527200000,1793527200000,1793527201,"a; b"
            """);

    assertThat(exit).as(err.toString()).isZero();
    assertThat(out.toString())
        .containsPattern("name: last_visit\\s+type: Timestamp")
        .containsPattern("name: source_created_at\\s+type: Timestamp")
        .containsPattern("name: order_no\\s+type: Integer")
        .containsPattern("name: tags\\s+type: StringList");
  }

  @Test
  void says_which_sources_there_are() throws Exception {
    int exit = describe("customers.csv", "a\n1\n", "shop");

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains("No ProfileSource \"shop\"").contains("crm");
  }

  @Test
  void is_told_of_missing_files() throws Exception {
    describe("customers.csv", "a\n1\n");
    Files.delete(folder.resolve("customers.csv"));

    int exit =
        LettershopCommand.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute("source", "describe", "-f", folder.resolve("source.yaml").toString());

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains("spec.file.path").contains("file not found");
  }
}
