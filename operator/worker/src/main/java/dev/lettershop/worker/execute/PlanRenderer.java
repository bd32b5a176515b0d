package dev.lettershop.worker.execute;

import dev.lettershop.api.v1alpha1.ContentRule;
import dev.lettershop.content.ContentSelector;
import dev.lettershop.delivery.pipeline.MailLinks;
import dev.lettershop.delivery.pipeline.MailRenderer;
import dev.lettershop.plan.Plan;
import dev.lettershop.profile.LocaleChain;
import dev.lettershop.rule.Rule;
import dev.lettershop.store.ledger.Recipient;
import dev.lettershop.template.CompiledTemplate;
import dev.lettershop.template.RenderContext;
import dev.lettershop.template.RenderedMail;
import dev.lettershop.template.TemplateRenderer;
import dev.lettershop.worker.PlanRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Fills in the mail of one recipient as the plan says. Thread-safe. */
final class PlanRenderer implements MailRenderer {
  private record Prepared(TemplateRenderer renderer, ContentSelector content) {}

  private final Plan plan;
  private final Instant now;
  private final Map<String, Prepared> templates = new HashMap<>();
  private final Map<String, String> templateOfVariant = new HashMap<>();
  private final Set<String> events = new TreeSet<>();
  private final Set<String> models = new TreeSet<>();

  /**
   * @param now the instant for which content rules are answered: when the audience was frozen, so
   *     that a resumed run says the same
   */
  PlanRenderer(Plan plan, PlanRules rules, Instant now) {
    this.plan = plan;
    this.now = now;
    List<ContentSelector.Entry> entries = new ArrayList<>();
    for (ContentRule rule : plan.contentRules()) {
      Rule condition =
          rule.segment() == null ? rules.compile(rule.when()) : rules.segment(rule.segment());
      events.addAll(condition.eventNames());
      models.addAll(condition.models());
      Map<String, Map<String, String>> translations = new HashMap<>();
      rule.translations()
          .forEach(t -> translations.put(LocaleChain.canonical(t.locale()), t.set()));
      entries.add(new ContentSelector.Entry(condition, rule.set(), translations));
    }
    plan.templates().forEach((name, template) -> templates.put(name, prepare(template, entries)));
    plan.templates().values().forEach(template -> events.addAll(template.events().keySet()));
    plan.variants().forEach(variant -> templateOfVariant.put(variant.name(), variant.template()));
  }

  private static Prepared prepare(CompiledTemplate template, List<ContentSelector.Entry> entries) {
    Map<String, Map<String, String>> translated = new HashMap<>();
    template.translations().forEach((tag, other) -> translated.put(tag, other.slots()));
    return new Prepared(
        new TemplateRenderer(template), new ContentSelector(entries, template.slots(), translated));
  }

  /** Events that a recipient must bring along. */
  Set<String> events() {
    return events;
  }

  /** Models whose outputs a recipient must bring along. */
  Set<String> models() {
    return models;
  }

  @Override
  public RenderedMail render(Recipient recipient, MailLinks links) {
    String name =
        recipient.variant() == null
            ? plan.template()
            : templateOfVariant.getOrDefault(recipient.variant(), plan.template());
    Prepared template = templates.get(name);
    Map<String, String> content = template.content().select(recipient.profile(), now);
    Map<String, String> urls =
        links.unsubscribe() == null
            ? Map.of()
            : Map.of("unsubscribe", links.unsubscribe(), "preferences", links.preferences());
    return template
        .renderer()
        .render(RenderContext.of(recipient.profile(), content, plan.campaign(), now, urls));
  }
}
