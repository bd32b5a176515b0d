package dev.lettershop.template.handlebars;

import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.template.handlebars.HandlebarsExpression.Call;
import dev.lettershop.template.handlebars.HandlebarsExpression.Fault;
import dev.lettershop.template.handlebars.HandlebarsExpression.Parsed;
import dev.lettershop.template.handlebars.HandlebarsExpression.Part;
import dev.lettershop.template.handlebars.HandlebarsExpression.Path;
import dev.lettershop.template.handlebars.HandlebarsScanner.Tag;
import dev.lettershop.template.language.Language;
import dev.lettershop.template.model.Guard;
import dev.lettershop.template.model.Meaning;
import dev.lettershop.template.model.Names;
import dev.lettershop.template.model.Scan;
import dev.lettershop.template.model.TemplateField;
import dev.lettershop.template.model.Token;
import dev.lettershop.template.model.Token.Use;
import dev.lettershop.template.value.ValueCheck;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** Reads one field of Handlebars: balances its blocks, resolves its names. */
final class HandlebarsReader {
  private static final int MAX_DEPTH = 32;

  /** Helpers that can be asked by a block, as SendGrid writes it: {@code {{#equals a b}}}. */
  private static final Set<String> CONDITIONS =
      Set.of("eq", "ne", "gt", "gte", "lt", "lte", "and", "or", "not");

  /**
   * A block that is open: what it is written as, what the author's closing tag says.
   *
   * @param guard what is known by its conditions so far, when none of them holds
   */
  private record Block(
      String written, String closing, Position position, HandlebarsScope scope, Guard guard) {}

  private final List<Token> read = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Deque<Block> blocks = new ArrayDeque<>();
  private final InlinePartials inline = new InlinePartials(problems);
  private final ValueCheck check;
  private final HandlebarsPaths paths;
  private HandlebarsScope scope;

  private HandlebarsReader(TemplateField field, Names names, Language.Purpose purpose) {
    this.check = new ValueCheck(names, field, problems);
    this.paths = new HandlebarsPaths(names, check, purpose);
    this.scope = HandlebarsScope.ROOT;
  }

  static Scan read(String source, TemplateField field, Names names, Language.Purpose purpose) {
    HandlebarsReader reader = new HandlebarsReader(field, names, purpose);
    reader.pieces(reader.inline.takenFrom(HandlebarsScanner.scan(source, reader.problems)));
    while (!reader.blocks.isEmpty()) {
      Block open = reader.blocks.peek();
      reader.problem(
          open.position(),
          "block {{#" + open.closing() + "}} is not closed",
          "close it with {{/" + open.closing() + "}}");
      reader.leave(open.position());
    }
    return new Scan(List.copyOf(reader.read), List.copyOf(reader.problems));
  }

  private void pieces(List<Object> pieces) {
    for (Object piece : pieces) {
      if (piece instanceof Token.Literal literal) {
        read.add(literal);
      } else {
        tag((Tag) piece);
      }
    }
  }

  private void tag(Tag tag) {
    try {
      switch (tag.sigil()) {
        case "#", "^" -> {
          if (tag.inside().isEmpty()) {
            otherwise(tag, "");
          } else {
            open(tag);
          }
        }
        case "/" -> close(tag);
        case ">" -> partial(tag);
        case "else" -> otherwise(tag, tag.inside());
        default -> value(tag);
      }
    } catch (Fault fault) {
      problem(tag.position(), fault.getMessage(), fault.fix());
      if (tag.sigil().equals("#") || tag.sigil().equals("^")) {
        // Kept, so that its closing tag is not reported too.
        enter("if", tag.inside().split("\\s", 2)[0], "if false", List.of(), tag, scope, Guard.NONE);
      }
    }
  }

  private void value(Tag tag) throws Fault {
    Part part = HandlebarsExpression.parse(tag.inside()).part();
    if (part instanceof HandlebarsExpression.Literal) {
      throw new Fault(
          tag.inside() + " is not the name of a value", "write it as text, without the braces");
    }
    boolean raw = !tag.sigil().isEmpty();
    HandlebarsPaths.Written written = paths.shown(part, scope, tag.position());
    if (raw) {
      written
          .meanings()
          .forEach(
              meaning ->
                  check.unescaped(
                      meaning, meaning.origin(), "{{" + tag.inside() + "}}", tag.position()));
    }
    read.add(
        new Token.Value(
            written.code(),
            raw ? Token.Form.Unescaped : Token.Form.Escaped,
            written.uses(),
            isEncoded(part),
            tag.position()));
  }

