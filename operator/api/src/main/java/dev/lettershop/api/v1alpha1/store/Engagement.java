package dev.lettershop.api.v1alpha1.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** How opens and clicks are understood. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Engagement(
    @JsonPropertyDescription(
            "Networks of security scanners that follow the links of mails: what comes from there is"
                + " not a person's, unless something that only a person does says so. At most 256.")
        @Size(max = 256)
        @ListKeys("network")
        List<ScannerNetwork> scannerNetworks) {
  /** When nothing is declared. */
  public static final Engagement DEFAULT = new Engagement(null);

  public Engagement {
    scannerNetworks = Absent.list(scannerNetworks);
  }
}
