package dev.lettershop.cli.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.cli.ShopCommand;
import dev.lettershop.cli.ShopCommand.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportTemplatesTest {
  private static final String STORE =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: ProfileStore
      metadata: {name: default}
      spec:
        postgresql:
          host: db.example
          database: shop
          credentialsSecretRef: {name: db}
        attributes:
        - {name: first_name, type: String}
        - {name: city, type: String}
        topics:
        - {name: newsletter}
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "mailchimp ~ Hi *|FNAME|*, *|MMERGE5|* ~ Hi {{profile.first_name}}, {{profile.city}}",
        "mailchimp ~ <a href='*|UNSUB|*'>x</a> ~ <a href='{{links.unsubscribe}}'>x</a>",
        "listmonk ~ {{ .Subscriber.FirstName }} {{.Subscriber.Attribs.city}} ~ {{profile.first_name}} {{profile.city}}",
        "listmonk ~ {{ TrackLink \"https://shop.example/a\" . }}{{ TrackView }} ~ https://shop.example/a",
        "listmonk ~ <a href='https://shop.example/a@TrackLink'> ~ <a href='https://shop.example/a'>",
        "listmonk ~ {{ UnsubscribeURL }} {{ ManageURL . }} ~ {{links.unsubscribe}} {{links.preferences}}",
        "mautic ~ {contactfield=firstname} {unsubscribe_url}{tracking_pixel} ~ {{profile.first_name}} {{links.unsubscribe}}"
      })
  void tags_become_placeholders(String tool, String theirs, String ours) {
    ForeignTool.Translated done =
        ForeignTool.valueOf(tool).translate(theirs, Map.of("MMERGE5", "city"));

    assertThat(done.text()).isEqualTo(ours);
    assertThat(done.left()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "mailchimp ~ *|IF:FNAME|*",
        "mailchimp ~ *|ARCHIVE|*",
        "listmonk ~ {{ if .Subscriber.Attribs.vip }}",
        "listmonk ~ {{ template \"content\" . }}",
        "mautic ~ {dynamiccontent=\"x\"}",
        "mautic ~ {webview_url}"
      })
  void what_has_no_counterpart_stays_and_is_named(String tool, String tag) {
    ForeignTool.Translated done = ForeignTool.valueOf(tool).translate("a " + tag + " b", Map.of());

    assertThat(done.text()).isEqualTo("a " + tag + " b");
    assertThat(done.left()).containsExactly(tag);
  }

  @Test
  void a_template_passes_lint_as_it_comes() throws IOException {
    Path html =
        Files.writeString(
            folder.resolve("Spring sale.html"),
            """
            <html><body><p>Hello {contactfield=firstname|there}, greetings to {contactfield=city}.</p>
            <p><a href="{unsubscribe_url}">Unsubscribe</a></p></body></html>
            """);
    Path shop = Files.createDirectory(folder.resolve("shop"));
    Files.writeString(shop.resolve("store.yaml"), STORE);

    Result done =
        ShopCommand.withoutResources(
            "import",
            "templates",
            html.toString(),
            "--from",
            "mautic",
            "--subject",
            "Spring is here",
            "--out",
            shop.resolve("template.yaml").toString());
    Result lint = ShopCommand.withoutResources("lint", "-f", shop.toString());

    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(Files.readString(shop.resolve("template.yaml")))
        .contains("name: spring-sale", "first_name: there", "{{links.unsubscribe}}");
    assertThat(lint.exitCode()).as(lint.out()).isZero();
  }

  @Test
  void what_an_api_answers_gives_all_its_templates() throws IOException {
    Path answer =
        Files.writeString(
            folder.resolve("templates.json"),
            """
            {"data": [
              {"id": 1, "name": "Default campaign", "type": "campaign", "subject": "",
               "body": "<p>{{ template \\"content\\" . }}</p><a href='{{ UnsubscribeURL }}'>x</a>"},
              {"id": 2, "name": "Order", "type": "tx", "subject": "Order of {{ .Subscriber.FirstName }}",
               "body": "<p>Hello {{ .Subscriber.FirstName }}</p>"}]}
            """);

    Result done =
        ShopCommand.withoutResources(
            "import", "templates", answer.toString(), "--from", "listmonk");

    assertThat(done.exitCode()).isEqualTo(1);
    assertThat(done.err()).contains("no counterpart: {{ template \"content\" . }}");
    assertThat(done.out())
        .contains("name: default-campaign", "name: order", "Order of {{profile.first_name}}");
  }

  @Test
  void a_file_without_a_template_is_said_so() throws IOException {
    Path other = Files.writeString(folder.resolve("x.json"), "{\"data\": []}");

    assertThat(
            ShopCommand.withoutResources(
                    "import", "templates", other.toString(), "--from", "mautic")
                .err())
        .contains("holds no template");
  }
}
