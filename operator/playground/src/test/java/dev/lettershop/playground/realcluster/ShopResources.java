package dev.lettershop.playground.realcluster;

/**
 * One small shop as people would write it. Everybody is called {@code Zebulon<n>} and lives at
 * {@code zebulon.<n>@people.example}; half of them in Boston.
 */
final class ShopResources {
  static final int PEOPLE = 50;
  static final String NAME_MARK = "Zebulon";
  static final String ADDRESS_MARK = "people.example";

  /** No node has this: Pods are left to the tests, also where there are nodes. */
  private static final String NOWHERE = "lettershop.dev/test: nowhere";

  /** Where a server listens. */
  record Place(String host, int port) {}

  private ShopResources() {}

  /** Everything that a campaign refers to, Secrets included. */
  static String surroundings(Place database, String databaseName, Place smtp) {
    StringBuilder people = new StringBuilder();
    for (int i = 0; i < PEOPLE; i++) {
      people.append(
          "    %d,zebulon.%d@%s,%s%d,%s,2026-01-0%d\n"
              .formatted(
                  i, i, ADDRESS_MARK, NAME_MARK, i, i % 2 == 0 ? "Boston" : "New York", 1 + i % 9));
    }
    return """
    apiVersion: v1
    kind: Secret
    metadata: {name: db}
    stringData: {username: postgres, password: sesame-open-7391}
    ---
    apiVersion: v1
    kind: Secret
    metadata: {name: links}
    stringData: {key: a-key-of-thirty-two-characters-ok}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: people}
    data:
      people.csv: |
        number,email,first_name,city,joined
    @PEOPLE@---
    apiVersion: lettershop.dev/v1alpha1
    kind: ProfileStore
    metadata: {name: default}
    spec:
      postgresql:
        host: @DATABASE_HOST@
        port: @DATABASE_PORT@
        database: @DATABASE@
        credentialsSecretRef: {name: db}
        tls: {mode: Disable}
      attributes:
      - {name: first_name, type: String, pii: true}
      - {name: city, type: String}
      - {name: joined, type: Timestamp}
      topics:
      - {name: newsletter, optIn: Implied}
    ---
    apiVersion: lettershop.dev/v1alpha1
    kind: ProfileSource
    metadata: {name: people}
    spec:
      provides: Profiles
      file: {format: Csv, path: people.csv, volume: {configMap: {name: people}}}
      identity: {key: number, alsoMatch: [email]}
    ---
    apiVersion: lettershop.dev/v1alpha1
    kind: Segment
    metadata: {name: joined}
    spec: {expression: profile.joined < now}
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
      smtp: {host: @SMTP_HOST@, port: @SMTP_PORT@, tls: None, connections: 2}
      from: {domains: [shop.example]}
      rate: {perSecond: 1000}
      links: {baseUrl: "https://mail.shop.example", keySecretRef: {name: links, key: key}}
    ---
    apiVersion: lettershop.dev/v1alpha1
    kind: MailTransport
    metadata: {name: slow}
    spec:
      smtp: {host: @SMTP_HOST@, port: @SMTP_PORT@, tls: None, connections: 1}
      from: {domains: [shop.example]}
      rate: {perSecond: 2}
      links: {baseUrl: "https://mail.shop.example", keySecretRef: {name: links, key: key}}
    """
        .replace("@PEOPLE@", people)
        .replace("@DATABASE_HOST@", database.host())
        .replace("@DATABASE_PORT@", Integer.toString(database.port()))
        .replace("@DATABASE@", databaseName)
        .replace("@SMTP_HOST@", smtp.host())
        .replace("@SMTP_PORT@", Integer.toString(smtp.port()));
  }

  /** A source that is read at night in India. */
  static String scheduledSource(String name) {
    return """
    apiVersion: lettershop.dev/v1alpha1
    kind: ProfileSource
    metadata: {name: @NAME@}
    spec:
      provides: Profiles
      file: {format: Csv, path: people.csv, volume: {configMap: {name: people}}}
      schedule: {cron: "30 2 * * *", timeZone: Asia/Kolkata}
      identity: {key: number, alsoMatch: [email]}
    """
        .replace("@NAME@", name);
  }

  /** A segment whose members are recorded each day. */
  static String refreshedSegment(String name) {
    return """
    apiVersion: lettershop.dev/v1alpha1
    kind: Segment
    metadata: {name: @NAME@}
    spec:
      expression: profile.city == "Boston"
      refresh: {cron: "@daily"}
    """
        .replace("@NAME@", name);
  }

  /** A campaign to all of them, on Mondays. */
  static String campaign(String name) {
    return """
    apiVersion: lettershop.dev/v1alpha1
    kind: Campaign
    metadata: {name: @NAME@}
    spec:
      from: {name: Shop, address: news@shop.example}
      topic: newsletter
      audience: {include: [joined]}
      schedule: {cron: "0 9 * * MON", timeZone: Europe/Berlin}
      parallelism: 2
      pod: {nodeSelector: {@NOWHERE@}}
      content:
        templateRef: {name: hello}
        rules:
        - {when: 'profile.city == "New York"', set: {greeting: Good morning}}
    """
        .replace("@NAME@", name)
        .replace("@NOWHERE@", NOWHERE);
  }

  /** The same, two mails a second, so that there is time to do something to it meanwhile. */
  static String slowCampaign(String name) {
    return campaign(name) + "  transportRef: {name: slow}\n";
  }

  /** A run of it, made by hand. */
  static String run(String name, String campaign) {
    return """
    apiVersion: lettershop.dev/v1alpha1
    kind: CampaignRun
    metadata: {name: @NAME@}
    spec: {campaignRef: {name: @CAMPAIGN@}}
    """
        .replace("@NAME@", name)
        .replace("@CAMPAIGN@", campaign);
  }
}
