package dev.lettershop.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.cli.ShopCommand;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What files show that stand beside the manifests. */
class LintCommandTest {
  private static final String MANIFESTS =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: ProfileStore
      metadata: {name: default}
      spec:
        postgresql: {host: db, database: shop, credentialsSecretRef: {name: db}}
        attributes: [{name: city, type: String}]
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: ProfileSource
      metadata: {name: crm}
      spec:
        file: {path: people.csv, volume: {persistentVolumeClaim: {claimName: crm}}}
        identity: {key: number, alsoMatch: [email]}
        mapping:
        - {to: city, value: "record.town"}
      """;

  @TempDir Path folder;

  private ShopCommand.Result lint(String header) throws Exception {
    Files.writeString(folder.resolve("shop.yaml"), MANIFESTS);
    if (header != null) {
      Files.writeString(folder.resolve("people.csv"), header + "\n");
    }
    return ShopCommand.withoutResources("lint", "-f", folder.toString());
  }

  @Test
  void columnsThatAreNotInTheHeaderAreErrorsWithTheNearestName() throws Exception {
    ShopCommand.Result found = lint("numbr,email,twon");

    assertThat(found.exitCode()).isEqualTo(1);
    assertThat(found.out())
        .contains("spec.identity.key")
        .contains("did you mean \"numbr\"?")
        .contains("spec.mapping[0].value")
        .contains("the file has no column \"town\"")
        .contains("did you mean \"twon\"?");
  }

  @Test
  void columnsOfAFileHoldText() throws Exception {
    Files.writeString(folder.resolve("people.csv"), "number,email,town\n");
    Files.writeString(
        folder.resolve("shop.yaml"), MANIFESTS.replace("\"record.town\"", "\"record.town + 1\""));

    ShopCommand.Result found = ShopCommand.withoutResources("lint", "-f", folder.toString());

    assertThat(found.exitCode()).isEqualTo(1);
    assertThat(found.out())
        .contains("spec.mapping[0].value")
        .contains("\"town\" holds String")
        .contains("double(record.price)");
  }

  @Test
  void aFileThatIsMissingFromAFolderThatIsThereIsAnError() throws Exception {
    Files.createDirectory(folder.resolve("data"));
    Files.writeString(folder.resolve("data/poeple.csv"), "number,email,town\n");
    Files.writeString(
        folder.resolve("shop.yaml"), MANIFESTS.replace("path: people", "path: data/people"));

    ShopCommand.Result found = ShopCommand.withoutResources("lint", "-f", folder.toString());

    assertThat(found.exitCode()).isEqualTo(1);
    assertThat(found.out())
        .contains(
            "spec.file.path", "file not found: data/people.csv", "did you mean \"poeple.csv\"?");
  }

  @Test
  void aColumnThatIsNearlyCalledLikeAnAttributeIsOffered() throws Exception {
    assertThat(lint("number,Email,town").out())
        .contains("nothing fills \"email\"")
        .contains("{to: email, value: \"record['Email']\"}");
  }

  @Test
  void aFileInAnotherEncodingThanDeclaredIsOfferedItsOwn() throws Exception {
    String rows = "number,email,town\n1,ada@example.com,München\n";
    Path file = folder.resolve("people.csv");

    Files.writeString(file, rows, Charset.forName("windows-1252"));
    assertThat(lint(null).out())
        .contains("spec.file.csv.encoding")
        .contains("did you mean encoding: windows-1252?");

    Files.writeString(file, rows);
    assertThat(lint(null).out()).contains("nothing to report");

    Files.writeString(
        folder.resolve("shop.yaml"),
        MANIFESTS.replace("people.csv,", "people.csv, csv: {encoding: windows-1252},"));
    assertThat(ShopCommand.withoutResources("lint", "-f", folder.toString()).out())
        .contains("did you mean encoding: UTF-8?");
  }

  @Test
  void tablesOfValuesAreReadWhereTheyAreAtHand() throws Exception {
    Files.writeString(
        folder.resolve("shop.yaml"),
        MANIFESTS
            + "  normalise: {fields: [{name: city, tableFrom: {name: towns, key: towns.csv}}]}\n");
    ShopCommand.Result elsewhere = ShopCommand.withoutResources("lint", "-f", folder.toString());
    Files.writeString(folder.resolve("towns.csv"), "from,to\nOslo,OSL\noslo,OSL\n");
    ShopCommand.Result twice = ShopCommand.withoutResources("lint", "-f", folder.toString());

    assertThat(elsewhere.out()).contains("nothing to report");
    assertThat(twice.out())
        .contains("spec.normalise.fields[0].tableFrom")
        .contains("towns/towns.csv has a value twice in from")
        .doesNotContain("slo,");
  }

  @Test
  void aColumnWithADotIsNoObject() throws Exception {
    assertThat(lint("number,email,town.name").out()).contains("record['town.name']");
  }

  @Test
  void aFileThatIsSoundOrElsewhereIsNoFinding() throws Exception {
    assertThat(lint(null).out()).contains("nothing to report");
    assertThat(lint("number,email,town").out()).contains("nothing to report");
  }

  @Test
  void structuredRulesAreFaultedAtTheLineOfTheirField() throws Exception {
    Files.writeString(
        folder.resolve("segments.yaml"),
        """
        apiVersion: lettershop.dev/v1alpha1
        kind: ProfileStore
        metadata: {name: default}
        spec:
          postgresql: {host: db, database: shop, credentialsSecretRef: {name: db}}
          attributes: [{name: visits, type: Integer}]
          events: [{name: order, properties: [{name: price, type: Double}]}]
        ---
        apiVersion: lettershop.dev/v1alpha1
        kind: Segment
        metadata: {name: buyers}
        spec:
          storeRef: {name: default}
          rules:
            all:
            - attribute: visits
              operator: GreaterThan
              value: "many"
            - anyOf:
              - event: order
                where:
                - property: price
                  operator: LessThan
                  value: "100"
                - property: prise
                  operator: Exists
              - segment: buyrs
        """);

    ShopCommand.Result found = ShopCommand.withoutResources("lint", "-f", folder.toString());

    assertThat(found.exitCode()).isEqualTo(1);
    assertThat(found.out())
        .contains("segments.yaml:18:", "spec.rules.all[0].value")
        .contains("segments.yaml:20:", "spec.rules.all[1].anyOf[0].event")
        .contains("segments.yaml:25:", "spec.rules.all[1].anyOf[0].where[1].property")
        .contains("segments.yaml:27:", "spec.rules.all[1].anyOf[1].segment", "\"buyrs\"");
  }
}
