package dev.lettershop.template.handlebars;

import dev.lettershop.diagnostic.Position;
import dev.lettershop.template.handlebars.HandlebarsExpression.Call;
import dev.lettershop.template.handlebars.HandlebarsExpression.Fault;
import dev.lettershop.template.handlebars.HandlebarsExpression.Literal;
import dev.lettershop.template.handlebars.HandlebarsExpression.Part;
import dev.lettershop.template.handlebars.HandlebarsExpression.Path;
import dev.lettershop.template.language.Language;
import dev.lettershop.template.language.TemplateFunction;
import dev.lettershop.template.model.Guard;
import dev.lettershop.template.model.Meaning;
import dev.lettershop.template.model.Names;
import dev.lettershop.template.model.ShownProfile;
import dev.lettershop.template.model.Token.Use;
import dev.lettershop.template.value.DateShift;
import dev.lettershop.template.value.TimeText;
import dev.lettershop.template.value.ValueCheck;
import dev.lettershop.template.value.ValueFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Resolves the names in expressions of Handlebars and writes the expressions with full names. */
final class HandlebarsPaths {
  private static final Set<String> LOOP = Set.of("@index", "@first", "@last", "@key");

  private final Names names;
  private final ValueCheck check;
  private final Language.Purpose purpose;

  HandlebarsPaths(Names names, ValueCheck check, Language.Purpose purpose) {
    this.names = names;
    this.check = check;
    this.purpose = purpose;
  }

  /**
   * An expression with full names.
   *
   * @param meanings of the names in it, the value itself first when it is only a name
   * @param guard what is known once it has been asked whether the value is true
   */
  record Written(String code, List<Use> uses, List<Meaning> meanings, boolean isCall, Guard guard) {
    /** As what a helper is given. */
    String argument() {
      return isCall ? "(" + code + ")" : code;
    }
  }

  /** What a tag shows. */
  Written shown(Part part, HandlebarsScope scope, Position position) throws Fault {
    return new Walk(scope, position, true).written(part, false);
  }

  /** What a tag asks about. */
  Written asked(Part part, HandlebarsScope scope, Position position) throws Fault {
    return new Walk(scope, position, false).written(part, true);
  }

  /** One expression. */
  private final class Walk {
    private final HandlebarsScope scope;
    private final Position position;
    private final boolean shows;
    private final List<Use> uses = new ArrayList<>();
    private final List<Meaning> meanings = new ArrayList<>();

    Walk(HandlebarsScope scope, Position position, boolean shows) {
      this.scope = scope;
      this.position = position;
      this.shows = shows;
    }

    Written written(Part part, boolean guarded) throws Fault {
      String code = code(part, guarded);
      return new Written(
          code, List.copyOf(uses), List.copyOf(meanings), part instanceof Call, guard(part));
    }

    private Guard guard(Part part) {
      if (!(part instanceof Call call)) {
        return Guard.present(paths(part));
      }
      List<Part> arguments = call.arguments();
      return switch (call.helper()) {
        case "not" -> guard(arguments.get(0)).not();
        case "and" -> arguments.stream().map(this::guard).reduce(Guard::and).orElse(Guard.NONE);
        case "or" -> arguments.stream().map(this::guard).reduce(Guard::or).orElse(Guard.NONE);
        case "eq" -> Guard.equal(side(arguments.get(0)), side(arguments.get(1)));
        case "ne" -> Guard.equal(side(arguments.get(0)), side(arguments.get(1))).not();
        case "gt", "gte", "lt", "lte" ->
            Guard.ordered(side(arguments.get(0)), side(arguments.get(1)));
        case "size" -> Guard.present(paths(arguments.get(0)));
        default -> Guard.NONE;
      };
    }

    private Guard.Side side(Part part) {
      Guard.Known known = Guard.Known.Name;
      if (part instanceof Literal literal) {
        known =
            switch (literal.source()) {
              case "null", "undefined" -> Guard.Known.Missing;
              case "\"\"", "''" -> Guard.Known.Empty;
              default -> Guard.Known.Something;
            };
      }
      return new Guard.Side(known, paths(part));
    }

