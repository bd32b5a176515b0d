package dev.lettershop.template.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.template.TemplateEngine;
import dev.lettershop.template.Templates;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What counts as having asked for a value. For each condition: does it guard, and is it true for a
 * profile without the attribute. What guards must be false for that profile, or the mail reads
 * "Come to !".
 */
class GuardsTest {
  private static final String LIQUID = "{% if CONDITION %}Come to {{ profile.city }}!{% endif %}";
  private static final String HANDLEBARS = "{{#if CONDITION}}Come to {{profile.city}}!{{/if}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Liquid | profile.city | true | false",
        "Liquid | profile.city != blank | true | false",
        "Liquid | profile.city != nil | true | false",
        "Liquid | profile.city != \"\" | false | true",
        "Liquid | profile.city != empty | false | true",
        "Liquid | profile.city != \"Rome\" | false | true",
        "Liquid | profile.city <> \"Rome\" | false | true",
        "Liquid | profile.city == \"Rome\" | true | false",
        "Liquid | profile.city == \"\" | false | false",
        "Liquid | profile.city == nil | false | true",
        "Liquid | profile.city == blank | false | true",
        "Liquid | profile.city == empty | false | false",
        "Liquid | profile.city contains \"R\" | true | false",
        "Liquid | profile.city.size > 2 | true | false",
        "Liquid | profile.city.size != 2 | false | true",
        "Liquid | profile.city == profile.nothing | false | true",
        "Liquid | profile.city and profile.is_vip | true | false",
        "Liquid | profile.city or profile.is_vip | false | false",
        "Liquid | profile.city != nil and profile.city != \"Rome\" | true | false",
        "Liquid | profile.is_vip or profile.city and profile.city != \"\" | false | false",
        "Handlebars | profile.city | true | false",
        "Handlebars | (ne profile.city \"\") | false | true",
        "Handlebars | (ne profile.city \"Rome\") | false | true",
        "Handlebars | (ne profile.city null) | true | false",
        "Handlebars | (eq profile.city \"Rome\") | true | false",
        "Handlebars | (eq profile.city null) | false | true",
        "Handlebars | (not profile.city) | false | true",
        "Handlebars | (not (eq profile.city null)) | true | false",
        "Handlebars | (and profile.city profile.is_vip) | true | false",
        "Handlebars | (or profile.city profile.is_vip) | false | false",
        "Handlebars | (gt profile.city \"A\") | true | false",
        "Handlebars | (eq (size profile.city) 0) | false | true",
        "Handlebars | (size profile.city) | true | false",
      })
  void onlyWhatExcludesAMissingValueGuards(
      TemplateEngine engine, String condition, boolean guards, boolean holds) {
    String html =
        (engine == TemplateEngine.Liquid ? LIQUID : HANDLEBARS).replace("CONDITION", condition);
    assertThat(warns(engine, html)).isEqualTo(!guards);
    boolean shown =
        Templates.body(html).engine(engine).render(Map.of(), Map.of()).html().contains("Come to");
    assertThat(shown).isEqualTo(holds);
    assertThat(guards && shown).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Liquid | {% if profile.city == blank %}Hi{% else %}{{ profile.city }}{% endif %} | true",
        "Liquid | {% if profile.city == nil %}Hi{% elsif profile.is_vip %}{{ profile.city }}{% endif %} | true",
        "Liquid | {% if profile.city == \"\" %}Hi{% else %}{{ profile.city }}{% endif %} | false",
        "Liquid | {% if profile.is_vip %}Hi{% elsif profile.city %}{{ profile.city }}{% endif %} | true",
        "Liquid | {% if profile.city %}Hi{% elsif profile.is_vip %}{{ profile.city }}{% endif %} | false",
        "Liquid | {% unless profile.city == blank %}{{ profile.city }}{% endunless %} | true",
        "Liquid | {% unless profile.city %}Hi{% else %}{{ profile.city }}{% endunless %} | true",
        "Liquid | {% unless profile.city %}{{ profile.city }}{% endunless %} | false",
        "Liquid | {% case profile.city %}{% when \"Rome\" %}{{ profile.city }}{% endcase %} | true",
        "Liquid | {% case profile.city %}{% when nil %}{{ profile.city }}{% endcase %} | false",
        "Liquid | {% case profile.city %}{% when \"Rome\" %}x{% else %}{{ profile.city }}{% endcase %} | false",
        "Handlebars | {{#if (eq profile.city null)}}Hi{{else}}{{profile.city}}{{/if}} | true",
        "Handlebars | {{#unless profile.city}}Hi{{else}}{{profile.city}}{{/unless}} | true",
        "Handlebars | {{#unless (eq profile.city null)}}{{profile.city}}{{/unless}} | true",
        "Handlebars | {{#if profile.is_vip}}Hi{{else if profile.city}}{{profile.city}}{{/if}} | true",
        "Handlebars | {{#if profile.city}}Hi{{else}}{{profile.city}}{{/if}} | false",
        "Handlebars | {{^profile.city}}Hi{{else}}{{profile.city}}{{/profile.city}} | true",
      })
  void theOtherBranchesKnowWhatTheConditionSays(
      TemplateEngine engine, String html, boolean guards) {
    assertThat(warns(engine, html)).isEqualTo(!guards);
  }

  private static boolean warns(TemplateEngine engine, String html) {
    return Templates.findings(Templates.body(html).engine(engine).compile()).stream()
        .anyMatch(finding -> finding.contains("\"profile.city\" is shown as nothing"));
  }
}
