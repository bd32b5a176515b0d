package dev.lettershop.template.model;

import dev.lettershop.api.v1alpha1.store.AttributeType;
import java.util.Map;

/** What a name in a template stands for. */
public sealed interface Meaning {
  /** The full name. */
  String path();

  /** A group of values, such as {@code profile}. */
  record Group(String path) implements Meaning {}

  /**
   * One value, or a list of plain values.
   *
   * @param group one of {@link Names#GROUPS}
   * @param type never null
   */
  record One(String path, String group, AttributeType type) implements Meaning {
    public boolean isList() {
      return type == AttributeType.StringList;
    }

    public String member() {
      return path.substring(group.length() + 1);
    }
  }

  /**
   * A list whose items have fields, such as {@code recommendations}.
   *
   * @param fields what an item holds, by name
   */
  record Items(String path, Map<String, AttributeType> fields) implements Meaning {
    public Meaning.Field field(String name) {
      return new Field(name, this, fields.get(name));
    }
  }

  /**
   * A field of the current item.
   *
   * @param path as it has to be written here
   */
  public record Field(String path, Items of, AttributeType type) implements Meaning {}

  /** The current item or value of the section over {@code of}: the name {@code "."}. */
  record Current(Meaning of, AttributeType type) implements Meaning {
    @Override
    public String path() {
      return ".";
    }
  }

  /**
   * Nothing.
   *
   * @param message what is wrong with the name
   * @param fix what to write, or null
   */
  record Unknown(String path, String message, String fix) implements Meaning {}

  /** Full name of the value that is shown, wherever it is shown. */
  default String origin() {
    if (this instanceof Field field) {
      return field.of().path() + "." + field.path();
    }
    return this instanceof Current current ? current.of().origin() : path();
  }

  /** Null for what is not a single value. */
  default AttributeType valueType() {
    if (this instanceof One one) {
      return one.type();
    }
    if (this instanceof Field field) {
      return field.type();
    }
    return this instanceof Current current ? current.type() : null;
  }
}