    /** The full name of the value that a name stands for; empty for anything else. */
    private List<String> paths(Part part) {
      Meaning meaning = part instanceof Path path ? resolve(path).meaning() : null;
      return meaning == null ? List.of() : List.of(meaning.origin());
    }

    private String code(Part part, boolean guarded) throws Fault {
      if (part instanceof Literal literal) {
        return literal.source();
      }
      if (part instanceof Path path) {
        return path(path, guarded);
      }
      Call call = (Call) part;
      TemplateFunction function = HandlebarsHelpers.table().get(call.helper());
      if (function == null) {
        throw new Fault(
            "unknown helper \"" + call.helper() + "\"", HandlebarsHelpers.insteadOf(call.helper()));
      }
      int given = call.arguments().size();
      String misfit = function.misfit(given);
      if (misfit != null) {
        throw new Fault(
            misfit, given < function.least() ? "add what is missing" : "remove what is too much");
      }
      StringBuilder code = new StringBuilder(call.helper());
      for (int i = 0; i < given; i++) {
        Part argument = call.arguments().get(i);
        int before = meanings.size();
        boolean optional = guarded || call.helper().equals("default") && i == 0;
        String written = code(argument, optional);
        if (i == 0) {
          format(call, argument, meanings.size() > before ? meanings.get(before) : null);
        }
        code.append(' ').append(argument instanceof Call ? "(" + written + ")" : written);
      }
      if (call.helper().equals("money") && given == 1) {
        code.append(' ').append(currency());
      }
      return code.toString();
    }

    /** The store's, for an amount that names none. */
    private String currency() throws Fault {
      if (names.currency() == null) {
        throw new Fault(
            "money needs a currency",
            "write {{money … \"EUR\"}}, or set spec.currency of the ProfileStore");
      }
      return '"' + names.currency() + '"';
    }

    private void format(Call call, Part first, Meaning meaning) throws Fault {
      ValueFormat.Kind kind = ValueFormat.Kind.of(call.helper());
      boolean shift = call.helper().equals(HandlebarsHelpers.DATE_PLUS);
      if (shift
          && call.arguments().get(1) instanceof Literal span
          && DateShift.parse(text(span)) == null) {
        throw new Fault("\"" + text(span) + "\" is not a length of time", DateShift.FIX);
      }
      if ((shift || kind != null && kind.isTemporal())
          && first instanceof Literal date
          && !TimeText.isTime(text(date))) {
        throw new Fault(
            "\"" + text(date) + "\" is not a date", "write one such as \"2026-12-24\", or \"now\"");
      }
      if (kind == null) {
        return;
      }
      String argument = "";
      if (call.arguments().size() > 1 && call.arguments().get(1) instanceof Literal literal) {
        argument = text(literal);
      }
      ValueFormat format = new ValueFormat(kind, argument);
      if (format.fault() != null) {
        throw new Fault(format.fault(), null);
      }
      if (first instanceof Path && meaning != null) {
        check.format(format, meaning, position);
      }
    }

    private static String text(Literal literal) {
      return literal.source().replaceAll("^[\"']|[\"']$", "");
    }

    private String path(Path path, boolean guarded) {
      Resolved resolved = resolve(path);
      Meaning meaning = resolved.meaning();
      if (meaning == null) {
        return resolved.code();
      }
      meanings.add(meaning);
      if (!check.isKnown(meaning, position)) {
        return resolved.code();
      }
      if (shows && !guarded) {
        check.isShowable(meaning, position);
      }
      String origin = meaning.origin();
      boolean there = guarded || scope.asked().contains(origin);
      if (!there && meaning instanceof Meaning.One) {
        check.withoutDefault(origin, "{{#if " + origin + "}}", position);
      }
      uses.add(new Use(origin, there));
      boolean withDefault =
          purpose == Language.Purpose.Rendering
              && shows
              && meaning instanceof Meaning.One one
              && one.group().equals(Names.PROFILE)
              && names.hasDefault(one.member());
      return withDefault
          ? resolved.code().replace("profile.", ShownProfile.NAME + ".")
          : resolved.code();
    }

