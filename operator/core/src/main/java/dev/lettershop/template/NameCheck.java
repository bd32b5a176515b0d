package dev.lettershop.template;

import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.template.Scopes.Meaning;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Resolves the names in one field's tokens against the schema and the declared slots, and gives the
 * tokens back with full names.
 */
final class NameCheck {
  /** Built-in attributes that every stored profile has a value for. */
  private static final Set<String> ALWAYS_THERE = Set.of("id", "email", "created_at", "updated_at");

  private final ProfileSchema schema;
  private final Map<String, String> slots;
  private final Set<String> defaults;
  private final Collection<String> partials;
  private final Set<String> reportedWithoutDefault = new HashSet<>();

  private TemplateField field;
  private Scopes scopes;
  private Deque<Meaning> sections;
  private List<Token> resolved;
  private List<Problem> problems;

  /**
   * @param slots declared slots
   * @param defaults attributes that have a default
   * @param partials names of the declared partials
   */
  NameCheck(
      ProfileSchema schema,
      Map<String, String> slots,
      Set<String> defaults,
      Collection<String> partials) {
    this.schema = schema;
    this.slots = slots;
    this.defaults = defaults;
    this.partials = partials;
  }

  /** Checks one field; an attribute without default is reported in the first field it is shown. */
  MustacheScanner.Scan check(TemplateField inField, List<Token> tokens) {
    field = inField;
    scopes = new Scopes(schema, slots);
    sections = new ArrayDeque<>();
    resolved = new ArrayList<>(tokens.size());
    problems = new ArrayList<>();
    for (Token token : tokens) {
      if (token instanceof Token.Open open) {
        open(open);
      } else if (token instanceof Token.Close close) {
        scopes.leave();
        resolved.add(new Token.Close(sections.pop().path(), close.position()));
      } else if (token instanceof Token.Value value) {
        value(value);
      } else if (token instanceof Token.Partial partial) {
        partial(partial);
      } else {
        resolved.add(token);
      }
    }
    return new MustacheScanner.Scan(resolved, problems);
  }

  private void open(Token.Open open) {
    Meaning meaning = known(open.name(), open.position());
    sections.push(meaning);
    // What stands in an inverted section is not inside the value: there is none.
    scopes.enter(open.inverted() ? new Meaning.Unknown(open.name(), "", null) : meaning);
    resolved.add(new Token.Open(meaning.path(), open.inverted(), open.position()));
  }

  private void value(Token.Value value) {
    Meaning meaning = known(value.name(), value.position());
    if (meaning instanceof Meaning.Group group) {
      problems.add(
          Problem.error(
              value.position(),
              "\"" + group.path() + "\" is a group of values and cannot be shown",
              "name one of its values, as in " + example(group.path())));
    }
    if (value.form() == Token.Form.Unescaped && field.isHtml()) {
      unescaped(meaning, value.position());
    }
    if (meaning instanceof Meaning.One one && one.group().equals(Scopes.PROFILE)) {
      withoutDefault(one, value.position());
    }
    resolved.add(new Token.Value(meaning.path(), value.form(), value.position()));
  }

  private void unescaped(Meaning meaning, Position position) {
    Meaning.One origin =
        meaning instanceof Meaning.Current current
            ? current.of()
            : meaning instanceof Meaning.One one ? one : null;
    if (origin == null) {
      return;
    }
    String name = meaning.path();
    if (origin.group().equals(Scopes.PROFILE)) {
      problems.add(
          Problem.error(
              position,
              "\"" + name + "\" is data about people and must be escaped in HTML",
              "write {{" + name + "}}"));
    } else {
      problems.add(
          Problem.warning(
              position,
              "\"" + name + "\" is put into the HTML unescaped",
              "write {{" + name + "}} unless it holds HTML that you wrote"));
    }
  }

  private void withoutDefault(Meaning.One attribute, Position position) {
    String name = attribute.member();
    boolean asked = sections.stream().anyMatch(section -> section.path().equals(attribute.path()));
    if (!asked
        && !defaults.contains(name)
        && !ALWAYS_THERE.contains(name)
        && reportedWithoutDefault.add(name)) {
      problems.add(
          Problem.warning(
              position,
              "\"" + attribute.path() + "\" is shown as nothing for a profile without it",
              "add " + name + " to spec.defaults, or use {{#" + attribute.path() + "}}"));
    }
  }

  private void partial(Token.Partial partial) {
    if (!field.takesPartials()) {
      problems.add(
          Problem.error(
              partial.position(),
              "partials are for spec.html and spec.text",
              "write the text here"));
    } else if (!partials.contains(partial.name())) {
      problems.add(
          Problem.error(
              partial.position(),
              "partial \"" + partial.name() + "\" is not declared",
              DidYouMean.nearest(partial.name(), partials)
                  .map(near -> "did you mean \"" + near + "\"? Else declare it in spec.partials")
                  .orElse("declare it in spec.partials")));
    } else {
      resolved.add(partial);
    }
  }

  private Meaning known(String name, Position position) {
    Meaning meaning = scopes.resolve(name);
    if (meaning instanceof Meaning.Unknown unknown) {
      problems.add(Problem.error(position, unknown.message(), unknown.fix()));
    } else if (scopes.hides(meaning)) {
      problems.add(
          Problem.error(
              position,
              "inside a section over a group, a value of that group hides \"" + name + "\"",
              "close the section first"));
    }
    return meaning;
  }

  private static String example(String group) {
    return switch (group) {
      case Scopes.PROFILE -> "{{profile.email}}";
      case Scopes.CONTENT -> "{{content.<slot>}}";
      case Scopes.CAMPAIGN -> "{{campaign.name}}";
      default -> "{{links.unsubscribe}}";
    };
  }
}