  /** Whether a value is percent-encoded: adding plain text leaves it so. */
  private static boolean isEncoded(Part part) {
    if (!(part instanceof Call call)) {
      return false;
    }
    List<Part> made =
        call.arguments().stream()
            .filter(p -> !(p instanceof HandlebarsExpression.Literal))
            .toList();
    return call.helper().equals(HandlebarsHelpers.ENCODES)
        || !made.isEmpty() && made.stream().allMatch(HandlebarsReader::isEncoded);
  }

  private void open(Tag tag) throws Fault {
    Parsed parsed = HandlebarsExpression.parse(tag.inside());
    boolean inverse = tag.sigil().equals("^");
    String closing = tag.inside().split("[\\s(]", 2)[0];
    if (parsed.part() instanceof Call call && HandlebarsHelpers.BLOCKS.contains(call.helper())) {
      if (inverse) {
        throw new Fault("{{^" + closing + "}} inverts a name, not a helper", "write {{#unless …}}");
      }
      helperBlock(tag, call, parsed.blockParameters(), closing);
      return;
    }
    if (parsed.part() instanceof Call call && CONDITIONS.contains(call.helper()) && !inverse) {
      helperBlock(tag, new Call("if", List.of(call)), List.of(), closing);
      return;
    }
    if (!(parsed.part() instanceof Path path)) {
      throw new Fault(
          "\"" + closing + "\" is not a helper of a block",
          DidYouMean.fix(closing, HandlebarsHelpers.BLOCKS));
    }
    HandlebarsPaths.Written written = paths.asked(path, scope, tag.position());
    Meaning meaning = written.meanings().isEmpty() ? null : written.meanings().get(0);
    if (inverse) {
      enter(
          "unless",
          closing,
          "unless " + written.code(),
          written.uses(),
          tag,
          scope,
          written.guard().not());
    } else if (meaning instanceof Meaning.Items || HandlebarsScope.isList(meaning)) {
      HandlebarsScope inside = scope.within(meaning, parsed.blockParameters());
      enter("each", closing, "each " + written.code(), written.uses(), tag, inside, Guard.NONE);
    } else if (meaning instanceof Meaning.Group) {
      enter(
          "with",
          closing,
          "with " + written.code(),
          written.uses(),
          tag,
          scope.within(meaning, List.of()),
          Guard.NONE);
    } else {
      enter(
          "if",
          closing,
          "if " + written.code(),
          written.uses(),
          tag,
          scope.asking(written.guard().ifTrue()),
          written.guard());
    }
  }

  private void helperBlock(Tag tag, Call call, List<String> parameters, String closing)
      throws Fault {
    if (call.arguments().size() != 1) {
      throw new Fault(
          "{{#" + closing + "}} takes one value", "write {{#" + closing + " profile.<attribute>}}");
    }
    HandlebarsPaths.Written written = paths.asked(call.arguments().get(0), scope, tag.position());
    Meaning meaning = written.meanings().isEmpty() ? null : written.meanings().get(0);
    String code = call.helper() + " " + written.argument();
    HandlebarsScope inside =
        switch (call.helper()) {
          case "if" -> scope.asking(written.guard().ifTrue());
          case "unless" -> scope.asking(written.guard().ifFalse());
          default -> scope.within(meaning, parameters).asking(written.guard().ifTrue());
        };
    if (call.helper().equals("each")
        && meaning != null
        && !(meaning instanceof Meaning.Unknown)
        && !(meaning instanceof Meaning.Items)
        && !HandlebarsScope.isList(meaning)) {
      throw new Fault(
          "\"" + meaning.origin() + "\" is not a list", "write {{#if …}} or {{#with …}}");
    }
    if (call.helper().equals("with")
        && (meaning instanceof Meaning.Items && call.arguments().get(0) instanceof Path)) {
      throw new Fault("\"" + meaning.origin() + "\" is a list", "write {{#each …}}");
    }
    Guard guard = call.helper().equals("unless") ? written.guard().not() : written.guard();
    enter(call.helper(), closing, code, written.uses(), tag, inside, guard);
  }

