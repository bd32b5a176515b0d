package dev.lettershop.source.clean;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.profile.PlainText;
import dev.lettershop.source.connect.JsonRecords;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Turns what a file holds into the type that the schema declares. Strict where a guess could be
 * wrong: {@code 1.234,56}, {@code 12 €} and {@code 01/02/2026} are refused unless the source
 * declares how it writes them. Text is stripped; empty text is absent.
 */
public final class TypeConversion {
  private static final Converted TRUE = Converted.of(true);
  private static final Converted FALSE = Converted.of(false);
  private static final Converted NO_INTEGER = Converted.invalid("is not a whole number");
  private static final Converted NO_NUMBER =
      Converted.invalid(
          "is not a plain number such as 1234.56; declare the locale in normalise.numbers, or map it");

  private static final Converted NO_LOCAL =
      Converted.invalid("is not a number as the declared locale writes it");

  /**
   * Converts one value.
   *
   * @param value text, or what JSON or a mapping gives; null is absent
   */
  public Converted convert(AttributeType type, Object value, FieldCleaning tidying) {
    if (value == null) {
      return Converted.ABSENT;
    }
    if (value instanceof String text) {
      String stripped = PlainText.of(text);
      return stripped.isEmpty() ? Converted.ABSENT : fromText(type, stripped, tidying);
    }
    return switch (type) {
      case String -> text(value);
      case Boolean -> value instanceof Boolean ? Converted.of(value) : wrong("true or false");
      case Integer -> integer(value);
      case Double -> value instanceof Number number ? finite(number) : wrong("a number");
      case Timestamp -> timestamp(value);
      case StringList -> value instanceof List<?> list ? strings(list) : wrong("a list of text");
    };
  }

  private Converted fromText(AttributeType type, String text, FieldCleaning tidying) {
    return switch (type) {
      case String -> storable(text);
      case Boolean -> bool(PlainText.line(text));
      case Integer -> figures(PlainText.line(text), tidying, TypeConversion::integer);
      case Double -> figures(PlainText.line(text), tidying, TypeConversion::number);
      case Timestamp -> Timestamps.parse(PlainText.line(text), tidying.dates());
      case StringList -> list(text);
    };
  }

  /** Reads plain figures, into which a declared locale's number is brought first. */
  private static Converted figures(
      String text, FieldCleaning tidying, Function<String, Converted> reading) {
    if (tidying.numbers() == null) {
      return reading.apply(text);
    }
    return tidying.numbers().plain(text) instanceof Converted.Value plain
        ? reading.apply((String) plain.value())
        : NO_LOCAL;
  }

  private static Converted storable(String text) {
    return Storable.faultAt(text) < 0
        ? Converted.of(text)
        : Converted.invalid("holds a NUL character or half of a character");
  }

  private static Converted bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "y", "1" -> TRUE;
      case "false", "no", "n", "0" -> FALSE;
      default -> Converted.invalid("is none of true, false, yes, no, y, n, 1, 0");
    };
  }

  private static Converted integer(String text) {
    int end = text.length();
    int point = text.indexOf('.');
    if (point > 0 && text.substring(point + 1).chars().allMatch(c -> c == '0')) {
      end = point;
    }
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean sign = i == 0 && end > 1 && (c == '-' || c == '+');
      if (!sign && (c < '0' || c > '9')) {
        return NO_INTEGER;
      }
    }
    try {
      return Converted.of(Long.parseLong(text.substring(0, end)));
    } catch (NumberFormatException tooLarge) {
      return Converted.invalid("is a whole number of more than 64 bits");
    }
  }

  private static Converted number(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e';
      if (!plain && c != 'E') {
        return NO_NUMBER;
      }
    }
    try {
      return finite(Double.parseDouble(text));
    } catch (NumberFormatException malformed) {
      return NO_NUMBER;
    }
  }

  private static Converted list(String text) {
    if (text.startsWith("[")) {
      try {
        return JsonRecords.value(JsonRecords.read(text)) instanceof List<?> values
            ? strings(values)
            : wrong("a list");
      } catch (JsonProcessingException other) {
        return text.endsWith("]")
            ? strings(ListText.split(text))
            : Converted.invalid("starts like a list and does not end like one");
      }
    }
    return strings(ListText.split(text));
  }

  private static Converted strings(List<?> values) {
    List<String> strings = new ArrayList<>(values.size());
    for (Object value : values) {
      Converted element = value instanceof String text ? storable(PlainText.of(text)) : text(value);
      if (element instanceof Converted.Invalid) {
        return element;
      }
      String string = (String) ((Converted.Value) element).value();
      if (!string.isEmpty()) {
        strings.add(string);
      }
    }
    return strings.isEmpty() ? Converted.ABSENT : Converted.of(List.copyOf(strings));
  }

  private static Converted text(Object value) {
    if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e21) {
      return Converted.of(new BigDecimal(number).toPlainString());
    }
    boolean plain = value instanceof Number || value instanceof Boolean || value instanceof Instant;
    return plain ? Converted.of(value.toString()) : wrong("text");
  }

  private static Converted integer(Object value) {
    if (value instanceof Long || value instanceof Integer) {
      return Converted.of(((Number) value).longValue());
    }
    boolean whole =
        value instanceof Double number
            && number == Math.rint(number)
            && Math.abs(number) <= 9_007_199_254_740_992.0;
    return whole ? Converted.of(((Double) value).longValue()) : NO_INTEGER;
  }

  private static Converted timestamp(Object value) {
    if (value instanceof Instant) {
      return Converted.of(value);
    }
    if (value instanceof Long number) {
      return Timestamps.ofUnixTime(number);
    }
    return wrong("a time");
  }

  private static Converted finite(Number number) {
    double value = number.doubleValue();
    return Double.isFinite(value)
        ? Converted.of(value)
        : Converted.invalid("is not a finite number");
  }

  private static Converted wrong(String wanted) {
    return Converted.invalid("is not " + wanted);
  }
}
