package dev.lettershop.template.liquid;

import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.template.language.Language;
import dev.lettershop.template.liquid.LiquidExpression.Condition;
import dev.lettershop.template.liquid.LiquidExpression.Fault;
import dev.lettershop.template.liquid.LiquidExpression.Filtered;
import dev.lettershop.template.liquid.LiquidScanner.Tag;
import dev.lettershop.template.liquid.LiquidScope.Operand;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads one field of Liquid: balances its blocks, resolves its names. */
final class LiquidReader {
  private static final int MAX_DEPTH = 32;

  /**
   * A block that is open.
   *
   * @param guard what is known by its conditions so far: when the last one holds, and when none did
   */
  private record Block(
      String name, Position position, Set<String> asked, boolean loop, Guard guard) {
    Block with(Guard other) {
      return new Block(name, position, asked, loop, other);
    }
  }

  private final List<Token> read = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Deque<Block> blocks = new ArrayDeque<>();
  private final Deque<LiquidCapture> captures = new ArrayDeque<>();
  private final List<Object> pieces;
  private final TemplateField field;
  private final Names names;
  private final ValueCheck check;
  private final LiquidScope scope;
  private final Language.Purpose purpose;
  private Set<String> asked = new HashSet<>();

  private int at;

  private LiquidReader(String source, TemplateField field, Names names, Language.Purpose purpose) {
    this.pieces = LiquidScanner.scan(source, problems);
    this.field = field;
    this.names = names;
    this.check = new ValueCheck(names, field, problems);
    this.purpose = purpose;
    this.scope =
        new LiquidScope(names, purpose == Language.Purpose.Expanding ? names.variablePrefix() : "");
  }

  static Scan read(String source, TemplateField field, Names names, Language.Purpose purpose) {
    LiquidReader reader = new LiquidReader(source, field, names, purpose);
    for (; reader.at < reader.pieces.size(); reader.at++) {
      Object piece = reader.pieces.get(reader.at);
      if (piece instanceof Token.Literal literal) {
        reader.text(literal);
      } else {
        reader.tag((Tag) piece);
      }
    }
    while (!reader.blocks.isEmpty()) {
      reader.unclosed(reader.blocks.peek());
      reader.leave(reader.blocks.peek().position());
    }
    return new Scan(List.copyOf(reader.read), List.copyOf(reader.problems));
  }

  private void text(Token.Literal literal) {
    if (!isEmptyCase()) {
      read.add(literal);
    } else if (!literal.text().isBlank()) {
      problem(
          literal.position(), "text between {% case %} and {% when %} is never shown", "move it");
    }
  }

  private void tag(Tag tag) {
    String name = tag.output() ? "" : tag.inside().split("[^A-Za-z_]", 2)[0];
    try {
      if (isEmptyCase() && !name.equals("when") && !name.startsWith("end")) {
        throw new Fault("only {% when %} can follow {% case %}", "move it behind {% when %}");
      }
      if (tag.output() && LiquidTags.ofHandlebars(tag.inside()) != null) {
        throw LiquidTags.ofHandlebars(tag.inside());
      }
      LiquidExpression inside =
          new LiquidExpression(
              tag.inside().substring(name.length()),
              scope,
              names,
              check,
              asked,
              purpose,
              tag.position());
      if (tag.output() || name.equals("echo")) {
        value(tag, inside);
      } else {
        statement(name, tag, inside);
      }
    } catch (Fault fault) {
      problem(tag.position(), fault.getMessage(), fault.fix());
      if (LiquidTags.BLOCKS.contains(name)) {
        // Kept, so that its closing tag is not reported too.
        enter(new Token.Open("if", "if false", List.of(), tag.position()), name, false);
      }
    }
  }

  private void value(Tag tag, LiquidExpression inside) throws Fault {
    if (tag.inside().isEmpty()) {
      throw new Fault("tag without a name", "write {{ profile.<attribute> }}");
    }
    Filtered value = inside.filtered();
    inside.end();
    Meaning meaning = value.operand().meaning();
    if (meaning != null && !(meaning instanceof Meaning.Unknown)) {
      check.isShowable(meaning, tag.position());
    }
    if (value.raw() && !value.operand().markup()) {
      for (Use use : value.uses()) {
        check.unescaped(
            new Meaning.Group(use.path()), use.path(), "it without | raw", tag.position());
      }
    }
    Operand shown = value.operand();
    Token.Form form = shown.markup() && field.isHtml() ? Token.Form.Fragment : value.form();
    if (!captures.isEmpty()) {
      boolean data = value.uses().stream().anyMatch(Use::isData);
      form = captures.peek().form(form, data, shown.encoded());
    }
    read.add(new Token.Value(shown.code(), form, value.uses(), shown.encoded(), tag.position()));
  }

