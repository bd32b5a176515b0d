package dev.lettershop.rule.parse;

import dev.cel.common.ast.CelExpr;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.profile.Protection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what a rule asks of encrypted attributes and the database cannot answer. {@code has} can
 * always be asked; of a deterministic one also whether it equals a constant, or is in a list of
 * them. The same holds for rules in memory: a rule means one thing, wherever it is answered.
 */
public final class EncryptedAttributes {
  private static final Set<String> EQUALITY = Set.of("_==_", "_!=_");

  private final ProfileSchema schema;
  private final SourceText source;
  private final Map<Long, Integer> offsets;
  private final ProblemList problems;

  public EncryptedAttributes(
      ProfileSchema schema, SourceText source, Map<Long, Integer> offsets, ProblemList problems) {
    this.schema = schema;
    this.source = source;
    this.offsets = offsets;
    this.problems = problems;
  }

  public void check(CelExpr at) {
    switch (at.getKind()) {
      case SELECT -> {
        AttributeDefinition attribute = encrypted(at);
        if (attribute != null && !at.select().testOnly()) {
          report(at, attribute);
        }
        check(at.select().operand());
      }
      case CALL -> call(at);
      case LIST -> at.list().elements().forEach(this::check);
      default -> {
        // Constants and names ask nothing.
      }
    }
  }

  private void call(CelExpr at) {
    List<CelExpr> args = at.call().args();
    String function = at.call().function();
    at.call().target().ifPresent(this::check);
    boolean asksForPresence = function.equals("has") && args.size() == 1;
    for (int i = 0; i < args.size(); i++) {
      AttributeDefinition attribute = encrypted(args.get(i));
      boolean allowed =
          attribute != null
              && (asksForPresence
                  || attribute.protection() == Protection.Deterministic
                      && comparesWithConstants(function, args, i));
      if (!allowed) {
        check(args.get(i));
      }
    }
  }

  private static boolean comparesWithConstants(String function, List<CelExpr> args, int at) {
    if (EQUALITY.contains(function)) {
      return isConstant(args.get(1 - at));
    }
    return function.equals("@in")
        && at == 0
        && args.get(1).getKind() == CelExpr.ExprKind.Kind.LIST
        && args.get(1).list().elements().stream().allMatch(EncryptedAttributes::isConstant);
  }

  private static boolean isConstant(CelExpr at) {
    return at.getKind() == CelExpr.ExprKind.Kind.CONSTANT;
  }

  /** The encrypted attribute that is named there, or null. */
  private AttributeDefinition encrypted(CelExpr at) {
    if (at.getKind() != CelExpr.ExprKind.Kind.SELECT
        || at.select().operand().getKind() != CelExpr.ExprKind.Kind.IDENT
        || !at.select().operand().ident().name().equals("profile")) {
      return null;
    }
    AttributeDefinition attribute = schema.attributes().get(at.select().field());
    return attribute != null && attribute.encrypted() ? attribute : null;
  }

  private void report(CelExpr at, AttributeDefinition attribute) {
    boolean deterministic = attribute.protection() == Protection.Deterministic;
    problems.error(
        source.position(source.nameAfterDot(offsets.getOrDefault(at.id(), 0))),
        "\""
            + attribute.name()
            + "\" is encrypted: "
            + (deterministic
                ? "rules can only ask whether it equals a constant, or is in a list of them"
                : "rules cannot look into it"),
        fix(attribute, deterministic));
  }

  private static String fix(AttributeDefinition attribute, boolean deterministic) {
    if (deterministic) {
      return "write == or in with constants, or has(…)";
    }
    return attribute.builtIn()
        ? "ask has(profile.email), or load what rules need, such as the domain, into an attribute of"
            + " its own"
        : "ask has(profile."
            + attribute.name()
            + "), load what rules need into an attribute without pii, or for == and in declare it"
            + " with deterministic: true";
  }
}
