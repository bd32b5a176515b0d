package dev.lettershop.source.connect.mongodb;

import dev.lettershop.profile.PlainText;
import dev.lettershop.source.connect.ExactNumber;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** BSON as records: what JSON has no type for becomes text, times become times. */
final class BsonRecords {
  private BsonRecords() {}

  static Map<String, Object> fields(BsonDocument document) {
    Map<String, Object> fields = new LinkedHashMap<>();
    document.forEach(
        (name, member) -> {
          Object value = value(member);
          if (value != null) {
            fields.put(PlainText.line(name), value);
          }
        });
    return fields;
  }

  private static Object value(BsonValue value) {
    return switch (value.getBsonType()) {
      case NULL, UNDEFINED -> null;
      case DOUBLE -> value.asDouble().getValue();
      case INT32 -> (long) value.asInt32().getValue();
      case INT64 -> value.asInt64().getValue();
      case BOOLEAN -> value.asBoolean().getValue();
      case DATE_TIME -> Instant.ofEpochMilli(value.asDateTime().getValue());
      case TIMESTAMP -> Instant.ofEpochSecond(value.asTimestamp().getTime());
      case STRING -> value.asString().getValue();
      case OBJECT_ID -> value.asObjectId().getValue().toHexString();
      case DECIMAL128 -> decimal(value);
      case BINARY -> Base64.getEncoder().encodeToString(value.asBinary().getData());
      case SYMBOL -> value.asSymbol().getSymbol();
      case DOCUMENT -> fields(value.asDocument());
      case ARRAY -> list(value.asArray());
      default -> null;
    };
  }

  private static Object decimal(BsonValue value) {
    var decimal = value.asDecimal128().getValue();
    if (decimal.isNaN() || decimal.isInfinite()) {
      return null;
    }
    BigDecimal exact;
    try {
      exact = decimal.bigDecimalValue();
    } catch (ArithmeticException negativeZero) {
      return 0L;
    }
    return ExactNumber.number(exact);
  }

  private static List<Object> list(List<BsonValue> values) {
    List<Object> list = new ArrayList<>(values.size());
    for (BsonValue element : values) {
      Object value = value(element);
      if (value != null) {
        list.add(value);
      }
    }
    return list;
  }
}
