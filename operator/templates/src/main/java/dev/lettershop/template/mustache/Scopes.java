package dev.lettershop.template.mustache;

import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.template.model.Meaning;
import dev.lettershop.template.model.Names;
import java.util.ArrayList;
import java.util.List;

/** What Mustache's names stand for at one place: inner sections come before outer ones. */
final class Scopes {
  private final Names names;
  private final List<Meaning> enclosing = new ArrayList<>();

  Scopes(Names names) {
    this.names = names;
  }

  void enter(Meaning section) {
    enclosing.add(section);
  }

  void leave() {
    enclosing.remove(enclosing.size() - 1);
  }

  /** Resolves a name from the innermost section outwards, as Mustache does. */
  Meaning resolve(String name) {
    if (name.equals(".")) {
      return current();
    }
    List<String> parts = List.of(name.split("\\."));
    for (int i = enclosing.size() - 1; i >= 0; i--) {
      if (has(enclosing.get(i), parts.get(0))) {
        return member(enclosing.get(i), name, parts);
      }
    }
    if (parts.size() == 1 && !Names.GROUPS.contains(name)) {
      return unknown(name);
    }
    return names.resolve(name, parts);
  }

  /** Whether {@code name} is found in an enclosing section, before the names known everywhere. */
  boolean isOwnName(String name) {
    return enclosing.stream().anyMatch(section -> has(section, name));
  }

  /**
   * Whether the full name of {@code meaning} would be looked up wrongly here, because an enclosing
   * section has a value named like a group.
   */
  boolean hides(Meaning meaning) {
    return !(meaning instanceof Meaning.Field) && isOwnName(meaning.path().split("\\.", 2)[0]);
  }

  private boolean has(Meaning section, String name) {
    return section instanceof Meaning.Group group && names.has(group.path(), name)
        || section instanceof Meaning.Items items && items.fields().containsKey(name);
  }

  private Meaning member(Meaning section, String name, List<String> parts) {
    if (section instanceof Meaning.Group group) {
      return names.member(name, group.path(), parts);
    }
    Meaning.Items items = (Meaning.Items) section;
    return parts.size() == 1
        ? items.field(name)
        : new Meaning.Unknown(
            name,
            "\"" + parts.get(0) + "\" is one value and has no parts",
            "write {{" + parts.get(0) + "}}");
  }

  private Meaning current() {
    Meaning innermost = enclosing.isEmpty() ? null : enclosing.get(enclosing.size() - 1);
    if (innermost instanceof Meaning.One value) {
      return new Meaning.Current(value, value.isList() ? AttributeType.String : value.type());
    }
    if (innermost instanceof Meaning.Field field) {
      return new Meaning.Current(
          field, field.type() == AttributeType.StringList ? AttributeType.String : field.type());
    }
    if (innermost instanceof Meaning.Current current) {
      return current;
    }
    if (innermost instanceof Meaning.Items items) {
      return new Meaning.Unknown(
          ".",
          "an item of \"" + items.path() + "\" is a group of values and cannot be shown",
          "name one of its values: " + String.join(", ", items.fields().keySet()));
    }
    return new Meaning.Unknown(
        ".",
        "\"{{.}}\" stands for the current item of a list, and here is none",
        "write it inside {{#profile.<list>}}…{{/profile.<list>}}");
  }

  private Meaning unknown(String name) {
    for (int i = enclosing.size() - 1; i >= 0; i--) {
      if (enclosing.get(i) instanceof Meaning.Group group) {
        return names.suggestions().unknownMember(name, group.path(), name);
      }
      if (enclosing.get(i) instanceof Meaning.Items items) {
        return names.suggestions().unknownField(name, items, name);
      }
    }
    return names.suggestions().unknownName(name, List.of(name));
  }
}
