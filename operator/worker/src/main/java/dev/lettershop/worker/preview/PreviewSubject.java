package dev.lettershop.worker.preview;

import dev.lettershop.api.v1alpha1.content.ContentRule;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.plan.Plan;
import dev.lettershop.template.CompiledTemplate;
import java.util.List;
import java.util.Map;

/**
 * What is looked at: a template by itself, or as a campaign fills it.
 *
 * @param title such as {@code campaign/spring-sale} or {@code template/footer}
 * @param templateName name of the EmailTemplate
 * @param variant name of the test's variant, or null
 * @param rules the campaign's, in order; empty for a template by itself
 * @param segments CEL by name, for the rules
 * @param plan the campaign's, or null
 */
public record PreviewSubject(
    String title,
    String templateName,
    CompiledTemplate template,
    String variant,
    List<ContentRule> rules,
    Map<String, String> segments,
    Plan.Store store,
    Plan plan,
    List<Diagnostic> diagnostics) {}
