package dev.lettershop.template.value;

import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.template.model.Meaning;
import dev.lettershop.template.model.Names;
import dev.lettershop.template.model.TemplateField;
import java.util.List;
import java.util.Set;

/** Finds what is wrong with showing a value, whatever language the template is written in. */
public final class ValueCheck {
  /** Built-in attributes that every stored profile has a value for. */
  private static final Set<String> ALWAYS_THERE =
      Set.of("profile.id", "profile.email", "profile.created_at", "profile.updated_at");

  private final Names names;
  private final TemplateField field;
  private final List<Problem> problems;

  public ValueCheck(Names names, TemplateField field, List<Problem> problems) {
    this.names = names;
    this.field = field;
    this.problems = problems;
  }

  /** Notes a name that stands for nothing; false when it does. */
  public boolean isKnown(Meaning meaning, Position position) {
    if (meaning instanceof Meaning.Unknown unknown) {
      problems.add(Problem.error(position, unknown.message(), unknown.fix()));
      return false;
    }
    return true;
  }

  /** Only single values and lists of them can be shown; false when {@code meaning} is neither. */
  public boolean isShowable(Meaning meaning, Position position) {
    if (meaning instanceof Meaning.Group group) {
      problems.add(
          Problem.error(
              position,
              "\"" + group.path() + "\" is a group of values and cannot be shown",
              "name one of its values, as in " + example(group.path())));
      return false;
    }
    if (meaning instanceof Meaning.Items items) {
      problems.add(
          Problem.error(
              position,
              "\"" + items.path() + "\" is a list of groups of values and cannot be shown",
              "repeat something for each item, and show its values: "
                  + String.join(", ", items.fields().keySet())));
      return false;
    }
    return true;
  }

  /**
   * A value that is put into HTML as it is.
   *
   * @param name as written
   * @param escaped how to write it escaped
   */
  public void unescaped(Meaning meaning, String name, String escaped, Position position) {
    if (!field.isHtml() || meaning instanceof Meaning.Unknown) {
      return;
    }
    String origin = meaning.origin();
    if (!origin.startsWith(Names.CONTENT + ".")
        && !origin.startsWith(Names.LINKS + ".")
        && !origin.startsWith(Names.CAMPAIGN + ".")) {
      problems.add(
          Problem.error(
              position,
              "\"" + name + "\" is data about people and must be escaped in HTML",
              "write " + escaped));
    } else if (!names.isHtmlSlot(origin)) {
      problems.add(
          Problem.warning(
              position,
              "\"" + name + "\" is put into the HTML unescaped",
              "write "
                  + escaped
                  + " unless it holds HTML that you wrote; then declare the slot"
                  + " with type: Html"));
    }
  }

  /**
   * An attribute that not every profile has, and that nobody asked for.
   *
   * @param ask how the language asks for it
   */
  public void withoutDefault(String path, String ask, Position position) {
    if (!path.startsWith(Names.PROFILE + ".") || ALWAYS_THERE.contains(path)) {
      return;
    }
    String attribute = path.substring(Names.PROFILE.length() + 1);
    if (!names.hasDefault(attribute) && names.firstWithoutDefault(attribute)) {
      problems.add(
          Problem.warning(
              position,
              "\"" + path + "\" is shown as nothing for a profile without it",
              "add " + attribute + " to spec.defaults, or use " + ask));
    }
  }

  /** False after reporting that a partial cannot stand here. */
  public boolean isPartial(String name, Position position) {
    if (!field.takesPartials()) {
      problems.add(
          Problem.error(
              position, "partials are for spec.html and spec.text", "write the text here"));
      return false;
    }
    if (!names.partials().contains(name)) {
      problems.add(
          Problem.error(
              position,
              "partial \"" + name + "\" is not declared",
              DidYouMean.nearest(name, names.partials())
                  .map(near -> "did you mean \"" + near + "\"? Else declare it in spec.partials")
                  .orElse("declare it in spec.partials")));
      return false;
    }
    return true;
  }

  /** A format that does not fit what it is to format. */
  public void format(ValueFormat format, Meaning meaning, Position position) {
    String misfit = format.misfit(meaning.valueType());
    if (misfit != null) {
      problems.add(
          Problem.error(
              position,
              "\""
                  + format.kind().word()
                  + "\" does not fit \""
                  + meaning.origin()
                  + "\": "
                  + misfit,
              "show it without " + format.kind().word()));
    }
  }

  private static String example(String group) {
    return switch (group) {
      case Names.PROFILE -> "{{profile.email}}";
      case Names.CONTENT -> "{{content.<slot>}}";
      case Names.CAMPAIGN -> "{{campaign.name}}";
      case Names.EVENTS -> "events.<event>, a list";
      default -> "{{links.unsubscribe}}";
    };
  }
}