  private void statement(String name, Tag tag, LiquidExpression inside) throws Fault {
    switch (name) {
      case "if", "unless" -> {
        Condition condition = inside.condition();
        enter(
            new Token.Open(name, name + " " + condition.code(), condition.uses(), tag.position()),
            name,
            false);
        Guard guard = name.equals("if") ? condition.guard() : condition.guard().not();
        guarded(guard, guard);
      }
      case "case" -> {
        Condition of = inside.asking();
        inside.end();
        enter(new Token.Open(name, "case " + of.code(), of.uses(), tag.position()), name, false);
        blocks.push(blocks.pop().with(of.guard()));
      }
      case "for", "tablerow" -> loop(name, tag, inside);
      case "capture" -> capture(tag, inside);
      case "increment", "decrement" -> {
        String variable = inside.take("a name");
        LiquidNames.checkVariable(variable);
        inside.end();
        String code = name + " " + scope.count(variable);
        read.add(new Token.Statement(code, true, List.of(), tag.position()));
      }
      case "elsif", "when", "else" -> middle(name, tag, inside);
      case "assign" -> assign(tag, inside);
      case "break", "continue" -> {
        if (!scope.isInLoop()) {
          throw new Fault("{% " + name + " %} stands outside of any {% for %}", "remove it");
        }
        inside.end();
        read.add(new Token.Statement(name, List.of(), tag.position()));
      }
      case "cycle" -> {
        String code = "cycle " + LiquidNames.cycled(inside);
        read.add(new Token.Statement(code, true, List.of(), tag.position()));
      }
      case "include", "render" -> partial(name, tag, inside);
      default -> other(name, tag);
    }
  }

  private void other(String name, Tag tag) throws Fault {
    if (name.startsWith("end") && LiquidTags.BLOCKS.contains(name.substring(3))) {
      close(name.substring(3), tag);
      return;
    }
    throw LiquidTags.unknown(name);
  }

  private void loop(String name, Tag tag, LiquidExpression inside) throws Fault {
    LiquidLoop loop = LiquidLoop.read(name, inside);
    // Before the variable is known: a list cannot be looked for in itself.
    enter(new Token.Open(name, "", loop.uses(), tag.position()), name, true);
    String written = scope.enterLoop(loop.variable(), loop.list(), loop.about());
    String code = name + " " + written + " in " + loop.code();
    read.set(read.size() - 1, new Token.Open(name, code, loop.uses(), tag.position()));
    loop.uses().forEach(use -> asked.add(use.path()));
    if (name.equals("tablerow") && makesCells()) {
      read.addAll(LiquidLoop.cell(tag.position()));
    }
  }

  /** Cells of tables are elements of the template, once its tags are read for the first time. */
  private boolean makesCells() {
    return purpose == Language.Purpose.Expanding && field.isHtml();
  }

  private void capture(Tag tag, LiquidExpression inside) throws Fault {
    String variable = inside.take("a name").replaceAll("^[\"']|[\"']$", "");
    LiquidNames.checkVariable(variable);
    inside.end();
    LiquidCapture.Kind kind =
        field.isHtml() ? LiquidCapture.kind(pieces, at, scope) : LiquidCapture.Kind.Text;
    String code = "capture " + scope.written(variable);
    enter(new Token.Open("capture", code, List.of(), tag.position()), "capture", false);
    captures.push(new LiquidCapture(variable, kind, read.size()));
    if (kind == LiquidCapture.Kind.Markup) {
      scope.enterMarkup(variable);
    }
  }

  private void assign(Tag tag, LiquidExpression inside) throws Fault {
    String variable = inside.take("a name");
    LiquidNames.checkVariable(variable);
    inside.expect("=");
    Filtered value = inside.filtered();
    inside.end();
    String written = scope.assign(variable, value.operand());
    unmixed(variable, tag.position());
    read.add(
        new Token.Statement(
            "assign " + written + " = " + value.operand().code(), value.uses(), tag.position()));
  }

