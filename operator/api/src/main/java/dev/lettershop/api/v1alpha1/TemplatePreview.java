package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record TemplatePreview(
    String name,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, JsonNode> profile,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> content) {

  public TemplatePreview {
    profile = Absent.map(profile);
    content = Absent.map(content);
  }
}
