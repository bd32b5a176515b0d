package dev.lettershop.store.rule;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.store.encryption.Vault;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * Comparisons of encrypted attributes: of their cipher texts. While keys are rotated, a value can
 * be stored as several.
 */
final class EncryptedTranslation {
  private final ProfileSchema schema;
  private final Vault vault;

  EncryptedTranslation(ProfileSchema schema, Vault vault) {
    this.schema = schema;
    this.vault = vault;
  }

  /** Whether one side is an encrypted attribute; the other one is then a constant. */
  boolean concerns(Expr.Compare compare) {
    return isEncrypted(compare.left()) || isEncrypted(compare.right());
  }

  boolean isEncrypted(Expr expr) {
    return expr instanceof Expr.Attribute attribute
        && schema.attributes().get(attribute.name()).encrypted();
  }

  Condition compared(boolean equal, Expr.Compare compare, Field<?> left, Field<?> right) {
    boolean turned = isEncrypted(compare.right());
    Expr constant = turned ? compare.left() : compare.right();
    Expr attribute = turned ? compare.right() : compare.left();
    Field<Object> column = SqlTerm.any(turned ? right : left);
    List<Field<?>> stored = stored(attribute, List.of(constant));
    return equal
        ? column.in(stored.toArray(Field<?>[]::new))
        : column.notIn(stored.toArray(Field<?>[]::new));
  }

  /** All that constants can be stored as, as values of an encrypted attribute. */
  List<Field<?>> stored(Expr attribute, List<? extends Expr> constants) {
    String name = ((Expr.Attribute) attribute).name();
    List<Field<?>> stored = new ArrayList<>();
    for (Expr constant : constants) {
      vault
          .eachDeterministic(name, ((Expr.Literal) constant).value())
          .forEach(value -> stored.add(DSL.val(value)));
    }
    return stored;
  }
}
