package dev.lettershop.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.content.ContentRule;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContentRulesJsonTest {
  private static final String JSON =
      """
      [{"segment": "High Value Customers",
        "rules": [
          {"location": "New York", "isVip": true,
           "content": {"headline": "Exclusive \\"NY\\" Store Deals!\\nToday", "callToAction": "Shop: now # in NY"}},
          {"location": ["Paris", "Rome"], "content": {"headline": "Ciao", "items": ["one", 2]}},
          {"content": {"headline": "yes"}}]},
       {"rules": {"age": 30, "content": {"headline": "Thirty"}}}]
      """;

  private static ContentRulesJson.Result read(String json) throws Exception {
    return ContentRulesJson.read(
        JsonMapper.builder().build().readTree(json), Map.of("location", "city"));
  }

  @Test
  void makesConditionsIntoRules() throws Exception {
    // when
    ContentRulesJson.Result result = read(JSON);

    // then
    assertThat(result.problems()).isEmpty();
    assertThat(result.segments()).containsExactly("high-value-customers");
    assertThat(result.rules())
        .containsExactly(
            new ContentRule(
                "inSegment(\"high-value-customers\") && profile.city == \"New York\""
                    + " && profile.is_vip == true",
                null,
                Map.of(
                    "headline",
                    "Exclusive \"NY\" Store Deals!\nToday",
                    "call_to_action",
                    "Shop: now # in NY"),
                List.of()),
            new ContentRule(
                "inSegment(\"high-value-customers\") && profile.city in [\"Paris\", \"Rome\"]",
                null,
                Map.of("headline", "Ciao", "items", "one\n2"),
                List.of()),
            new ContentRule(null, "high-value-customers", Map.of("headline", "yes"), List.of()),
            new ContentRule("profile.age == 30", null, Map.of("headline", "Thirty"), List.of()));
  }

  @Test
  void theYamlReadsAsTheSameRules() throws Exception {
    // given
    List<ContentRule> rules = read(JSON).rules();

    // when
    String yaml =
        CampaignYaml.of(
            "spring", "news@shop.example", "newsletter", "letter", List.of("vip"), rules);
    ResourceSet.Builder parsed = ResourceSet.builder().add(ResourceParser.parse("x.yaml", yaml));

    // then
    assertThat(parsed.diagnostics()).as(yaml).isEmpty();
    Campaign campaign = parsed.build().campaigns().get("spring");
    assertThat(campaign.getSpec().content().rules()).isEqualTo(rules);
    assertThat(campaign.getSpec().audience().include()).containsExactly("vip");
  }

  @Test
  void saysWhatItCannotMakeARuleOf() throws Exception {
    assertThat(problems("{\"segment\": \"vip\"}"))
        .containsExactly(
            ": is not an object with rules;"
                + " write {\"segment\": \"…\", \"rules\": {…, \"content\": {…}}}");
    assertThat(
            problems("[{\"rules\": [{\"a\": 1}, {\"a\": {\"gt\": 1}, \"content\": {\"b\": {}}}]}]"))
        .containsExactly(
            "[0].rules[0]: has no content; add \"content\": {\"headline\": \"…\"}",
            "[0].rules[1].a: is not a value to compare with;"
                + " write a text, a number, true, false or a list",
            "[0].rules[1].content.b: is not a value of a slot;"
                + " write a text, a number or a list of them");
    assertThat(problems("{\"sgement\": \"x\", \"rules\": {\"content\": {\"a b\": 1, \"a-b\": 2}}}"))
        .containsExactly(
            "sgement: is not known here; there are segment and rules",
            "rules.content.a-b: comes to the same slot as another one, \"a_b\"; rename one");
  }

  private static List<String> problems(String json) throws Exception {
    return read(json).problems().stream()
        .map(
            (FieldProblem p) -> p.field() + ": " + p.problem().message() + "; " + p.problem().fix())
        .toList();
  }
}
