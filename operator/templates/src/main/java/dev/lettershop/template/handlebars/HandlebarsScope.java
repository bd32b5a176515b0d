package dev.lettershop.template.handlebars;

import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.template.model.Meaning;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What names mean at one place of a Handlebars template.
 *
 * @param outer the scope around this context; null for the outermost
 * @param context the value of the block, or null
 * @param parameters names that the block gives to its value and its index
 * @param asked full names of values that are there, because an enclosing block asked
 */
record HandlebarsScope(
    HandlebarsScope outer, Meaning context, List<String> parameters, List<String> asked) {
  static final HandlebarsScope ROOT = new HandlebarsScope(null, null, List.of(), List.of());

  /** Inside a block over {@code value}: over its items when it is a list. */
  HandlebarsScope within(Meaning value, List<String> blockParameters) {
    Meaning inside = value;
    if (value instanceof Meaning.One || value instanceof Meaning.Field) {
      AttributeType type = value.valueType();
      inside =
          new Meaning.Current(
              value, type == AttributeType.StringList ? AttributeType.String : type);
    }
    return new HandlebarsScope(this, inside, blockParameters, asked);
  }

  HandlebarsScope asking(Collection<String> paths) {
    List<String> all = new ArrayList<>(asked);
    all.addAll(paths);
    return new HandlebarsScope(outer, context, parameters, all);
  }

  /** Whether an enclosing block goes through a list. */
  boolean isInside() {
    return outer != null;
  }

  static boolean isList(Meaning meaning) {
    return meaning != null && meaning.valueType() == AttributeType.StringList;
  }
}
