package dev.lettershop.content;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lettershop.api.v1alpha1.content.ContentRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a Campaign with content rules as people would write it. */
public final class CampaignYaml {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .build();

  private CampaignYaml() {}

  /**
   * @param from address that mails come from
   * @param template name of the EmailTemplate
   * @param audience names of Segments
   */
  public static String of(
      String name,
      String from,
      String topic,
      String template,
      List<String> audience,
      List<ContentRule> rules) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("from", Map.of("address", from));
    spec.put("topic", topic);
    spec.put("audience", Map.of("include", audience));
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("templateRef", Map.of("name", template));
    content.put("rules", rules);
    spec.put("content", content);
    Map<String, Object> campaign = new LinkedHashMap<>();
    campaign.put("apiVersion", "lettershop.dev/v1alpha1");
    campaign.put("kind", "Campaign");
    campaign.put("metadata", Map.of("name", name));
    campaign.put("spec", spec);
    try {
      return YAML.writeValueAsString(campaign);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A campaign is plain data and must serialise", e);
    }
  }
}
