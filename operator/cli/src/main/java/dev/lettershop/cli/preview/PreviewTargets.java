package dev.lettershop.cli.preview;

import dev.lettershop.api.v1alpha1.template.EmailTemplate;
import dev.lettershop.api.v1alpha1.template.TemplatePreview;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.TemplatePlan;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.worker.preview.PreviewSubject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds what a command is to show: a template, a campaign, or all there is. */
final class PreviewTargets {
  private final ResourceSet resources;
  private final PlanCompiler compiler;
  private final Set<Diagnostic> diagnostics = new LinkedHashSet<>();

  PreviewTargets(ResourceSet resources) {
    this.resources = resources;
    this.compiler = new PlanCompiler(resources);
  }

  /** Findings about what was asked for. */
  List<Diagnostic> diagnostics() {
    return List.copyOf(diagnostics);
  }

  /** The previews that a template declares. */
  List<TemplatePreview> previews(String template) {
    EmailTemplate found = resources.emailTemplates().get(template);
    return found == null || found.getSpec() == null ? List.of() : found.getSpec().previews();
  }

  /**
   * What is named, or everything: campaigns first, then templates that no campaign and no other
   * template uses.
   *
   * @param target {@code campaign/NAME} or {@code template/NAME}, or null
   * @throws UsageException when there is no such thing
   */
  List<PreviewSubject> find(String target) {
    if (target != null) {
      return named(target);
    }
    List<PreviewSubject> all = new ArrayList<>();
    Set<String> used = new TreeSet<>();
    for (String campaign : new TreeSet<>(resources.campaigns().keySet())) {
      List<PreviewSubject> subjects = campaign(campaign);
      subjects.forEach(subject -> used.add(subject.templateName()));
      all.addAll(subjects);
    }
    for (String template : new TreeSet<>(resources.emailTemplates().keySet())) {
      if (!used.contains(template) && !compiler.isPartial(template)) {
        all.addAll(template(template));
      }
    }
    return all;
  }

  private List<PreviewSubject> named(String target) {
    int slash = target.indexOf('/');
    String kind = slash < 0 ? "" : target.substring(0, slash).toLowerCase(Locale.ROOT);
    String name = target.substring(slash + 1);
    return switch (kind) {
      case "campaign", "campaigns", "cmp" ->
          existing(resources.campaigns(), name, "campaign", campaign(name));
      case "template", "templates", "tpl", "emailtemplate", "emailtemplates" ->
          existing(resources.emailTemplates(), name, "template", template(name));
      default ->
          throw new UsageException(
              "\"" + target + "\" names nothing to show; write campaign/NAME or template/NAME");
    };
  }

  private static List<PreviewSubject> existing(
      Map<String, ?> there, String name, String kind, List<PreviewSubject> subjects) {
    if (!there.containsKey(name)) {
      throw new UsageException(
          "No "
              + kind
              + " "
              + name
              + " in these manifests, which have: "
              + String.join(", ", new TreeSet<>(there.keySet())));
    }
    return subjects;
  }

  private List<PreviewSubject> campaign(String name) {
    Compiled<PlanDocument> result = compiler.campaign(name);
    diagnostics.addAll(result.diagnostics());
    if (result.value() == null) {
      return List.of();
    }
    Plan plan = result.value().plan();
    List<PreviewSubject> subjects = new ArrayList<>();
    if (plan.variants().isEmpty()) {
      subjects.add(subject(name, plan, plan.template(), null, result));
    }
    plan.variants().forEach(v -> subjects.add(subject(name, plan, v.template(), v.name(), result)));
    return subjects;
  }

  private static PreviewSubject subject(
      String campaign, Plan plan, String template, String variant, Compiled<PlanDocument> result) {
    return new PreviewSubject(
        "campaign/" + campaign,
        template,
        plan.templates().get(template),
        variant,
        plan.rulesOf(variant),
        plan.segments(),
        plan.store(),
        plan,
        result.diagnostics().stream()
            .filter(
                d ->
                    !d.resource().kind().equals("EmailTemplate")
                        || d.resource().name().equals(template))
            .toList());
  }

  private List<PreviewSubject> template(String name) {
    TemplatePlan plan = compiler.templatePlan(name);
    diagnostics.addAll(plan.diagnostics());
    return plan.template() == null
        ? List.of()
        : List.of(
            new PreviewSubject(
                "template/" + name,
                name,
                plan.template(),
                null,
                List.of(),
                Map.of(),
                plan.store(),
                null,
                plan.diagnostics()));
  }
}
