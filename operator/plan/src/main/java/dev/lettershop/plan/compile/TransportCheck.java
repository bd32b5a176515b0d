package dev.lettershop.plan.compile;

import dev.lettershop.api.v1alpha1.common.Mailbox;
import dev.lettershop.api.v1alpha1.common.SecretKeyRef;
import dev.lettershop.api.v1alpha1.transport.AlternativeServer;
import dev.lettershop.api.v1alpha1.transport.Bounces;
import dev.lettershop.api.v1alpha1.transport.DkimKey;
import dev.lettershop.api.v1alpha1.transport.MailTransportSpec;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.plan.BouncesPlan;
import dev.lettershop.plan.Plan;
import dev.lettershop.profile.MailDomain;
import dev.lettershop.resource.ResourceSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is wrong with a transport by itself, and with the use that a campaign makes of it. */
final class TransportCheck {
  private static final String KEY_FIELD = "spec.bounces.keySecretRef";
  private static final int MOST_SHARES = 100;

  private final PlanCompiler compiler;
  private final ResourceSet resources;
  private final Findings findings;

  TransportCheck(PlanCompiler compiler, ResourceSet resources, Findings findings) {
    this.compiler = compiler;
    this.resources = resources;
    this.findings = findings;
  }

  /** The transport by itself. */
  void check(ResourceRef ref, MailTransportSpec spec) {
    new LinkHosts(resources, findings).check(ref, spec);
    alternatives(ref, spec);
    List<String> domains = spec.from() == null ? List.of() : spec.from().domains();
    for (int i = 0; i < spec.dkim().size(); i++) {
      DkimKey key = spec.dkim().get(i);
      if (!domains.isEmpty() && domains.stream().noneMatch(domain -> signs(key, domain))) {
        findings.warning(
            ref,
            "spec.dkim[" + i + "].domain",
            "signs no mail: none of spec.from.domains is \"" + key.domain() + "\" or below it",
            "use the domain of a sender");
      }
    }
    if (spec.bounces() == null) {
      return;
    }
    findings.resolve(
        ref,
        "spec.bounces.storeRef.name",
        "ProfileStore",
        spec.bounces().storeRef().name(),
        resources.profileStores());
    if (key(spec) == null) {
      findings.error(
          ref,
          KEY_FIELD,
          "envelope senders must be signed, but no key is configured",
          "set it, or set spec.links, whose key serves for both");
    }
  }

  private void alternatives(ResourceRef ref, MailTransportSpec spec) {
    int shares = 0;
    Set<String> known = new HashSet<>();
    known.add(place(spec.smtp().host(), spec.smtp().port()));
    for (int i = 0; i < spec.alternatives().size(); i++) {
      AlternativeServer server = spec.alternatives().get(i);
      shares += server.share() == null ? 0 : server.share();
      String place = place(server.host(), server.port());
      if (!known.add(place)) {
        findings.error(
            ref,
            "spec.alternatives[" + i + "].host",
            place + " is there already, and cannot take its own place",
            "name another server, or remove it");
      }
    }
    if (shares >= MOST_SHARES) {
      findings.error(
          ref,
          "spec.alternatives",
          "their shares are " + shares + " percent of the connections, which leaves none for smtp",
          "give them less than 100 together");
    }
  }

  private static String place(String host, int port) {
    return host.toLowerCase(Locale.ROOT) + ":" + port;
  }

  /**
   * Somebody who sends through a transport.
   *
   * @param path of the fields {@code from} and {@code transportRef}, such as {@code spec}
   * @param store name of the ProfileStore whose people are mailed
   */
  record Sender(ResourceRef resource, String path, Mailbox from, String store) {
    private String domain() {
      return TransportCheck.domain(from);
    }
  }

