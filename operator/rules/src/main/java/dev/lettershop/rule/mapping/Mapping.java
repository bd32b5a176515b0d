package dev.lettershop.rule.mapping;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.CelErrorCode;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelUnknownSet;
import dev.lettershop.rule.parse.SourceText;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compiled {@code spec.mapping} of a source: computes fields from one record. Immutable and
 * thread-safe. Made by {@link MappingCompiler}.
 */
public final class Mapping {
  /** How CEL's runtime says where in the text something failed; what follows may hold data. */
  private static final Pattern PLACE = Pattern.compile("^evaluation error at <input>:(\\d{1,9})");

  private static final String OTHER_TYPE = "a value has another type than the function takes";

  private final Map<String, Field> fields;

  public record Field(SourceText source, CelRuntime.Program program) {}

  Mapping(Map<String, Field> fields) {
    this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** Names of the fields that are mapped, in the order of the source. */
  public List<String> targets() {
    return List.copyOf(fields.keySet());
  }

  /**
   * Computes one field. Never throws on what a record holds; the work is bounded.
   *
   * @param to one of {@link #targets()}
   * @param record field values as read: String, Long, Double, Boolean, List, Map; absent fields are
   *     absent keys or null
   * @return absent also when the expression needs a field that the record does not have
   * @throws IllegalArgumentException when {@code to} is not mapped
   */
  public MappedValue apply(String to, Map<String, Object> record) {
    Field field = fields.get(to);
    if (field == null) {
      throw new IllegalArgumentException(
          "nothing is mapped to \"" + to + "\"; mapped are " + fields.keySet());
    }
    try {
      return value(field.program().eval(Map.of("record", record)));
    } catch (CelEvaluationException e) {
      return e.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND
          ? new MappedValue.Absent()
          : new MappedValue.Failed(
              reason(e.getErrorCode()) + place(field.source(), e.getMessage()));
    } catch (RuntimeException e) {
      // The runtime lets some exceptions of its functions through; their messages may hold data.
      return new MappedValue.Failed("a function cannot take this value");
    }
  }

  /**
   * Whether something failed because of the types of what the record holds, whatever the values.
   */
  public static boolean isOfTypes(MappedValue.Failed failed) {
    return failed.message().startsWith(OTHER_TYPE);
  }

  private static MappedValue value(Object value) {
    if (value == null || value instanceof NullValue || value instanceof CelUnknownSet) {
      return new MappedValue.Absent();
    }
    if (value instanceof UnsignedLong number) {
      return number.bigIntegerValue().bitLength() < 64
          ? new MappedValue.Present(number.longValue())
          : new MappedValue.Failed("the number does not fit into 64 bits");
    }
    boolean known =
        value instanceof String
            || value instanceof Boolean
            || value instanceof Long
            || value instanceof Double
            || value instanceof Instant
            || value instanceof List
            || value instanceof Map;
    return known
        ? new MappedValue.Present(value)
        : new MappedValue.Failed("the expression gives a value that no attribute can hold");
  }

  private static String reason(CelErrorCode code) {
    return switch (code) {
      case INDEX_OUT_OF_BOUNDS -> "a list or text is shorter than the index";
      case DIVIDE_BY_ZERO -> "division by zero";
      case NUMERIC_OVERFLOW -> "a number is too large";
      case BAD_FORMAT -> "a text does not have the format that is needed";
      case OVERLOAD_NOT_FOUND -> OTHER_TYPE;
      case ITERATION_BUDGET_EXCEEDED -> "a list is too long";
      default -> "a function cannot take this value";
    };
  }

  private static String place(SourceText source, String message) {
    Matcher place = PLACE.matcher(message == null ? "" : message);
    return place.find() ? ", at " + source.position(Integer.parseInt(place.group(1))) : "";
  }
}
