package dev.lettershop.rule.parse;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.rule.ast.Limits;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads CEL text into a syntax tree. Macros stay calls, so that what was written can be seen and
 * spoken of.
 */
public final class CelSyntax {
  public static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(Limits.EXPRESSION_LENGTH)
          .enableHeterogeneousNumericComparisons(true)
          .maxParseRecursionDepth(Limits.DEPTH)
          .build();

  private final CelParser parser =
      CelParserFactory.standardCelParserBuilder()
          .setOptions(OPTIONS.toBuilder().retainUnbalancedLogicalExpressions(true).build())
          .build();

  /** The tree, or nothing after reporting why. */
  public Optional<CelAbstractSyntaxTree> read(SourceText source, ProblemList problems) {
    if (source.text().length() > Limits.EXPRESSION_LENGTH) {
      problems.error(
          source.position(0),
          "the expression has "
              + source.text().length()
              + " characters, the most is "
              + Limits.EXPRESSION_LENGTH,
          "split it into segments and join them with inSegment(\"…\")");
      return Optional.empty();
    }
    if (source.text().isBlank()) {
      problems.error(
          source.position(0),
          "the expression is empty",
          "write a condition, or true for everybody");
      return Optional.empty();
    }
    CelValidationResult result = parser.parse(source.text());
    if (result.hasError()) {
      problems.add(syntaxProblem(source, result.getErrors()));
      return Optional.empty();
    }
    try {
      return Optional.of(result.getAst());
    } catch (CelValidationException e) {
      throw new IllegalStateException("a parse without errors has no tree", e);
    }
  }

  /** One problem: after the first place that cannot be read, all others follow from it. */
  private static Problem syntaxProblem(SourceText source, List<CelIssue> issues) {
    CelIssue first = issues.get(0);
    int line = Math.max(1, first.getSourceLocation().getLine());
    int offset = source.offset(line, Math.max(0, first.getSourceLocation().getColumn()));
    String message = first.getMessage();
    if (message.startsWith("For input string")) {
      return Problem.error(
          source.position(offset),
          "the number does not fit into 64 bits",
          "write a number from -9223372036854775808 to 9223372036854775807");
    }
    if (message.contains("recursion")) {
      return Problem.error(
          source.position(offset),
          "the expression is nested too deeply",
          "split it into segments and join them with inSegment(\"…\")");
    }
    if (message.startsWith("reserved identifier") || message.startsWith("Invalid")) {
      return Problem.error(source.position(offset), decapitalised(message), null);
    }
    return unexpected(source, offset);
  }

  private static Problem unexpected(SourceText source, int offset) {
    int at = source.skipSpace(offset);
    if (at >= source.length()) {
      return Problem.error(
          source.position(offset),
          "the expression ends too early",
          "complete it, or close what is open: a parenthesis, a bracket or a quote");
    }
    String word = source.wordAt(at);
    String fix =
        switch (word.toLowerCase(Locale.ROOT)) {
          case "and" -> "write && instead of " + word;
          case "or" -> "write || instead of " + word;
          default ->
              wordBefore(source, at).equalsIgnoreCase("not") ? "write ! instead of not" : null;
        };
    int sign = source.at(at);
    if (fix == null && sign == '=') {
      fix = "write == to compare";
    }
    if (fix == null && (sign == '\'' || sign == '"')) {
      fix = "close the quotes, and write \\\\ for a backslash";
    }
    if (fix == null && (sign == '&' || sign == '|')) {
      fix = "write " + Character.toString(sign).repeat(2) + " between two conditions";
    }
    String found = word.isEmpty() ? Character.toString(sign) : word;
    return Problem.error(
        source.position(at), "cannot read the expression at " + quoted(found), fix);
  }

  private static String wordBefore(SourceText source, int offset) {
    int end = offset;
    while (end > 0 && Character.isWhitespace(source.at(end - 1))) {
      end--;
    }
    int start = end;
    while (start > 0 && Character.isLetter(source.at(start - 1))) {
      start--;
    }
    return source.wordAt(start);
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  private static String decapitalised(String text) {
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
