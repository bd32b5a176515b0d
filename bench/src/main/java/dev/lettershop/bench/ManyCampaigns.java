package dev.lettershop.bench;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.api.v1alpha1.template.EmailTemplate;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashMap;
import java.util.Map;

/** A namespace full of campaigns that share templates and segments. */
final class ManyCampaigns {
  static final int SHARED = 100;
  static final int USERS_OF_THE_FIRST = 100;
  private static final int PARAGRAPHS = 40;
  private static final String TEMPLATE =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: EmailTemplate
      metadata: {name: template-%d}
      spec:
        subject: "{{content.headline}}"
        slots: [{name: headline, default: "%s"}]
        defaults: {first_name: there, city: your town}
        html: |
          <html><body>
      %s    <a href="{{links.unsubscribe}}">Unsubscribe</a></body></html>
      """;

  private final KubernetesClient client;
  private final String namespace;

  ManyCampaigns(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** Creates a store, a transport, {@value #SHARED} templates and segments, and the campaigns. */
  void create(int campaigns) {
    put(
        ProfileStore.class,
        """
        apiVersion: lettershop.dev/v1alpha1
        kind: ProfileStore
        metadata: {name: default}
        spec:
          postgresql: {host: db.example, database: shop, credentialsSecretRef: {name: db}}
          attributes:
          - {name: first_name, type: String}
          - {name: city, type: String}
          - {name: lifetime_value, type: Double}
          events:
          - {name: product_viewed, properties: [{name: price, type: Double}]}
          topics:
          - {name: newsletter, optIn: Double}
        """);
    put(
        MailTransport.class,
        """
        apiVersion: lettershop.dev/v1alpha1
        kind: MailTransport
        metadata: {name: default}
        spec:
          smtp: {host: smtp.example, credentialsSecretRef: {name: smtp}}
        """);
    for (int i = 0; i < SHARED; i++) {
      put(
          Segment.class,
          """
          apiVersion: lettershop.dev/v1alpha1
          kind: Segment
          metadata: {name: segment-%1$d}
          spec:
            expression: |
              profile.lifetime_value > %1$d.5 && profile.city != "Nowhere"
              && events("product_viewed", duration("24h")).exists(e, e.price > %1$d.0)
          """
              .formatted(i));
      put(EmailTemplate.class, template(i, "Nothing new"));
    }
    for (int i = 0; i < campaigns; i++) {
      put(
          Campaign.class,
          """
          apiVersion: lettershop.dev/v1alpha1
          kind: Campaign
          metadata: {name: campaign-%1$d}
          spec:
            from: {address: news@shop.example}
            topic: newsletter
            audience: {include: [segment-%2$d], exclude: [segment-%3$d]}
            schedule: {cron: "0 9 * * MON", timeZone: Europe/Berlin}
            content:
              templateRef: {name: template-%4$d}
              rules:
              - {when: 'profile.city == "New York"', set: {headline: "Number %1$d in New York"}}
          """
              .formatted(i, i % SHARED, (i + 1) % SHARED, i < USERS_OF_THE_FIRST ? 0 : i % SHARED));
    }
  }

  /** Changes the template that the first campaigns use. */
  void changeFirstTemplate(String news) {
    client
        .resources(EmailTemplate.class)
        .inNamespace(namespace)
        .resource(read(EmailTemplate.class, template(0, news)))
        .update();
  }

  /** How many can be used as they are now. */
  long ready() {
    return client.resources(Campaign.class).inNamespace(namespace).list().getItems().stream()
        .filter(ManyCampaigns::isReady)
        .count();
  }

  private static boolean isReady(Campaign campaign) {
    return campaign.getStatus() != null
        && campaign.getMetadata().getGeneration().equals(campaign.getStatus().observedGeneration())
        && campaign.getStatus().conditions().stream()
            .anyMatch(c -> c.type().equals("Ready") && c.status() == ConditionStatus.True);
  }

  /**
   * Seconds from the change of the first template until every user of it has another plan in its
   * CronJob.
   */
  double secondsToChangeFirstTemplate(int users) throws InterruptedException {
    Map<String, String> before = planHashes(users);
    long began = System.nanoTime();
    changeFirstTemplate("Something new");
    Waiting.await(
        300,
        () -> {
          Map<String, String> now = planHashes(users);
          return now.keySet().stream().noneMatch(name -> now.get(name).equals(before.get(name)));
        });
    return (System.nanoTime() - began) / 1e9;
  }

  /** The plan that the Jobs of each CronJob would follow. */
  private Map<String, String> planHashes(int users) {
    Map<String, String> hashes = new HashMap<>();
    for (CronJob cronJob :
        client.batch().v1().cronjobs().inNamespace(namespace).list().getItems()) {
      String name = cronJob.getMetadata().getName();
      if (Integer.parseInt(name.replaceAll("\\D", "")) < users) {
        hashes.put(
            name,
            cronJob
                .getSpec()
                .getJobTemplate()
                .getMetadata()
                .getAnnotations()
                .get("lettershop.dev/plan-hash"));
      }
    }
    return hashes;
  }

  private static String template(int number, String news) {
    StringBuilder html = new StringBuilder();
    for (int i = 0; i < PARAGRAPHS; i++) {
      html.append("    <p style='margin:0 0 16px'>Paragraph ")
          .append(i)
          .append(" of template ")
          .append(number)
          .append(" for {{profile.first_name}} in {{profile.city}}.</p>\n");
    }
    return TEMPLATE.formatted(number, news, html);
  }

  private <T extends HasMetadata> void put(Class<T> type, String yaml) {
    client.resources(type).inNamespace(namespace).resource(read(type, yaml)).create();
  }

  private static <T> T read(Class<T> type, String yaml) {
    return Serialization.unmarshal(yaml, type);
  }
}
