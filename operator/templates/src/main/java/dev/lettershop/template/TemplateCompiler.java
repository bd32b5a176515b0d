package dev.lettershop.template;

import dev.lettershop.api.v1alpha1.template.EmailTemplateSpec;
import dev.lettershop.api.v1alpha1.template.TemplatePartial;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.template.model.Token;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns an EmailTemplate into what is rendered per recipient, or says everything that is wrong with
 * it at once. Pure: no I/O, no clock. Thread-safe.
 */
public final class TemplateCompiler {
  /**
   * What is recorded of those who get the mail.
   *
   * @param opens whether an image asks for that
   * @param clicks whether links do
   */
  public record Recording(boolean opens, boolean clicks) {
    public static final Recording NOTHING = new Recording(false, false);
  }

  private static final Set<String> WAYS_OUT = Set.of("links.unsubscribe", "links.confirm");

  /**
   * Compiles one template.
   *
   * @param name name of the EmailTemplate
   * @param all every EmailTemplate of the namespace by name, for partials; may or may not hold this
   *     one
   * @param schema attributes that {@code profile.} can name
   */
  public TemplateResult compile(
      String name,
      EmailTemplateSpec spec,
      Map<String, EmailTemplateSpec> all,
      ProfileSchema schema) {
    return compile(name, spec, all, schema, Recording.NOTHING, false);
  }

  /**
   * The same for mails of which opens or clicks are recorded, or that are about something that
   * their recipient did.
   *
   * @param transactional whether no way to unsubscribe is asked for
   */
  public TemplateResult compile(
      String name,
      EmailTemplateSpec spec,
      Map<String, EmailTemplateSpec> all,
      ProfileSchema schema,
      Recording recording,
      boolean transactional) {
    CheckedTemplate checked = new TemplateChecker(all, schema).check(name, spec);
    // A set, because languages share fields.
    Set<FieldProblem> problems = new LinkedHashSet<>(checked.problems());
    boolean partial = isPartial(name, all);
    if (!partial && !transactional) {
      checked.texts().values().forEach(texts -> unsubscribe(texts, problems));
    }
    List<List<Token>> texts =
        checked.texts().values().stream().flatMap(each -> each.all().stream()).toList();
    SlotUse use = SlotUse.of(texts, checked.slots());
    CompiledTemplate compiled = null;
    if (!checked.hasErrors() && !(partial && isFragment(checked.own()))) {
      compiled = new TemplateAssembly(checked, recording, problems).assemble(spec.locale());
    }
    return new TemplateResult(
        compiled, List.copyOf(problems), checked.slots(), use.used(), use.required(), names(texts));
  }

  private static Set<String> names(List<List<Token>> texts) {
    return texts.stream()
        .flatMap(List::stream)
        .flatMap(token -> token.uses().stream())
        .map(Token.Use::path)
        .collect(Collectors.toSet());
  }

  /** MJML that is only a part of a mail means nothing by itself. */
  private static boolean isFragment(CheckedTexts texts) {
    return texts.isMjml() && !texts.version().body().source().contains("<mjml");
  }

  private static boolean isPartial(String name, Map<String, EmailTemplateSpec> all) {
    return all.values().stream()
        .flatMap(spec -> spec.partials().stream())
        .map(TemplatePartial::templateRef)
        .anyMatch(ref -> ref.name().equals(name));
  }

  private static void unsubscribe(CheckedTexts texts, Set<FieldProblem> problems) {
    if (texts.version().body() != null && !showsUnsubscribe(texts.body())) {
      problems.add(
          new FieldProblem(
              texts.version().body().path(),
              Problem.warning(
                  null,
                  "the unsubscribe link is missing",
                  "add <a href=\"{{links.unsubscribe}}\">Unsubscribe</a>")));
    }
    if (texts.text().isPresent() && !showsUnsubscribe(texts.text().get())) {
      problems.add(
          new FieldProblem(
              texts.version().text().path(),
              Problem.warning(
                  null,
                  "the unsubscribe link is missing",
                  "add Unsubscribe: {{links.unsubscribe}}")));
    }
  }

  /** Who is asked to confirm a sign-up gets nothing yet that could be unsubscribed from. */
  private static boolean showsUnsubscribe(List<Token> tokens) {
    return tokens.stream()
        .flatMap(token -> token.uses().stream())
        .anyMatch(use -> WAYS_OUT.contains(use.path()));
  }
}