  /** The use that somebody makes of the transport. */
  void use(ResourceRef ref, MailTransportSpec spec, Sender sender) {
    new LinkHosts(resources, findings)
        .use(sender.resource(), sender.path() + ".transportRef.name", sender.store(), spec);
    String domain = sender.domain();
    if (!spec.dkim().isEmpty() && signing(spec, domain).isEmpty()) {
      findings.warning(
          ref,
          "spec.dkim",
          "has no key for mails from \""
              + domain
              + "\" ("
              + sender.resource()
              + "), which go out"
              + " unsigned",
          "add a key of that domain or of one above it");
    }
    if (spec.bounces() != null && !spec.bounces().storeRef().name().equals(sender.store())) {
      findings.error(
          sender.resource(),
          sender.path() + ".transportRef.name",
          ref
              + " records bounces in ProfileStore/"
              + spec.bounces().storeRef().name()
              + ", and this "
              + sender.resource().kind().toLowerCase(Locale.ROOT)
              + " is about ProfileStore/"
              + sender.store(),
          "use a transport whose spec.bounces.storeRef is " + sender.store());
    }
    List<String> allowed = spec.from() == null ? List.of() : spec.from().domains();
    if (!allowed.isEmpty() && allowed.stream().noneMatch(domain::equalsIgnoreCase)) {
      findings.error(
          sender.resource(),
          sender.path() + ".from.address",
          ref + " does not send for the domain \"" + domain + "\"",
          DidYouMean.nearest(domain, allowed)
              .map(d -> "did you mean \"" + d + "\"?")
              .orElse("use one of its domains, or add it to spec.from.domains there"));
    }
  }

  /** What a plan says of a transport that mails of this sender go through. */
  static Plan.Transport planned(String name, MailTransportSpec spec, Mailbox from) {
    return new Plan.Transport(
        name,
        spec.smtp(),
        spec.alternatives(),
        spec.rate() == null ? null : spec.rate().perSecond(),
        spec.links(),
        signing(spec, domain(from)),
        bounces(spec));
  }

  /**
   * What is to be read and how; null when nothing is read, or when it cannot even be put together.
   */
  BouncesPlan bouncesPlan(ResourceRef ref, MailTransportSpec spec) {
    check(ref, spec);
    Bounces bounces = spec.bounces();
    if (bounces == null || bounces.mailbox() == null && bounces.spool() == null) {
      return null;
    }
    StoreContext store =
        compiler.store(ref, "spec.bounces.storeRef.name", bounces.storeRef().name(), findings);
    return store == null || findings.hasErrors()
        ? null
        : new BouncesPlan(
            resources.namespace(),
            ref.name(),
            PlanCompiler.planned(store),
            key(spec),
            spec.links(),
            bounces);
  }

  /** In ASCII, as it is signed and sent. */
  private static String domain(Mailbox from) {
    String address = from.address();
    String domain = address.substring(address.indexOf('@') + 1).toLowerCase(Locale.ROOT);
    return MailDomain.ascii(domain).orElse(domain);
  }

  /** The keys that sign mails from a domain: its own, and those of domains above it. */
  static List<DkimKey> signing(MailTransportSpec spec, String domain) {
    return spec.dkim().stream().filter(key -> signs(key, domain)).toList();
  }

  /** Null for the sender. */
  static Plan.BounceAddresses bounces(MailTransportSpec spec) {
    return spec.bounces() == null
        ? null
        : new Plan.BounceAddresses(spec.bounces().domain(), key(spec), spec.bounces().softLimit());
  }

  private static boolean signs(DkimKey key, String domain) {
    String from = domain.toLowerCase(Locale.ROOT);
    return from.equals(key.domain()) || from.endsWith("." + key.domain());
  }

  /** With what envelope senders are signed; null when there is nothing. */
  private static SecretKeyRef key(MailTransportSpec spec) {
    if (spec.bounces().keySecretRef() != null) {
      return spec.bounces().keySecretRef();
    }
    return spec.links() == null ? null : spec.links().keySecretRef();
  }
}
