package dev.lettershop.source.map;

import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.profile.Product;
import dev.lettershop.source.clean.Converted;
import dev.lettershop.store.load.product.LoadedProduct;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Makes a product of a record. Fields: the identity key, {@code name}, {@code description}, {@code
 * url}, {@code image_url}, {@code price}, {@code currency}, {@code category} and {@code available}.
 *
 * <p>A record without an id is rejected. One that does not say whether it is available is; one that
 * says so in a way that is not understood is not, because rather one product too few is shown than
 * one that nobody can buy. Whatever else cannot be used is left out and counted.
 */
public final class ProductMapper implements RecordMapper<LoadedProduct> {
  private static final int MAX_ID = 200;
  private static final int MAX_TEXT = 2000;
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final Pattern URL = Pattern.compile("https?://\\S{1,2000}");

  private final DroppedValues dropped = new DroppedValues();
  private final Field id;
  private final Field name;
  private final Field description;
  private final Field url;
  private final Field imageUrl;
  private final Field price;
  private final Field currency;
  private final Field category;
  private final Field available;

  /**
   * @param identityKey field that says which product
   */
  public ProductMapper(String identityKey, Fields fields) {
    this.id = fields.plain(identityKey, AttributeType.String);
    this.name = fields.plain("name", AttributeType.String);
    this.description = fields.plain("description", AttributeType.String);
    this.url = fields.plain("url", AttributeType.String);
    this.imageUrl = fields.plain("image_url", AttributeType.String);
    this.price = fields.plain("price", AttributeType.Double);
    this.currency = fields.plain("currency", AttributeType.String);
    this.category = fields.plain("category", AttributeType.String);
    this.available = fields.plain("available", AttributeType.Boolean);
  }

  /** None: what else a catalogue says is the business of the shop. */
  @Override
  public Map<String, Long> unknownColumns() {
    return Map.of();
  }

  @Override
  public DroppedValues dropped() {
    return dropped;
  }

  @Override
  public Mapped<LoadedProduct> map(String position, Map<String, Object> record) {
    Converted given = id.of(record);
    if (given instanceof Converted.Invalid invalid) {
      return new Mapped.Rejected<>(id.name(), invalid.reason());
    }
    if (!(given instanceof Converted.Value named)) {
      return new Mapped.Rejected<>(id.name(), "is missing: nobody knows which product it is");
    }
    if (((String) named.value()).length() > MAX_ID) {
      return new Mapped.Rejected<>(id.name(), "is longer than " + MAX_ID + " characters");
    }
    return new Mapped.Row<>(
        new LoadedProduct(
            position,
            new Product(
                (String) named.value(),
                text(category, position, record),
                display(position, record)),
            isAvailable(position, record)));
  }

  private Product.Display display(String position, Map<String, Object> record) {
    Object cost =
        value(
            price, position, record, number -> Double.isFinite((Double) number), "is not a number");
    return new Product.Display(
        text(name, position, record),
        text(description, position, record),
        text(url, position, record, URL, "is not an address with http or https"),
        text(imageUrl, position, record, URL, "is not an address with http or https"),
        (Double) cost,
        text(currency, position, record, CURRENCY, "is not a currency such as EUR"));
  }

  private boolean isAvailable(String position, Map<String, Object> record) {
    Converted said = available.of(record);
    if (said instanceof Converted.Invalid invalid) {
      dropped.drop(available.name(), position, invalid.reason());
      return false;
    }
    return !(said instanceof Converted.Value value) || (Boolean) value.value();
  }

  private String text(Field field, String position, Map<String, Object> record) {
    return (String)
        value(
            field,
            position,
            record,
            text -> ((String) text).length() <= MAX_TEXT,
            "is longer than " + MAX_TEXT + " characters");
  }

  private String text(
      Field field, String position, Map<String, Object> record, Pattern form, String fault) {
    return (String)
        value(field, position, record, text -> form.matcher((String) text).matches(), fault);
  }

  /** Null when there is none, or it cannot be used. */
  private Object value(
      Field field,
      String position,
      Map<String, Object> record,
      Predicate<Object> fits,
      String fault) {
    Converted given = field.of(record);
    if (given instanceof Converted.Absent) {
      return null;
    }
    if (given instanceof Converted.Value value && fits.test(value.value())) {
      return value.value();
    }
    dropped.drop(
        field.name(),
        position,
        given instanceof Converted.Invalid invalid ? invalid.reason() : fault);
    return null;
  }
}
