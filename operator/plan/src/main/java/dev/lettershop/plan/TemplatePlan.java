package dev.lettershop.plan;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.template.CompiledTemplate;
import java.util.List;

/**
 * A template compiled by itself, without a campaign.
 *
 * @param template null when an error was found, or the template is not a whole mail
 * @param store what its profiles look like; null when there is no such store
 */
public record TemplatePlan(
    String name, CompiledTemplate template, Plan.Store store, List<Diagnostic> diagnostics) {
  public TemplatePlan {
    diagnostics = List.copyOf(diagnostics);
  }
}
