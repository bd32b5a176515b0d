package dev.lettershop.cli.doctor;

import dev.lettershop.api.v1alpha1.transport.DkimKey;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.worker.RunException;
import dev.lettershop.worker.access.ManifestSecrets;
import dev.lettershop.worker.access.Secrets;
import dev.lettershop.worker.access.TransportAccess;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What resources refer to outside of themselves: servers, domains, keys. */
final class ResourceChecks {
  private final ResourceSet resources;
  private final Secrets secrets;
  private final DomainChecks dns;
  private final ServerChecks servers;
  private final Set<String> transports = new HashSet<>();
  private final List<Check> checks = new ArrayList<>();

  ResourceChecks(ResourceSet resources, DomainChecks dns, Clock clock) {
    this.resources = resources;
    this.secrets = new ManifestSecrets(resources.secrets());
    this.dns = dns;
    this.servers = new ServerChecks(secrets, clock);
  }

  List<Check> all() {
    PlanCompiler compiler = new PlanCompiler(resources);
    for (String name : new TreeSet<>(resources.profileStores().keySet())) {
      Plan.Store store = compiler.storePlan(name).value();
      if (store == null) {
        checks.add(broken("ProfileStore/" + name));
      } else {
        checks.addAll(servers.store(store));
      }
    }
    for (String name : new TreeSet<>(resources.campaigns().keySet())) {
      PlanDocument plan = compiler.campaign(name).value();
      if (plan == null) {
        checks.add(broken("Campaign/" + name));
      } else {
        campaign(plan.plan());
      }
    }
    return checks;
  }

  private static Check broken(String resource) {
    return Check.error(
        resource, "cannot be used as it is written", "lettershop lint says what is wrong with it");
  }

  private void campaign(Plan plan) {
    if (transports.add(plan.transport().name())) {
      transport(plan);
    }
    String address = plan.from().address();
    checks.addAll(dns.sender(address.substring(address.lastIndexOf('@') + 1)));
  }

  private void transport(Plan plan) {
    checks.addAll(servers.relays(plan));
    if (!isLocal(plan.transport().smtp().host())) {
      checks.add(dns.reverse(plan.transport().smtp().host()));
    }
    if (plan.transport().dkim().isEmpty()) {
      checks.add(
          Check.warning(
              "DKIM of transport/" + plan.transport().name(),
              "mails are not signed here",
              "set spec.dkim, unless the relay signs for your domain"));
    }
    TransportAccess access = new TransportAccess(plan, secrets);
    for (DkimKey key : plan.transport().dkim()) {
      checks.add(dkim(access, key));
    }
    if (plan.transport().bounces() != null) {
      checks.add(dns.bounces(plan.transport().bounces().domain()));
    }
  }

  private Check dkim(TransportAccess access, DkimKey key) {
    Optional<byte[]> publicKey;
    try {
      publicKey = access.key(key).publicKey();
    } catch (RunException e) {
      return Check.error(
          "DKIM " + key.selector() + "._domainkey." + key.domain(), e.getMessage(), null);
    }
    return dns.dkim(key.selector(), key.domain(), publicKey);
  }

  private static boolean isLocal(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }
}
