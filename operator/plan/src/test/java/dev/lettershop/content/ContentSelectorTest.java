package dev.lettershop.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.content.ContentSelector.Condition;
import dev.lettershop.content.ContentSelector.Entry;
import dev.lettershop.profile.Profile;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.rule.ast.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContentSelectorTest {
  private static final Instant NOW = Instant.parse("2027-03-01T09:00:00Z");
  private static final Profile ADA = new Profile(Map.of("city", "New York"), List.of());

  private final List<String> evaluated = new ArrayList<>();

  @Test
  void theFirstMatchWinsForEachSlot() {
    // given
    ContentSelector selector =
        new ContentSelector(
            List.of(
                new Entry(rule("ny", Truth.True), Map.of("headline", "NY")),
                new Entry(rule("vip", Truth.True), Map.of("headline", "VIP", "cta", "Enter")),
                new Entry(rule("all", Truth.True), Map.of("cta", "Shop"))),
            Map.of());

    // then
    assertThat(selector.select(ADA, NOW)).isEqualTo(Map.of("headline", "NY", "cta", "Enter"));
  }

  @Test
  void falseAndUnknownDoNotMatch() {
    // given
    ContentSelector selector =
        new ContentSelector(
            List.of(
                new Entry(rule("a", Truth.False), Map.of("headline", "A")),
                new Entry(rule("b", Truth.Unknown), Map.of("headline", "B", "cta", "B"))),
            Map.of("headline", "News"));

    // then
    assertThat(selector.select(ADA, NOW)).isEqualTo(Map.of("headline", "News"));
  }

  @Test
  void defaultsFillWhatNoRuleSet() {
    // given
    ContentSelector selector =
        new ContentSelector(
            List.of(new Entry(rule("a", Truth.True), Map.of("headline", "A"))),
            Map.of("headline", "News", "cta", "Shop"));

    // then
    assertThat(selector.select(ADA, NOW)).isEqualTo(Map.of("headline", "A", "cta", "Shop"));
  }

  @Test
  void evaluatesARuleOnceThoughEntriesShareIt() {
    // given
    Condition vip = rule("vip", Truth.False);
    ContentSelector selector =
        new ContentSelector(
            List.of(
                new Entry(vip, Map.of("headline", "A")),
                new Entry(rule("ny", Truth.False), Map.of("headline", "B")),
                new Entry(vip, Map.of("cta", "C"))),
            Map.of());

    // when
    selector.select(ADA, NOW);

    // then
    assertThat(evaluated).containsExactly("vip", "ny");
  }

  @Test
  void leavesRulesAloneWhoseSlotsAreDecided() {
    // given
    ContentSelector selector =
        new ContentSelector(
            List.of(
                new Entry(rule("first", Truth.True), Map.of("headline", "A")),
                new Entry(rule("late", Truth.True), Map.of("headline", "B")),
                new Entry(rule("open", Truth.True), Map.of("cta", "C")),
                new Entry(rule("never", Truth.True), Map.of("cta", "D", "headline", "D"))),
            Map.of());

    // when
    selector.select(ADA, NOW);

    // then
    assertThat(evaluated).containsExactly("first", "open");
  }

  @Test
  void withoutRulesThereAreTheDefaults() {
    assertThat(new ContentSelector(List.of(), Map.of("cta", "Shop")).select(ADA, NOW))
        .isEqualTo(Map.of("cta", "Shop"));
  }

  @Test
  void choosesByRulesInCel() {
    // given
    ProfileSchema schema =
        ProfileSchema.of(
            List.of(
                new Attribute("city", AttributeType.String, false),
                new Attribute("lifetime_value", AttributeType.Double, false)),
            List.of());
    RuleCompiler rules = new RuleCompiler(schema, Map.of("vip", "profile.lifetime_value > 5000.0"));
    ContentSelector selector =
        new ContentSelector(
            List.of(
                new Entry(
                    rules.compile("profile.city == \"New York\"").rule(), Map.of("headline", "NY")),
                new Entry(
                    rules.compileNamed("vip").rule(), Map.of("headline", "VIP", "cta", "Enter"))),
            Map.of("headline", "News", "cta", "Shop"));

    // then
    assertThat(selector.select(ADA, NOW)).isEqualTo(Map.of("headline", "NY", "cta", "Shop"));
    assertThat(
            selector.select(
                new Profile(Map.of("city", "New York", "lifetime_value", 6000.0), List.of()), NOW))
        .isEqualTo(Map.of("headline", "NY", "cta", "Enter"));
    assertThat(selector.select(new Profile(Map.of(), List.of()), NOW))
        .isEqualTo(Map.of("headline", "News", "cta", "Shop"));
  }

  private Condition rule(String name, Truth answer) {
    return (profile, now) -> {
      assertThat(profile).isSameAs(ADA);
      assertThat(now).isEqualTo(NOW);
      evaluated.add(name);
      return answer;
    };
  }
}
