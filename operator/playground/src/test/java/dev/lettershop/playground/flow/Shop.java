package dev.lettershop.playground.flow;

/** A small shop as people would write it. Tests change a word here and there. */
final class Shop {
  static final String STORE =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: ProfileStore
      metadata: {name: default}
      spec:
        postgresql: {host: pg.shop.svc, database: shop, credentialsSecretRef: {name: db}}
        attributes:
        - {name: first_name, type: String, pii: true}
        - {name: city, type: String}
        - {name: visits, type: Integer}
        topics:
        - {name: newsletter, optIn: Double}
        - {name: offers, optIn: Single}
      """;

  static final String SOURCE =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: ProfileSource
      metadata: {name: people}
      spec:
        provides: Profiles
        file: {format: Csv, path: people.csv, volume: {configMap: {name: people}}}
        identity: {key: number, alsoMatch: [email]}
      """;

  static final String SEGMENT =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: Segment
      metadata: {name: regulars}
      spec: {expression: profile.visits > 3}
      """;

  /** The template that most campaigns use, with a partial. */
  static final String TEMPLATE =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: EmailTemplate
      metadata: {name: hello}
      spec:
        subject: "{{content.greeting}}, {{profile.first_name}}"
        html: |
          <html><body><p>{{content.greeting}}, {{profile.first_name}}.</p>{{> footer}}</body></html>
        partials: [{name: footer, templateRef: {name: footer}}]
        slots: [{name: greeting, default: Hello}]
        defaults: {first_name: there}
      """;

  static final String PARTIAL =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: EmailTemplate
      metadata: {name: footer}
      spec:
        subject: Footer
        html: <p><a href="{{links.unsubscribe}}">Unsubscribe</a></p>
      """;

  static final String TRANSPORT =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: MailTransport
      metadata: {name: default}
      spec:
        smtp: {host: smtp.shop.svc, port: 587, credentialsSecretRef: {name: smtp}}
        from: {domains: [shop.example]}
        links: {baseUrl: "https://mail.shop.example", keySecretRef: {name: links, key: key}}
      """;

  /** On Mondays, to the regulars. */
  static final String CAMPAIGN =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: Campaign
      metadata: {name: news}
      spec:
        from: {name: Shop, address: news@shop.example}
        topic: newsletter
        audience: {include: [regulars]}
        schedule: {cron: "0 9 * * MON", timeZone: Europe/Berlin}
        content: {templateRef: {name: hello}}
        parallelism: 2
      """;

  /** Everything that the campaign refers to. */
  static final String SURROUNDINGS =
      String.join("---\n", STORE, SOURCE, SEGMENT, TEMPLATE, PARTIAL, TRANSPORT);

  static final String ALL = SURROUNDINGS + "---\n" + CAMPAIGN;

  private Shop() {}

  /** The same resource under another name. */
  static String named(String name, String resource) {
    return resource.replaceFirst("metadata: \\{name: [a-z-]+}", "metadata: {name: " + name + "}");
  }

  /** The campaign without its schedule: sends when somebody makes a run. */
  static String unscheduled() {
    return CAMPAIGN.replaceFirst("  schedule: .*\n", "");
  }

  /** A run made by hand. */
  static String run(String name) {
    return run(name, "");
  }

  /**
   * @param more fields of the spec, each after a comma
   */
  static String run(String name, String more) {
    return """
    apiVersion: lettershop.dev/v1alpha1
    kind: CampaignRun
    metadata: {name: @NAME@}
    spec: {campaignRef: {name: news}@MORE@}
    """
        .replace("@NAME@", name)
        .replace("@MORE@", more);
  }
}
