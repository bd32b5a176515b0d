package dev.lettershop.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Position;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.ExprSize;
import dev.lettershop.rule.parse.CelSyntax;
import dev.lettershop.rule.parse.EncryptedAttributes;
import dev.lettershop.rule.parse.Lowering;
import dev.lettershop.rule.parse.ProblemList;
import dev.lettershop.rule.parse.Purpose;
import dev.lettershop.rule.parse.SegmentGraph;
import dev.lettershop.rule.parse.Segments;
import dev.lettershop.rule.parse.SourceText;
import dev.lettershop.rule.parse.TypeGate;
import dev.lettershop.rule.parse.Vocabulary;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** A rule that was written as CEL. Reads the text once, however often it is compiled. */
final class CelSource implements RuleSource {
  /** Field of a segment's spec that holds CEL. */
  static final String FIELD = "expression";

  private final SourceText source;
  private final Vocabulary vocabulary;
  private final TypeGate gate;
  private final ProblemList unreadable = new ProblemList();

  /** Null when the text could not be read. */
  private final CelAbstractSyntaxTree tree;

  CelSource(String cel, Vocabulary vocabulary, CelSyntax syntax, TypeGate gate) {
    this.source = new SourceText(cel);
    this.vocabulary = vocabulary;
    this.gate = gate;
    this.tree = syntax.read(source, unreadable).orElse(null);
  }

  @Override
  public Set<String> references() {
    return tree == null ? Set.of() : SegmentGraph.references(tree);
  }

  @Override
  public Expr compile(Segments segments, int slot, Purpose purpose, List<FieldProblem> problems) {
    return compile(
        segments,
        slot,
        purpose,
        problems,
        lowering -> lowering.condition(tree.getExpr()),
        found -> gate.check(source, found));
  }

  /** Compiles what must come to a number; null after reporting an error. */
  Expr compileNumber(Segments segments, List<FieldProblem> problems) {
    return compile(
        segments,
        0,
        Purpose.Past,
        problems,
        lowering -> lowering.number(tree.getExpr()),
        found -> gate.checkValue(source, found));
  }

  private Expr compile(
      Segments segments,
      int slot,
      Purpose purpose,
      List<FieldProblem> problems,
      Function<Lowering, Expr> lowered,
      Consumer<ProblemList> typeGate) {
    ProblemList found = new ProblemList();
    unreadable.inOrder().forEach(found::add);
    Expr expr = null;
    if (tree != null) {
      expr = lowered.apply(new Lowering(vocabulary, segments, source, tree, slot, found, purpose));
      new EncryptedAttributes(
              vocabulary.schema(), source, tree.getSource().getPositionsMap(), found)
          .check(tree.getExpr());
      if (expr != null && !found.hasErrors()) {
        ExprSize.of(expr).check((message, fix) -> found.error(new Position(1, 1), message, fix));
      }
      if (!found.hasErrors()) {
        typeGate.accept(found);
      }
    }
    found.inOrder().forEach(problem -> problems.add(new FieldProblem(FIELD, problem)));
    return found.hasErrors() ? null : expr;
  }

  @Override
  public String text(Expr expr) {
    return source.text();
  }
}
