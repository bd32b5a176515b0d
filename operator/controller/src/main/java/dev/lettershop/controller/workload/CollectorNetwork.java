package dev.lettershop.controller.workload;

import dev.lettershop.api.v1alpha1.collector.BufferType;
import dev.lettershop.api.v1alpha1.collector.Collector;
import dev.lettershop.api.v1alpha1.collector.CollectorIngress;
import dev.lettershop.api.v1alpha1.collector.GatewayRef;
import dev.lettershop.api.v1alpha1.collector.WebhookProvider;
import dev.lettershop.plan.CollectorPlan;
import dev.lettershop.plan.Plan;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReferenceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** How a Collector is reached, and whom it reaches. */
final class CollectorNetwork {
  private static final int DNS = 53;
  private static final int HTTPS = 443;
  private static final int HTTP = 80;
  private static final int SERVICE_PORT = 80;
  private static final String TCP = "TCP";

  private final Collector collector;
  private final ObjectMeta meta;
  private final Map<String, String> selector;

  /**
   * @param meta of all objects
   * @param selector labels of the Pods
   */
  CollectorNetwork(Collector collector, ObjectMeta meta, Map<String, String> selector) {
    this.collector = collector;
    this.meta = meta;
    this.selector = selector;
  }

  /** Everybody may ask, the cluster may look at health and metrics; it calls what it needs. */
  NetworkPolicy policy(CollectorPlan plan, List<Integer> apiServerPorts) {
    return new NetworkPolicyBuilder()
        .withMetadata(meta)
        .withNewSpec()
        .withNewPodSelector()
        .withMatchLabels(selector)
        .endPodSelector()
        .withPolicyTypes("Ingress", "Egress")
        .addNewIngress()
        .withPorts(port(new IntOrString(CollectorWorkload.HTTP), TCP))
        .endIngress()
        .addNewIngress()
        .withPorts(
            port(new IntOrString(CollectorPod.MANAGEMENT), TCP),
            port(new IntOrString(CollectorPod.MAPPING_MANAGEMENT), TCP))
        .addNewFrom()
        .withNamespaceSelector(new LabelSelector())
        .endFrom()
        .endIngress()
        .addNewEgress()
        .withPorts(port(new IntOrString(DNS), "UDP"), port(new IntOrString(DNS), TCP))
        .endEgress()
        .addNewEgress()
        .withPorts(
            called(plan, apiServerPorts).stream()
                .map(number -> port(new IntOrString(number), TCP))
                .toList())
        .endEgress()
        .endSpec()
        .build();
  }

  /** Ports only: addresses of hosts are not known here, and change. */
  private static SortedSet<Integer> called(CollectorPlan plan, List<Integer> apiServerPorts) {
    SortedSet<Integer> ports = new TreeSet<>(apiServerPorts);
    ports.add(plan.store().postgresql().port());
    if (!plan.webhooks().isEmpty()) {
      // Certificates and confirmations of SNS.
      ports.add(HTTPS);
    }
    if (plan.webhooks().stream().anyMatch(hook -> hook.provider() == WebhookProvider.Ses)) {
      // Issuers of SNS's certificates.
      ports.add(HTTP);
    }
    if (plan.confirmation() != null) {
      Plan.Transport transport = plan.confirmation().transport();
      ports.add(transport.smtp().port());
      transport.alternatives().forEach(other -> ports.add(other.port()));
    }
    if (plan.buffer().type() == BufferType.Kafka) {
      plan.buffer()
          .kafka()
          .bootstrapServers()
          .forEach(
              broker -> ports.add(Integer.parseInt(broker.substring(broker.lastIndexOf(':') + 1))));
    }
    return ports;
  }

  private static NetworkPolicyPort port(IntOrString port, String protocol) {
    return new NetworkPolicyPortBuilder().withPort(port).withProtocol(protocol).build();
  }

  Ingress ingress() {
    CollectorIngress wish = collector.getSpec().ingress();
    String host = collector.getSpec().host();
    List<IngressTLS> tls = new ArrayList<>();
    if (wish.tlsSecretName() != null) {
      tls.add(new IngressTLS(List.of(host), wish.tlsSecretName()));
    }
    return new IngressBuilder()
        .withMetadata(new ObjectMetaBuilder(meta).withAnnotations(wish.annotations()).build())
        .withNewSpec()
        .withIngressClassName(wish.className())
        .withTls(tls)
        .addNewRule()
        .withHost(host)
        .withNewHttp()
        .addNewPath()
        .withPath("/")
        .withPathType("Prefix")
        .withNewBackend()
        .withNewService()
        .withName(meta.getName())
        .withNewPort()
        .withName(CollectorWorkload.HTTP)
        .endPort()
        .endService()
        .endBackend()
        .endPath()
        .endHttp()
        .endRule()
        .endSpec()
        .build();
  }

  HTTPRoute route() {
    return new HTTPRouteBuilder()
        .withMetadata(meta)
        .withNewSpec()
        .withHostnames(collector.getSpec().host())
        .withParentRefs(
            collector.getSpec().httpRoute().parentRefs().stream()
                .map(CollectorNetwork::parent)
                .toList())
        .addNewRule()
        .addNewBackendRef()
        .withName(meta.getName())
        .withPort(SERVICE_PORT)
        .endBackendRef()
        .endRule()
        .endSpec()
        .build();
  }

  private static ParentReference parent(GatewayRef gateway) {
    return new ParentReferenceBuilder()
        .withName(gateway.name())
        .withNamespace(gateway.namespace())
        .withSectionName(gateway.sectionName())
        .build();
  }
}
