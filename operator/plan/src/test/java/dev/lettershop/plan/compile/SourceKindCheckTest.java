package dev.lettershop.plan.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceKindCheckTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private static List<String> found(String yaml) throws Exception {
    return SourceKindCheck.problems(YAML.readValue(yaml, ProfileSourceSpec.class)).stream()
        .map(p -> p.problem().severity() + " " + p.field() + " " + p.problem().message())
        .toList();
  }

  @Test
  void exactlyOneKindIsWanted() throws Exception {
    assertThat(found("{}"))
        .containsExactly(
            "Error spec exactly one of file, jdbc, http, kafka and mongodb must be set");
    assertThat(found("{file: {path: a.csv}, http: {url: 'https://a.example'}}"))
        .containsExactly(
            "Error spec exactly one of file, jdbc, http, kafka and mongodb must be set");
    assertThat(found("{file: {path: a.csv}}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db/crm, true",
    "jdbc:mariadb://db/crm, true",
    "jdbc:mysql://db/crm, true",
    "jdbc:trino://db/hive, true",
    "jdbc:oracle:thin:@db, false",
    "jdbc:postgresql, false"
  })
  void databasesAreThoseThatThereAreDriversOf(String url, boolean known) throws Exception {
    List<String> found = found("{jdbc: {url: '" + url + "', table: a}}");

    if (known) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found).singleElement().asString().startsWith("Error spec.jdbc.url no driver");
    }
  }

  @Test
  void aQueryThatAsksForTheWatermarkNeedsItsColumn() throws Exception {
    String source = "{jdbc: {url: 'jdbc:postgresql://db/crm', query: \"%s\"%s}}";
    String asks = "select * from a where at > :watermark";

    assertThat(found(source.formatted(asks, "")))
        .singleElement()
        .asString()
        .startsWith("Error spec.jdbc.watermarkColumn is missing");
    assertThat(found(source.formatted(asks, ", watermarkColumn: at"))).isEmpty();
    assertThat(found(source.formatted("select a::watermark from b", ""))).isEmpty();
  }

  @Test
  void whatCanBeReadOnTheWayIsAWarning() throws Exception {
    assertThat(found("{jdbc: {url: 'jdbc:postgresql://db/crm', table: a, tls: {mode: Require}}}"))
        .singleElement()
        .asString()
        .startsWith("Warning spec.jdbc.tls.mode");
    assertThat(
            found(
                "{http: {url: 'http://a.example', auth: {type: Bearer, credentialsSecretRef:"
                    + " {name: a}}}}"))
        .singleElement()
        .asString()
        .startsWith("Warning spec.http.url");
    assertThat(found("{http: {url: 'http://a.example'}}")).isEmpty();
    assertThat(
            found(
                "{kafka: {bootstrapServers: ['a:1'], topic: a, tls: Disable, credentialsSecretRef:"
                    + " {name: a}}}"))
        .singleElement()
        .asString()
        .startsWith("Warning spec.kafka.tls");
  }
}
