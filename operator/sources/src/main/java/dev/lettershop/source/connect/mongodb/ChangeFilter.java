package dev.lettershop.source.connect.mongodb;

import java.util.List;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;

/**
 * A filter of documents as one of changes: what it asks of fields, it asks of the full document.
 */
final class ChangeFilter {
  private static final Set<String> COMBINING = Set.of("$and", "$or", "$nor");
  private static final List<String> OPERATIONS = List.of("insert", "update", "replace");

  private ChangeFilter() {}

  static List<Bson> pipeline(BsonDocument filter) {
    BsonArray operations = new BsonArray();
    OPERATIONS.forEach(operation -> operations.add(new BsonString(operation)));
    BsonDocument match = new BsonDocument("operationType", new BsonDocument("$in", operations));
    match.putAll(moved(filter));
    return List.of(new BsonDocument("$match", match));
  }

  static BsonDocument moved(BsonDocument filter) {
    BsonDocument moved = new BsonDocument();
    filter.forEach(
        (name, condition) -> {
          if (COMBINING.contains(name) && condition.isArray()) {
            BsonArray parts = new BsonArray();
            for (BsonValue part : condition.asArray()) {
              parts.add(part.isDocument() ? moved(part.asDocument()) : part);
            }
            moved.put(name, parts);
          } else {
            moved.put(name.startsWith("$") ? name : "fullDocument." + name, condition);
          }
        });
    return moved;
  }
}