  private void middle(String name, Tag tag, LiquidExpression inside) throws Fault {
    Block block = blocks.peek();
    String of = name.equals("elsif") ? "if" : name.equals("when") ? "case" : "";
    boolean fits =
        block != null
            && (block.name().equals(of)
                || of.isEmpty()
                || of.equals("if") && block.name().equals("unless"));
    if (!fits) {
      throw new Fault("{% " + name + " %} stands outside of its block", "remove it");
    }
    if (name.equals("else") && isEmptyCase()) {
      throw new Fault("{% else %} stands before any {% when %}", "write {% when %} first");
    }
    asked = new HashSet<>(block.asked());
    List<Use> uses = List.of();
    String code = name;
    if (name.equals("elsif")) {
      Condition condition = inside.condition();
      code += " " + condition.code();
      uses = condition.uses();
      asked.addAll(block.guard().ifFalse());
      guarded(
          new Guard(Set.of(), block.guard().ifFalse()).or(condition.guard()), condition.guard());
    } else if (name.equals("when")) {
      StringBuilder values = new StringBuilder("when ");
      boolean something = inside.comparedWith(values);
      while (inside.accept(",") || inside.accept("or")) {
        something &= inside.comparedWith(values.append(", "));
      }
      inside.end();
      code = values.toString();
      if (something) {
        asked.addAll(block.guard().ifTrue());
      }
    } else {
      inside.end();
      asked.addAll(block.guard().ifFalse());
    }
    read.add(new Token.Middle(block.name(), code, uses, tag.position()));
  }

  private void partial(String tagName, Tag tag, LiquidExpression inside) throws Fault {
    String name = LiquidNames.partial(tagName, inside);
    if (check.isPartial(name, tag.position())) {
      read.add(new Token.Partial(name, tag.position()));
    }
  }

  private void enter(Token.Open open, String name, boolean loop) {
    if (blocks.size() == MAX_DEPTH) {
      problem(
          open.position(),
          "blocks are nested more than " + MAX_DEPTH + " deep",
          "close the outer blocks first");
    }
    blocks.push(new Block(name, open.position(), asked, loop, Guard.NONE));
    asked = new HashSet<>(asked);
    read.add(open);
  }

  /** What follows is shown when a condition holds; what is known when none of them does. */
  private void guarded(Guard none, Guard condition) {
    blocks.push(blocks.pop().with(none));
    asked.addAll(condition.ifTrue());
  }

  private void close(String name, Tag tag) throws Fault {
    if (blocks.stream().noneMatch(block -> block.name().equals(name))) {
      if (blocks.isEmpty()) {
        throw new Fault("{% end" + name + " %} closes a block that was not opened", "remove it");
      }
      Block innermost = blocks.peek();
      leave(tag.position());
      throw new Fault(
          "{% end"
              + name
              + " %} does not close {% "
              + innermost.name()
              + " %} of "
              + innermost.position(),
          "write {% end" + innermost.name() + " %}");
    }
    while (!blocks.peek().name().equals(name)) {
      unclosed(blocks.peek());
      leave(tag.position());
    }
    leave(tag.position());
  }

  private boolean isEmptyCase() {
    return !read.isEmpty()
        && read.get(read.size() - 1) instanceof Token.Open open
        && open.block().equals("case");
  }

  private void unclosed(Block block) {
    problem(
        block.position(),
        "block {% " + block.name() + " %} is not closed",
        "close it with {% end" + block.name() + " %}");
  }

  private void leave(Position position) {
    Block block = blocks.pop();
    if (isEmptyCase()) {
      problem(block.position(), "{% case %} has no {% when %}", "add one, or remove the block");
      read.set(read.size() - 1, new Token.Open("if", "if false", List.of(), block.position()));
    }
    asked = block.asked();
    if (block.loop()) {
      scope.leaveLoop();
    }
    String written = LiquidTags.innermost(read, block.name());
    if (written.equals("tablerow") && makesCells()) {
      read.add(new Token.Literal("</td>", position));
    }
    read.add(new Token.Close(written, position));
    if (written.equals("capture")) {
      captured(captures.pop(), position);
    }
  }

  private void unmixed(String variable, Position position) {
    if (scope.isMixed(variable)) {
      problem(
          position,
          "\"" + variable + "\" holds HTML or an address at one place and data at another",
          "take another name for one of them");
    }
  }

  private void captured(LiquidCapture capture, Position position) {
    String code = scope.assign(capture.variable(), capture.captured(capture.variable(), read));
    unmixed(capture.variable(), position);
    if (capture.kind() == LiquidCapture.Kind.Address && purpose == Language.Purpose.Rendering) {
      String stripped = "assign " + code + " = " + code + " | strip";
      read.add(new Token.Statement(stripped, List.of(), position));
    }
  }

  private void problem(Position position, String message, String fix) {
    problems.add(Problem.error(position, message, fix));
  }
}
