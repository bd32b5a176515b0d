package dev.lettershop.api.v1alpha1.collector;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** An Ingress for the host. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CollectorIngress(
    @JsonPropertyDescription("IngressClass. The cluster's default when absent.")
        @Size(min = 1, max = Formats.SUBDOMAIN_MAX)
        @Pattern(Formats.SUBDOMAIN)
        String className,
    @JsonPropertyDescription(
            "Secret with the certificate for the host. The one of the ingress controller when"
                + " absent.")
        @Size(min = 1, max = Formats.SUBDOMAIN_MAX)
        @Pattern(Formats.SUBDOMAIN)
        String tlsSecretName,
    @JsonPropertyDescription(
            "Annotations of the Ingress, such as cert-manager.io/cluster-issuer: letsencrypt. At"
                + " most 32.")
        @Size(max = 32)
        Map<String, @Size(max = 4096) String> annotations) {
  public CollectorIngress {
    annotations = Absent.map(annotations);
  }
}
