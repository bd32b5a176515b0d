package dev.lettershop.api.v1alpha1.collector;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** An HTTPRoute for the host. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CollectorHttpRoute(
    @JsonPropertyDescription("Gateways that the route belongs to. 1 to 8.")
        @Required
        @Size(min = 1, max = 8)
        List<GatewayRef> parentRefs) {
  public CollectorHttpRoute {
    parentRefs = Absent.list(parentRefs);
  }
}