  private void enter(
      String written,
      String closing,
      String code,
      List<Use> uses,
      Tag tag,
      HandlebarsScope inside,
      Guard guard) {
    if (blocks.size() == MAX_DEPTH) {
      problem(
          tag.position(),
          "blocks are nested more than " + MAX_DEPTH + " deep",
          "close the outer blocks first");
    }
    blocks.push(new Block(written, closing, tag.position(), scope, guard));
    read.add(new Token.Open(written, code, uses, tag.position()));
    scope = inside;
  }

  /** What comes after stands outside of the block's value again. */
  private void otherwise(Tag tag, String condition) throws Fault {
    Block block = blocks.peek();
    if (block == null) {
      throw new Fault("{{else}} stands outside of any block", "remove it");
    }
    scope = block.scope().asking(block.guard().ifFalse());
    if (condition.isEmpty()) {
      read.add(new Token.Middle(block.written(), "else", List.of(), tag.position()));
      return;
    }
    Part part = HandlebarsExpression.parse(condition).part();
    if (!(part instanceof Call call)
        || !Set.of("if", "unless").contains(call.helper())
        || call.arguments().size() != 1) {
      throw new Fault("\"" + condition + "\" cannot follow {{else}}", "write {{else if …}}");
    }
    HandlebarsPaths.Written written = paths.asked(call.arguments().get(0), scope, tag.position());
    read.add(
        new Token.Middle(
            block.written(),
            "else " + call.helper() + " " + written.argument(),
            written.uses(),
            tag.position()));
    Guard guard = call.helper().equals("if") ? written.guard() : written.guard().not();
    blocks.pop();
    blocks.push(
        new Block(
            block.written(),
            block.closing(),
            block.position(),
            block.scope(),
            new Guard(Set.of(), block.guard().ifFalse()).or(guard)));
    scope = scope.asking(guard.ifTrue());
  }

  private void close(Tag tag) throws Fault {
    if (blocks.stream().noneMatch(block -> block.closing().equals(tag.inside()))) {
      if (blocks.isEmpty()) {
        throw new Fault(
            "{{/" + tag.inside() + "}} closes a block that was not opened", "remove the tag");
      }
      Block innermost = blocks.peek();
      problem(
          tag.position(),
          "{{/"
              + tag.inside()
              + "}} does not close {{#"
              + innermost.closing()
              + "}} of "
              + innermost.position(),
          "write {{/" + innermost.closing() + "}}");
      leave(tag.position());
      return;
    }
    while (!blocks.peek().closing().equals(tag.inside())) {
      Block open = blocks.peek();
      problem(
          open.position(),
          "block {{#" + open.closing() + "}} is not closed",
          "close it with {{/" + open.closing() + "}}");
      leave(tag.position());
    }
    leave(tag.position());
  }

  private void leave(Position position) {
    Block block = blocks.pop();
    read.add(new Token.Close(block.written(), position));
    scope = block.scope();
  }

  private void partial(Tag tag) throws Fault {
    String[] words = tag.inside().split("\\s+", 2);
    if (words.length > 1) {
      throw new Fault("partials of mails take nothing along", "write {{> " + words[0] + "}}");
    }
    if (inline.has(words[0])) {
      inline(words[0]);
      return;
    }
    if (check.isPartial(words[0], tag.position())) {
      read.add(new Token.Partial(words[0], tag.position()));
    }
  }

  /** Reads an inline partial where it is put in. */
  private void inline(String name) throws Fault {
    List<Object> content = inline.enter(name);
    if (content == null) {
      throw new Fault(
          "inline partial \"" + name + "\" contains itself, or is put in too often",
          "use {{#each}}");
    }
    int outside = blocks.size();
    pieces(content);
    inline.leave();
    if (blocks.size() != outside) {
      throw new Fault(
          "inline partial \"" + name + "\" opens blocks that it does not close",
          "close them before {{/inline}}");
    }
  }

  private void problem(Position position, String message, String fix) {
    problems.add(Problem.error(position, message, fix));
  }
}
