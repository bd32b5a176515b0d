package dev.lettershop.plan;

import dev.lettershop.api.v1alpha1.collector.CollectorBuffer;
import dev.lettershop.api.v1alpha1.collector.CollectorLimits;
import dev.lettershop.api.v1alpha1.collector.CollectorTrust;
import dev.lettershop.api.v1alpha1.collector.WebhookProvider;
import dev.lettershop.api.v1alpha1.collector.page.CollectorPages;
import dev.lettershop.api.v1alpha1.collector.page.SignUpForm;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.common.Mailbox;
import dev.lettershop.api.v1alpha1.common.SecretKeyRef;
import dev.lettershop.api.v1alpha1.field.FieldMapping;
import dev.lettershop.api.v1alpha1.field.Normalise;
import dev.lettershop.api.v1alpha1.source.SourceIdentity;
import dev.lettershop.api.v1alpha1.store.Topic;
import dev.lettershop.api.v1alpha1.transport.SoftBounceLimit;
import dev.lettershop.template.CompiledTemplate;
import java.util.List;

/**
 * All that the Pods of one collector need to know. Secrets appear by reference only, people not at
 * all. Lists are never null; absent members are null where it says so.
 *
 * @param formatVersion {@value #FORMAT_VERSION}; a collector refuses a plan of another format
 * @param name of the Collector
 * @param topics those that the store declares, in its order
 * @param credentialsSecretRef Secret with the keys {@code username} and {@code password} of the
 *     collector's own database user, or null for the store's
 * @param host under which it is reached, in lower case
 * @param links of the transports whose mails lead to this host, by name
 * @param sources who may send events
 * @param webhooks of providers
 * @param pages as written, with a name
 * @param forms by which people sign up
 * @param confirmation the mail that asks people to confirm, or null when no form needs one
 * @param buffer where events are stored before they are processed
 * @param limits of what may come in
 * @param spoolBytes most that one Pod keeps on disk while the database is away
 * @param trustedProxies networks in CIDR notation whose {@code X-Forwarded-For} is believed
 */
public record CollectorPlan(
    int formatVersion,
    String namespace,
    String name,
    Plan.Store store,
    List<Topic> topics,
    LocalRef credentialsSecretRef,
    String host,
    List<Links> links,
    List<Source> sources,
    List<Webhook> webhooks,
    CollectorPages pages,
    List<SignUpForm> forms,
    Confirmation confirmation,
    CollectorBuffer buffer,
    CollectorLimits limits,
    long spoolBytes,
    List<String> trustedProxies) {

  /** The only format there is. */
  public static final int FORMAT_VERSION = 1;

  /** Most bytes of where links lead that a Pod keeps on disk, beside {@code spoolBytes}. */
  public static final long LINK_BYTES = 32L << 20;

  /** The canonical JSON leaves empty lists out. */
  public CollectorPlan {
    topics = list(topics);
    links = list(links);
    sources = list(sources);
    webhooks = list(webhooks);
    forms = list(forms);
    trustedProxies = list(trustedProxies);
  }

  /**
   * Links that mails of one transport carry.
   *
   * @param transport name of the MailTransport
   * @param baseUrl what links begin with; its host is the collector's
   * @param keySecretRef with what they are signed
   */
  public record Links(String transport, String baseUrl, SecretKeyRef keySecretRef) {}

  /**
   * Somebody who sends events.
   *
   * @param writeKeySecretRef the key that clients send
   * @param userKeySecretRef with what the shop's server vouches for user ids; null when it does not
   * @param signingKeySecretRef with what requests that trigger a campaign are signed; null when
   *     none are taken
   * @param origins of pages that may send; empty for servers
   * @param events types that it may send; empty for all of the store
   * @param identity by what its people are known
   * @param mapping CEL over {@code record}, the call as it came, that fills events
   * @param traits the same for attributes of profiles, from identify calls
   * @param normalise how values are cleaned, with the source's own fields
   */
  public record Source(
      String name,
      CollectorTrust trust,
      SecretKeyRef writeKeySecretRef,
      SecretKeyRef userKeySecretRef,
      SecretKeyRef signingKeySecretRef,
      List<String> origins,
      List<String> events,
      SourceIdentity identity,
      List<FieldMapping> mapping,
      List<FieldMapping> traits,
      Normalise normalise) {
    public Source {
      origins = list(origins);
      events = list(events);
      mapping = list(mapping);
      traits = list(traits);
    }
  }

  /**
   * A provider that reports what became of mails.
   *
   * @param keySecretRef by what requests are verified; null for SES
   * @param topicArns of SNS; empty for all but SES
   * @param transport name of the MailTransport whose mails are reported
   * @param softLimit when an address that takes no mail for the time being is suppressed
   */
  public record Webhook(
      String name,
      WebhookProvider provider,
      SecretKeyRef keySecretRef,
      List<String> topicArns,
      String transport,
      SoftBounceLimit softLimit) {
    public Webhook {
      topicArns = list(topicArns);
    }
  }

  /**
   * The mail that asks people to confirm that they signed up.
   *
   * @param template shows {@code links.confirm}
   * @param validFor how long the link works, such as {@code 72h}
   */
  public record Confirmation(
      Plan.Transport transport,
      Mailbox from,
      String templateName,
      CompiledTemplate template,
      String validFor) {}

  private static <T> List<T> list(List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
