package dev.lettershop.plan.compile;

import dev.lettershop.api.v1alpha1.collector.BufferType;
import dev.lettershop.api.v1alpha1.collector.CollectorSource;
import dev.lettershop.api.v1alpha1.collector.CollectorSpec;
import dev.lettershop.api.v1alpha1.collector.CollectorWebhook;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.api.v1alpha1.transport.MailTransportSpec;
import dev.lettershop.api.v1alpha1.transport.SoftBounceLimit;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.plan.CollectorPlan;
import dev.lettershop.plan.References;
import dev.lettershop.resource.ResourceSet;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Compiles one collector. Goes on after each finding, so that all are reported at once. */
final class CollectorCompiler {
  private static final long LEAST_SPOOL = 1 << 20;

  private final PlanCompiler compiler;
  private final ResourceSet resources;
  private final Findings findings;
  private final LinkHosts hosts;
  private final ResourceRef ref;
  private final CollectorSpec spec;

  CollectorCompiler(
      PlanCompiler compiler,
      ResourceSet resources,
      Findings findings,
      ResourceRef ref,
      CollectorSpec spec) {
    this.compiler = compiler;
    this.resources = resources;
    this.findings = findings;
    this.hosts = new LinkHosts(resources, findings);
    this.ref = ref;
    this.spec = spec;
  }

  /** The plan; only complete when no error was found, null when it cannot even be put together. */
  CollectorPlan compile() {
    List<CollectorPlan.Links> links = links();
    trustedProxies();
    if (spoolBytes() < LEAST_SPOOL) {
      findings.error(
          ref,
          "spec.spool.size",
          "is less than 1Mi",
          "leave it out for 256Mi, or write a larger one");
    }
    StoreContext store =
        compiler.store(ref, "spec.storeRef.name", spec.storeRef().name(), findings);
    if (store == null) {
      return null;
    }
    List<CollectorPlan.Source> sources = new ArrayList<>();
    CollectorSourceCheck check = new CollectorSourceCheck(findings, ref, store.schema(), spec);
    check.cleaning();
    for (int i = 0; i < spec.sources().size(); i++) {
      sources.add(check.compile("spec.sources[" + i + "]", spec.sources().get(i)));
    }
    List<CollectorPlan.Webhook> webhooks = new ArrayList<>();
    for (int i = 0; i < spec.webhooks().size(); i++) {
      webhooks.add(webhook("spec.webhooks[" + i + "]", spec.webhooks().get(i), store));
    }
    buffer(store);
    new CollectorPagesCheck(findings, ref, store).check(spec.pages());
    CollectorPlan.Confirmation confirmation =
        new SignUpCompiler(compiler, resources, findings, ref, spec, store).compile();
    if (findings.hasErrors()) {
      return null;
    }
    return new CollectorPlan(
        CollectorPlan.FORMAT_VERSION,
        resources.namespace(),
        ref.name(),
        PlanCompiler.planned(store),
        store.store().getSpec().topics(),
        spec.credentialsSecretRef(),
        spec.host(),
        links,
        sources,
        webhooks,
        spec.pages().named(spec.host()),
        spec.signUp() == null ? List.of() : spec.signUp().forms(),
        confirmation,
        spec.buffer(),
        spec.limits(),
        spoolBytes(),
        spec.trustedProxies());
  }

  /** Which links lead here, and whether they lead here only. */
  private List<CollectorPlan.Links> links() {
    hosts
        .collectors()
        .forEach(
            (name, other) -> {
              if (!name.equals(ref.name()) && other.getSpec().host().equals(spec.host())) {
                findings.error(
                    ref,
                    "spec.host",
                    "is also the host of Collector/" + name + ", and only one can answer",
                    "give each a host of its own, or remove one");
              }
            });
    List<CollectorPlan.Links> links = hosts.leadingTo(spec.host());
    if (links.isEmpty()) {
      findings.warning(
          ref,
          "spec.host",
          "is in no spec.links.baseUrl of a MailTransport: no mail has a link to it",
          "set spec.links.baseUrl of the MailTransport to https://" + spec.host());
    }
    return links;
  }

  private void trustedProxies() {
    for (int i = 0; i < spec.trustedProxies().size(); i++) {
      String network = spec.trustedProxies().get(i);
      if (Cidr.parse(network).isEmpty()) {
        findings.error(
            ref,
            "spec.trustedProxies[" + i + "]",
            "\"" + network + "\" is not a network in CIDR notation",
            "write it like 10.0.0.0/8 or fd00::/8");
      }
    }
  }

  private CollectorPlan.Webhook webhook(
      String field, CollectorWebhook webhook, StoreContext store) {
    String name =
        webhook.transportRef() == null ? LocalRef.DEFAULT.name() : webhook.transportRef().name();
    MailTransport transport =
        findings.resolve(
            ref, field + ".transportRef.name", "MailTransport", name, resources.mailTransports());
    SoftBounceLimit limit = new SoftBounceLimit(null, null);
    MailTransportSpec of = transport == null ? null : transport.getSpec();
    if (of != null && of.bounces() != null) {
      limit = of.bounces().softLimit();
      String other = of.bounces().storeRef().name();
      if (!other.equals(store.name())) {
        findings.error(
            ref,
            field + ".transportRef.name",
            "MailTransport/"
                + name
                + " records bounces in ProfileStore/"
                + other
                + ", and this collector in ProfileStore/"
                + store.name(),
            "name a transport whose spec.bounces.storeRef is " + store.name());
      }
    }
    return new CollectorPlan.Webhook(
        webhook.name(),
        webhook.provider(),
        webhook.keySecretRef(),
        webhook.topicArns(),
        name,
        limit);
  }

  /** With Kafka, the collector only writes; what it wrote is read by a ProfileSource. */
  private void buffer(StoreContext store) {
    if (spec.buffer().type() != BufferType.Kafka) {
      return;
    }
    String topic = spec.buffer().kafka().topic();
    boolean isRead =
        resources.profileSources().values().stream()
            .filter(source -> source.getSpec() != null)
            .filter(source -> source.getSpec().storeRef().name().equals(spec.storeRef().name()))
            .map(source -> source.getSpec().kafka())
            .anyMatch(kafka -> kafka != null && kafka.topic().equals(topic));
    findings.refersTo(References.all("ProfileSource"));
    if (store.store().getSpec().encryption() != null) {
      findings.warning(
          ref,
          "spec.buffer.type",
          "is Kafka, where events wait in clear, while the store encrypts",
          "let few read the topic and keep it for a short time, or use PostgreSql");
    }
    if (!isRead) {
      findings.warning(
          ref,
          "spec.buffer.kafka.topic",
          "is read by no ProfileSource: events stay in the topic",
          "add a ProfileSource with spec.kafka.topic " + topic);
    }
    for (int i = 0; i < spec.sources().size(); i++) {
      CollectorSource source = spec.sources().get(i);
      if (!source.mapping().isEmpty() || !source.traits().isEmpty() || !source.fields().isEmpty()) {
        findings.error(
            ref,
            "spec.sources[" + i + "]",
            "mapping, traits and fields do not apply with a Kafka buffer",
            "put them into the ProfileSource that reads the topic");
      }
    }
  }

  private long spoolBytes() {
    BigDecimal bytes = Quantity.getAmountInBytes(Quantity.parse(spec.spool().size()));
    return bytes.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
  }
}
