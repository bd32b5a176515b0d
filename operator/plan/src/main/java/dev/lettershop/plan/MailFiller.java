package dev.lettershop.plan;

import dev.lettershop.api.v1alpha1.content.ContentRule;
import dev.lettershop.content.ContentSelector;
import dev.lettershop.profile.LocaleChain;
import dev.lettershop.profile.Profile;
import dev.lettershop.rule.Rule;
import dev.lettershop.template.CompiledTemplate;
import dev.lettershop.template.RenderContext;
import dev.lettershop.template.RenderedMail;
import dev.lettershop.template.TemplateRenderer;
import dev.lettershop.template.value.RenderException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Makes the mail of one recipient: what the content rules say, in the recipient's language, in the
 * template. Runs, previews and test mails all go this way. Thread-safe.
 */
public final class MailFiller {
  private final TemplateRenderer renderer;
  private final ContentSelector content;
  private final Set<String> events = new TreeSet<>();
  private final Set<String> models = new TreeSet<>();

  /**
   * @param rules of the campaign, in order; empty for a template by itself
   * @param compiler gives the rule that a content rule asks for
   */
  public MailFiller(
      CompiledTemplate template, List<ContentRule> rules, Function<ContentRule, Rule> compiler) {
    this.renderer = new TemplateRenderer(template);
    events.addAll(template.events().keySet());
    List<ContentSelector.Entry> entries = new ArrayList<>();
    for (ContentRule rule : rules) {
      Rule condition = compiler.apply(rule);
      events.addAll(condition.eventNames());
      models.addAll(condition.models());
      Map<String, Map<String, String>> translations = new HashMap<>();
      rule.translations()
          .forEach(t -> translations.put(LocaleChain.canonical(t.locale()), t.set()));
      entries.add(new ContentSelector.Entry(condition, rule.set(), translations));
    }
    Map<String, Map<String, String>> defaults = new HashMap<>();
    template.translations().forEach((tag, other) -> defaults.put(tag, other.slots()));
    this.content = new ContentSelector(entries, template.slots(), defaults);
  }

  /** Events that a recipient must bring along. */
  public Set<String> events() {
    return events;
  }

  /** Models whose outputs a recipient must bring along. */
  public Set<String> models() {
    return models;
  }

  /** What is in each slot for this profile. */
  public Map<String, String> content(Profile profile, Instant now) {
    return content.select(profile, now);
  }

  /** The same, with what each rule had to say. */
  public ContentSelector.Decision decide(Profile profile, Instant now) {
    return content.decide(profile, now);
  }

  /**
   * @throws RenderException when a bound is exceeded; says nothing about the recipient
   */
  public RenderedMail render(RenderContext context) {
    return renderer.render(context);
  }
}
