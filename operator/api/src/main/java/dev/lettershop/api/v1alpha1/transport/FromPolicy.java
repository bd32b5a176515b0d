package dev.lettershop.api.v1alpha1.transport;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What a campaign may put into From. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FromPolicy(
    @JsonPropertyDescription(
            "Domains that campaigns may write from, without their subdomains. Any when empty. At most 100.")
        @Size(max = 100)
        @ListKeys
        List<@Size(min = 1, max = Formats.SUBDOMAIN_MAX) @Pattern(Formats.SUBDOMAIN) String>
            domains) {
  public FromPolicy {
    domains = Absent.list(domains);
  }
}
