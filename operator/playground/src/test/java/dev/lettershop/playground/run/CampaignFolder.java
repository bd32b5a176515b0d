package dev.lettershop.playground.run;

import dev.lettershop.playground.database.EmbeddedDatabase;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder with one small campaign, its input file, and nothing else. Every person is called {@code
 * Zebulon<n>} and lives at {@code zebulon.<n>@people.example}, so that personal data in the wrong
 * place is easy to find.
 */
final class CampaignFolder {
  static final String CAMPAIGN = "campaign/hello";
  static final String NAME_MARK = "Zebulon";
  static final String ADDRESS_MARK = "people.example";
  static final String PASSWORD_MARK = "sesame-open-7391";

  private final Path folder;

  private CampaignFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes the folder.
   *
   * @param people rows in the input file
   * @param perSecond limit of the transport
   */
  static CampaignFolder write(
      Path folder, EmbeddedDatabase database, int smtpPort, int people, int perSecond)
      throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("campaign.yaml"),
        manifests(database.port(), database.database(), smtpPort, perSecond));
    CampaignFolder written = new CampaignFolder(folder);
    try (Writer csv = Files.newBufferedWriter(folder.resolve("people.csv"))) {
      csv.write("number,email,first_name,city,joined\n");
      for (int i = 0; i < people; i++) {
        csv.write(
            i
                + ",zebulon."
                + i
                + "@"
                + ADDRESS_MARK
                + ","
                + NAME_MARK
                + i
                + ","
                + (i % 2 == 0 ? "Boston" : "New York")
                + ",2026-01-0"
                + (1 + i % 9)
                + "\n");
      }
    }
    return written;
  }

  Path path() {
    return folder;
  }

  Path manifest() {
    return folder.resolve("campaign.yaml");
  }

  Path people() {
    return folder.resolve("people.csv");
  }

  /** Replaces text in the manifests; the text must be there. */
  void edit(String from, String to) throws IOException {
    String before = Files.readString(manifest());
    if (!before.contains(from)) {
      throw new IllegalArgumentException("The manifests do not hold: " + from);
    }
    Files.writeString(manifest(), before.replace(from, to));
  }

  private static String manifests(int databasePort, String database, int smtpPort, int perSecond) {
    return """
        apiVersion: lettershop.dev/v1alpha1
        kind: ProfileStore
        metadata: {name: default}
        spec:
          postgresql:
            host: 127.0.0.1
            port: %d
            database: %s
            credentialsSecretRef: {name: db}
            tls: {mode: Disable}
          attributes:
          - {name: first_name, type: String, pii: true}
          - {name: city, type: String}
          - {name: joined, type: Timestamp}
          topics:
          - {name: newsletter, optIn: Implied}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: db}
        stringData: {username: postgres, password: %s}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: links}
        stringData: {key: a-key-of-thirty-two-characters-ok}
        ---
        apiVersion: lettershop.dev/v1alpha1
        kind: ProfileSource
        metadata: {name: people}
        spec:
          provides: Profiles
          file:
            format: Csv
            path: people.csv
            volume: {configMap: {name: people}}
          identity: {key: number, alsoMatch: [email]}
        ---
        apiVersion: lettershop.dev/v1alpha1
        kind: Segment
        metadata: {name: joined}
        spec:
          expression: profile.joined < now
        ---
        apiVersion: lettershop.dev/v1alpha1
        kind: EmailTemplate
        metadata: {name: hello}
        spec:
          subject: "{{content.greeting}}, {{profile.first_name}}"
          html: |
            <html><body><p>{{content.greeting}}, {{profile.first_name}} from {{profile.city}}.</p>
            <p><a href="{{links.unsubscribe}}">Unsubscribe</a></p></body></html>
          slots: [{name: greeting, default: Hello}]
          defaults: {first_name: there, city: somewhere}
        ---
        apiVersion: lettershop.dev/v1alpha1
        kind: MailTransport
        metadata: {name: default}
        spec:
          smtp: {host: 127.0.0.1, port: %d, tls: None, connections: 4}
          from: {domains: [shop.example]}
          rate: {perSecond: %d}
          links: {baseUrl: "https://mail.shop.example", keySecretRef: {name: links, key: key}}
        ---
        apiVersion: lettershop.dev/v1alpha1
        kind: Campaign
        metadata: {name: hello}
        spec:
          from: {name: Shop, address: news@shop.example}
          topic: newsletter
          audience: {include: [joined]}
          schedule: {cron: "0 9 * * MON"}
          content:
            templateRef: {name: hello}
            rules:
            - {when: 'profile.city == "New York"', set: {greeting: Good morning}}
        """
        .formatted(databasePort, database, PASSWORD_MARK, smtpPort, perSecond);
  }
}
