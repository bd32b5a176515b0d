package dev.lettershop.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.content.ContentRule;
import dev.lettershop.api.v1alpha1.template.EmailTemplate;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a campaign says, as people wrote it: its content rules and the texts of its templates. */
final class CampaignTexts {
  /** Fields of templates that are not texts of the mail. */
  private static final Set<String> NOT_SENT =
      Set.of("previews", "slots", "storeRef", "engine", "name", "locale");

  private CampaignTexts() {}

  /**
   * The texts by where they stand.
   *
   * @return empty when the campaign does not compile
   */
  static SortedMap<String, String> of(ResourceSet resources, String name) {
    SortedMap<String, String> texts = new TreeMap<>();
    Campaign campaign = resources.campaigns().get(name);
    PlanDocument plan =
        campaign == null ? null : new PlanCompiler(resources).campaign(name).value();
    if (plan == null) {
      return texts;
    }
    int number = 0;
    for (ContentRule rule : campaign.getSpec().content().rules()) {
      number++;
      texts.put(String.format("content rule %2d", number), text(rule));
    }
    for (String template : plan.plan().templates().keySet()) {
      EmailTemplate found = resources.emailTemplates().get(template);
      if (found != null) {
        JsonNode spec = JsonMappers.PLAIN.valueToTree(found.getSpec());
        add(texts, "template/" + template, spec);
      }
    }
    return texts;
  }

  private static void add(Map<String, String> texts, String at, JsonNode value) {
    if (value.isTextual()) {
      texts.put(at, value.textValue());
    }
    value.properties().stream()
        .filter(field -> !NOT_SENT.contains(field.getKey()))
        .forEach(field -> add(texts, at + " " + field.getKey(), field.getValue()));
    if (value.isArray()) {
      value.forEach(
          item ->
              add(texts, at + " " + item.path("name").asText(item.path("locale").asText()), item));
    }
  }

  private static String text(ContentRule rule) {
    StringBuilder text = new StringBuilder();
    text.append(
        rule.segment() != null ? "for segment/" + rule.segment() : "when " + rule.when().strip());
    new TreeMap<>(rule.set())
        .forEach((slot, value) -> text.append("\n").append(slot).append(": ").append(value));
    rule.translations()
        .forEach(
            translation ->
                new TreeMap<>(translation.set())
                    .forEach(
                        (slot, value) ->
                            text.append("\n")
                                .append(slot)
                                .append(" (")
                                .append(translation.locale())
                                .append("): ")
                                .append(value)));
    return text.toString();
  }
}
