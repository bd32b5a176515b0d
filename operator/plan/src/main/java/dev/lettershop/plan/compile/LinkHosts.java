package dev.lettershop.plan.compile;

import dev.lettershop.api.v1alpha1.collector.Collector;
import dev.lettershop.api.v1alpha1.transport.LinkSettings;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.api.v1alpha1.transport.MailTransportSpec;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.plan.CollectorPlan;
import dev.lettershop.plan.References;
import dev.lettershop.resource.ResourceSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Holds together where links in mails lead, and which collectors answer there. */
final class LinkHosts {
  private static final String BASE_URL = "spec.links.baseUrl";

  private final ResourceSet resources;
  private final Findings findings;

  LinkHosts(ResourceSet resources, Findings findings) {
    this.resources = resources;
    this.findings = findings;
  }

  /** Says when links of a transport lead past all collectors that there are. */
  void check(ResourceRef transport, MailTransportSpec spec) {
    if (spec.links() == null) {
      return;
    }
    Map<String, Collector> collectors = collectors();
    String host = host(spec.links());
    if (!collectors.isEmpty()
        && collectors.values().stream().noneMatch(c -> c.getSpec().host().equals(host))) {
      findings.warning(
          transport,
          BASE_URL,
          "leads to \"" + host + "\", and no Collector has this host",
          DidYouMean.fix(
              host, collectors.values().stream().map(c -> c.getSpec().host()).distinct().toList()));
    }
  }

  /** Says when links in somebody's mails lead to a collector that knows other people. */
  void use(ResourceRef sender, String field, String store, MailTransportSpec transport) {
    if (transport.links() == null) {
      return;
    }
    String host = host(transport.links());
    collectors()
        .forEach(
            (name, collector) -> {
              String other = collector.getSpec().storeRef().name();
              if (collector.getSpec().host().equals(host) && !other.equals(store)) {
                findings.error(
                    sender,
                    field,
                    "links of its mails lead to "
                        + ref(name)
                        + ", which works on ProfileStore/"
                        + other
                        + ", and it mails people of ProfileStore/"
                        + store,
                    "use a transport whose links lead to a Collector of ProfileStore/" + store);
              }
            });
  }

  /**
   * Says when nobody is asked for a consent on the pages that links in somebody's mails lead to.
   */
  void consent(ResourceRef sender, String field, String topic, MailTransportSpec transport) {
    if (transport.links() == null) {
      return;
    }
    String host = host(transport.links());
    collectors()
        .forEach(
            (name, collector) -> {
              String asked = collector.getSpec().pages().trackingTopic();
              if (collector.getSpec().host().equals(host) && !topic.equals(asked)) {
                findings.warning(
                    sender,
                    field,
                    "the pages of "
                        + ref(name)
                        + (asked == null
                            ? " ask nobody for this consent"
                            : " ask for the topic \"" + asked + "\" instead"),
                    "set spec.pages.trackingTopic: " + topic + " there");
              }
            });
  }

  /** Links of the transports that lead to a host, by name of the transport. */
  List<CollectorPlan.Links> leadingTo(String host) {
    findings.refersTo(References.all("MailTransport"));
    return resources.mailTransports().entrySet().stream()
        .filter(entry -> leadsTo(entry.getValue(), host))
        .map(
            entry -> {
              LinkSettings links = entry.getValue().getSpec().links();
              return new CollectorPlan.Links(entry.getKey(), links.baseUrl(), links.keySecretRef());
            })
        .toList();
  }

  static boolean leadsTo(MailTransport transport, String host) {
    return transport.getSpec() != null
        && transport.getSpec().links() != null
        && host(transport.getSpec().links()).equals(host);
  }

  /** All that have a spec, by name. */
  Map<String, Collector> collectors() {
    findings.refersTo(References.all("Collector"));
    Map<String, Collector> sound = new TreeMap<>(resources.collectors());
    sound.values().removeIf(collector -> collector.getSpec() == null);
    return sound;
  }

  /** Without the port, which is not part of what a collector is found by. */
  private static String host(LinkSettings links) {
    return links
        .baseUrl()
        .substring("https://".length())
        .split("[/:]", 2)[0]
        .toLowerCase(Locale.ROOT);
  }

  private static ResourceRef ref(String collector) {
    return new ResourceRef("Collector", collector);
  }
}
