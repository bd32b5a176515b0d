package dev.lettershop.api.v1alpha1.common;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;

/** Where and with what the Pods of a campaign run. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PodSettings(
    @JsonPropertyDescription("CPU and memory of the container.") ResourceSettings resources,
    @JsonPropertyDescription("Labels of the nodes that Pods may run on. At most 32.")
        @Size(max = 32)
        Map<String, @Size(max = 63) String> nodeSelector,
    @JsonPropertyDescription("Taints of nodes that Pods tolerate. At most 32.") @Size(max = 32)
        List<PodToleration> tolerations,
    @JsonPropertyDescription(
            "ServiceAccount of the Pods. When absent, lettershop-worker, or lettershop-collector of a"
                + " Collector.")
        @Size(min = 1, max = Formats.SUBDOMAIN_MAX)
        @Pattern(Formats.SUBDOMAIN)
        String serviceAccountName,
    @JsonPropertyDescription("PriorityClass of the Pods. The cluster's default when absent.")
        @Size(min = 1, max = Formats.SUBDOMAIN_MAX)
        @Pattern(Formats.SUBDOMAIN)
        String priorityClassName) {
  public PodSettings {
    nodeSelector = Absent.map(nodeSelector);
    tolerations = Absent.list(tolerations);
  }
}
