package dev.lettershop.store.schema;

import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.profile.ProfileSchema;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The table {@code profile} under an alias, with a typed field for every attribute: String is text
 * (collated "C"), Boolean boolean, Integer bigint, Double double precision, Timestamp timestamptz,
 * StringList text[]; what is encrypted is text. The attribute {@code id} is the key as text.
 */
public final class ProfileTable {

  /** Columns that are the store's own, and so no names for attributes. */
  static final Set<String> RESERVED =
      Set.of("email_key", "extra", "ctid", "xmin", "xmax", "cmin", "cmax", "tableoid");

  /** Whether a column is not an attribute that somebody can have declared. */
  static boolean isReserved(String column) {
    return RESERVED.contains(column)
        || column.startsWith("_")
        || ProfileSchema.BUILT_IN.stream().anyMatch(builtIn -> builtIn.name().equals(column));
  }

  private final ProfileSchema schema;
  private final String alias;

  public ProfileTable(ProfileSchema schema, String alias) {
    this.schema = schema;
    this.alias = alias;
  }

  public Table<Record> table() {
    return DSL.table(DSL.name("profile")).as(alias);
  }

  /** The key, as a number. */
  public Field<Long> key() {
    return DSL.field(DSL.name(alias, "id"), SQLDataType.BIGINT);
  }

  /** The address as it is compared; null when there is none to send to. */
  public Field<String> emailKey() {
    return DSL.field(DSL.name(alias, "email_key"), SQLDataType.CLOB);
  }

  /**
   * The field of an attribute.
   *
   * @throws IllegalArgumentException when the schema has no such attribute
   */
  public Field<?> field(String attribute) {
    ProfileSchema.AttributeDefinition definition = schema.attributes().get(attribute);
    if (definition == null) {
      throw new IllegalArgumentException("The schema has no attribute " + attribute);
    }
    if (definition.builtIn() && attribute.equals("id")) {
      return key().cast(SQLDataType.CLOB);
    }
    DataType<?> type = definition.encrypted() ? SQLDataType.CLOB : dataType(definition.type());
    return DSL.field(DSL.name(alias, attribute), type);
  }

  public static DataType<?> dataType(AttributeType type) {
    return switch (type) {
      case String -> SQLDataType.CLOB;
      case Boolean -> SQLDataType.BOOLEAN;
      case Integer -> SQLDataType.BIGINT;
      case Double -> SQLDataType.DOUBLE;
      case Timestamp -> SQLDataType.TIMESTAMPWITHTIMEZONE;
      case StringList -> SQLDataType.CLOB.array();
    };
  }

  /** A value as it is read from its field, in the form that it has in memory. */
  public static Object inMemory(Object value) {
    if (value instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    if (value instanceof Object[] list) {
      return List.of(list);
    }
    return value;
  }
}
