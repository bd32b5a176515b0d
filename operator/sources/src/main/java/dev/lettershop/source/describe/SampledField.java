package dev.lettershop.source.describe;

import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.profile.PlainText;
import dev.lettershop.source.clean.Converted;
import dev.lettershop.source.clean.Timestamps;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One field of the records of a sample: what its values have in common, and none of them. */
public final class SampledField {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** A zero in front says that a number is a name, such as a postcode or a key. */
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+[.][0-9]+");

  private static final Set<String> TRUTH = Set.of("true", "false", "yes", "no", "y", "n");

  /** What is called so is a name, even where all of it are digits. */
  private static final Pattern NAME =
      Pattern.compile("(?i).*(zip|postal|postcode|plz|phone|mobile|fax|iban|barcode|sku).*");

  /** What is called so holds a date, even where spreadsheets have left the number of a day. */
  private static final Pattern DATE =
      Pattern.compile(
          "(?i).*(date|datum|birthday|geburtstag|since|seit|created|updated|seen|active|_at| at|time"
              + "|timestamp)");

  /** What is called so holds several words, however many the sample shows. */
  private static final Pattern LIST =
      Pattern.compile("(?i)tags|labels|interests|groups|lists|segments|categories|keywords");

  /** Unix time in seconds or milliseconds, from 2001 on. */
  private static final Pattern UNIX = Pattern.compile("[1-4][0-9]{9}([0-9]{3})?");

  private static final Pattern SERIAL = Pattern.compile("[2-7][0-9]{4}([.][0-9]{1,12})?");

  private final List<String> path;
  private final AttributeType known;
  private final Set<AttributeType> possible = EnumSet.allOf(AttributeType.class);
  private final Set<Integer> distinct = new HashSet<>();
  private long filled;
  private boolean addresses = true;
  private boolean serials = true;

  /**
   * @param known type that the source declares, or null
   */
  SampledField(List<String> path, AttributeType known) {
    this.path = List.copyOf(path);
    this.known = known;
  }

  void take(Object value) {
    if (value == null || (value instanceof String text && PlainText.isBlank(text))) {
      return;
    }
    filled++;
    distinct.add(value.hashCode());
    addresses &= value instanceof String text && text.indexOf('@') > 0 && !text.contains(" ");
    serials &= value instanceof String text && SERIAL.matcher(PlainText.line(text)).matches();
    possible.retainAll(types(value));
  }

  /** Whether its values are days as spreadsheets count them, from 1899-12-30 on. */
  public boolean holdsDayNumbers() {
    return filled > 0 && serials && DATE.matcher(path.get(path.size() - 1)).matches();
  }

  private static Set<AttributeType> types(Object value) {
    if (value instanceof Boolean) {
      return EnumSet.of(AttributeType.Boolean);
    }
    if (value instanceof Long number) {
      EnumSet<AttributeType> types = EnumSet.of(AttributeType.Integer, AttributeType.Double);
      if (UNIX.matcher(number.toString()).matches()) {
        types.add(AttributeType.Timestamp);
      }
      return types;
    }
    if (value instanceof Number) {
      return EnumSet.of(AttributeType.Double);
    }
    if (value instanceof Instant) {
      return EnumSet.of(AttributeType.Timestamp);
    }
    if (value instanceof List<?>) {
      return EnumSet.of(AttributeType.StringList);
    }
    if (value instanceof Map<?, ?>) {
      return EnumSet.noneOf(AttributeType.class);
    }
    return text(PlainText.line(value.toString()));
  }

  private static Set<AttributeType> text(String text) {
    if (WHOLE.matcher(text).matches()) {
      EnumSet<AttributeType> types =
          EnumSet.of(AttributeType.Integer, AttributeType.Double, AttributeType.String);
      if (UNIX.matcher(text).matches()) {
        types.add(AttributeType.Timestamp);
      }
      return types;
    }
    if (DECIMAL.matcher(text).matches()) {
      return EnumSet.of(AttributeType.Double, AttributeType.String);
    }
    if (TRUTH.contains(text.toLowerCase(Locale.ROOT))) {
      return EnumSet.of(AttributeType.Boolean, AttributeType.String);
    }
    return text.length() >= 8 && Timestamps.parse(text, null) instanceof Converted.Value
        ? EnumSet.of(AttributeType.Timestamp, AttributeType.String)
        : EnumSet.of(AttributeType.String);
  }

  /** Names of the objects that it stands in, and its own. */
  public List<String> path() {
    return path;
  }

  /** In how many records it has a value. */
  public long filled() {
    return filled;
  }

  /** Whether every value is another one. */
  public boolean unique() {
    return filled > 1 && distinct.size() == filled;
  }

  /** Whether every value looks like an e-mail address. */
  public boolean holdsAddresses() {
    return filled > 0 && addresses;
  }

  /** The narrowest type that all values have; null when there is none, or nothing was seen. */
  public AttributeType type() {
    if (known != null) {
      return known;
    }
    if (filled == 0) {
      return null;
    }
    if (holdsDayNumbers()) {
      return AttributeType.Timestamp;
    }
    String name = path.get(path.size() - 1);
    if (possible.contains(AttributeType.Timestamp) && DATE.matcher(name).matches()) {
      return AttributeType.Timestamp;
    }
    if (possible.contains(AttributeType.String) && LIST.matcher(name).matches()) {
      return AttributeType.StringList;
    }
    if (possible.contains(AttributeType.String) && NAME.matcher(name).matches()) {
      return AttributeType.String;
    }
    for (AttributeType type :
        List.of(
            AttributeType.Boolean,
            AttributeType.Integer,
            AttributeType.Double,
            AttributeType.Timestamp,
            AttributeType.StringList,
            AttributeType.String)) {
      if (possible.contains(type)) {
        return type;
      }
    }
    return null;
  }

  /** How a mapping's CEL makes a value of its type. */
  public String value() {
    return holdsDayNumbers()
        ? "%1$s == '' ? dyn('') : dyn(timestamp(int((double(%1$s) - 25569.0) * 86400.0)))"
            .formatted(cel())
        : cel();
  }

  /** How a mapping's CEL reads it. */
  public String cel() {
    return "record"
        + path.stream()
            .map(
                name ->
                    IDENTIFIER.matcher(name).matches()
                        ? "." + name
                        : "['" + name.replace("\\", "\\\\").replace("'", "\\'") + "']")
            .collect(Collectors.joining());
  }
}
