package dev.lettershop.source.clean;

import dev.lettershop.api.v1alpha1.field.DateOrder;
import dev.lettershop.api.v1alpha1.field.MissingPolicy;
import dev.lettershop.api.v1alpha1.field.Unlisted;
import dev.lettershop.profile.PlainText;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How the values of one field are tidied.
 *
 * @param text brings text that means the same to the same form
 * @param dates order of dates of numbers only; null when such dates are invalid
 * @param numbers null when only plain numbers are valid
 * @param absent texts that stand for nothing, in lower case
 * @param byDefault text to take where there is none, or null
 * @param missing what a record without a value is
 * @param table what values stand for, by the text in lower case
 * @param unlisted what a value is that the table does not list
 * @param onInvalid what becomes of a value that cannot be used
 */
public record FieldCleaning(
    TextCleaning text,
    DateOrder dates,
    LocalNumbers numbers,
    Set<String> absent,
    String byDefault,
    MissingPolicy missing,
    Map<String, String> table,
    Unlisted unlisted,
    InvalidValues onInvalid) {

  private static final Converted MISSING = Converted.invalid("is missing");
  private static final Converted UNLISTED =
      Converted.invalid("is not in the table of values that the source declares");

  /** One field's text, and the record for what it depends on. */
  @FunctionalInterface
  public interface TextCleaning {
    Converted clean(String text, Map<String, Object> record);
  }

  /** The same, where a value that cannot be used costs the record. */
  public FieldCleaning costingTheRecord() {
    return new FieldCleaning(
        text,
        dates,
        numbers,
        absent,
        byDefault,
        missing,
        table,
        unlisted,
        InvalidValues.CostTheRecord);
  }

  /** The value with the default in the place of nothing; strips text. */
  public Object present(Object value) {
    if (value instanceof String text) {
      String stripped = PlainText.of(text);
      boolean none =
          stripped.isEmpty()
              || !absent.isEmpty()
                  && absent.contains(PlainText.line(stripped).toLowerCase(Locale.ROOT));
      return none ? byDefault : stripped;
    }
    return value == null ? byDefault : value;
  }

  /** What having no value means. */
  public Converted none() {
    return missing == MissingPolicy.Invalid ? MISSING : Converted.ABSENT;
  }

  /** What a value stands for. */
  public Converted listed(String value) {
    if (table.isEmpty()) {
      return Converted.of(value);
    }
    String found = table.get(PlainText.line(value).toLowerCase(Locale.ROOT));
    if (found != null) {
      return Converted.of(found);
    }
    boolean target = unlisted == Unlisted.Keep || table.containsValue(value);
    return target ? Converted.of(value) : UNLISTED;
  }
}