    /** What a name stands for, null for what is none of the template's names, such as @index. */
    private record Resolved(String code, Meaning meaning) {}

    private Resolved resolve(Path path) {
      int last = path.names().size() - 1;
      if (last > 0 && path.names().get(last).equals("length")) {
        String of = path.source().substring(0, path.source().length() - ".length".length());
        return unknown(
            path, "\"" + of + "\" is one value and has no parts", "write (size " + of + ")");
      }
      HandlebarsScope at = scope;
      for (int i = 0; i < path.up(); i++) {
        if (at.outer() == null) {
          return unknown(path, "no outer scope here", "remove ../");
        }
        at = at.outer();
      }
      String up = "../".repeat(path.up());
      if (path.names().isEmpty()) {
        return context(path, at, up);
      }
      String first = path.names().get(0);
      if (LOOP.contains(first)) {
        return at.isInside()
            ? new Resolved(up + first, null)
            : unknown(path, first + " stands outside of any list", "write it inside {{#each …}}");
      }
      if (first.equals("@root")) {
        return outermost(path, path.names().subList(1, path.names().size()));
      }
      Resolved parameter = path.explicit() ? null : parameter(path);
      if (parameter != null) {
        return parameter;
      }
      Resolved own = member(path, at, up);
      return own == null ? outermost(path, path.names()) : own;
    }

    private Resolved context(Path path, HandlebarsScope at, String up) {
      Meaning context = at.context();
      if (context == null) {
        return unknown(
            path,
            "\"" + path.source() + "\" stands for the current item of a list, and here is none",
            "write it inside {{#each profile.<list>}}…{{/each}}");
      }
      return new Resolved(up.isEmpty() ? "this" : up + "this", context);
    }

    /** A member of the current item or group; null when it has none of that name. */
    private Resolved member(Path path, HandlebarsScope at, String up) {
      String first = path.names().get(0);
      if (at.context() instanceof Meaning.Items items && items.fields().containsKey(first)) {
        return path.names().size() == 1
            ? new Resolved(up.isEmpty() ? "this." + first : up + first, items.field(first))
            : unknown(path, "\"" + first + "\" is one value and has no parts", null);
      }
      if (at.context() instanceof Meaning.Group group && names.has(group.path(), first)) {
        Meaning meaning = names.member(path.source(), group.path(), path.names());
        return new Resolved("@root." + meaning.path(), meaning);
      }
      return null;
    }

    private Resolved parameter(Path path) {
      String up = "";
      for (HandlebarsScope at = scope; at.outer() != null; at = at.outer()) {
        int index = at.parameters().indexOf(path.names().get(0));
        if (index == 1) {
          return new Resolved(up + "@index", null);
        }
        if (index == 0) {
          List<String> rest = path.names().subList(1, path.names().size());
          return rest.isEmpty()
              ? context(path, at, up)
              : member(new Path(path.source(), 0, rest, true), at, up);
        }
        up += "../";
      }
      return null;
    }

    private Resolved outermost(Path path, List<String> parts) {
      Meaning context = scope.context();
      if (parts.isEmpty()) {
        return unknown(path, "\"@root\" is a group of values", "name one of its values");
      }
      boolean own = parts.size() == 1 && !Names.GROUPS.contains(parts.get(0));
      if (own && context instanceof Meaning.Items items) {
        return new Resolved(
            path.source(), names.suggestions().unknownField(path.source(), items, parts.get(0)));
      }
      if (own && context instanceof Meaning.Group group) {
        return new Resolved(
            path.source(),
            names.suggestions().unknownMember(path.source(), group.path(), parts.get(0)));
      }
      Meaning meaning = names.resolve(path.source(), parts);
      return new Resolved((scope.isInside() ? "@root." : "") + meaning.path(), meaning);
    }

    private Resolved unknown(Path path, String message, String fix) {
      return new Resolved(path.source(), new Meaning.Unknown(path.source(), message, fix));
    }
  }
}
