package dev.lettershop.source.mongodb;

import com.mongodb.MongoException;
import com.mongodb.client.ChangeStreamIterable;
import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import com.mongodb.client.model.changestream.FullDocument;
import dev.lettershop.source.connector.Column;
import dev.lettershop.source.connector.ConnectorException;
import dev.lettershop.source.connector.JsonRecords;
import dev.lettershop.source.connector.Pull;
import dev.lettershop.source.connector.PulledRecord;
import dev.lettershop.source.connector.Reached;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.conversions.Bson;

/**
 * The documents, or changes, of one reading.
 *
 * <p>With a change stream, its token is taken before the first document is read: what changes
 * meanwhile comes again as a change, and nothing is missed.
 */
final class MongodbPull implements Pull {
  private static final int BATCH = 1000;
  private static final int WAIT_MILLIS = 500;

  /** ChangeStreamHistoryLost, ChangeStreamFatalError, InvalidResumeToken. */
  private static final List<Integer> HISTORY_LOST = List.of(286, 280, 260);

  private final MongoClient client;
  private final boolean following;
  private final MongoCursor<BsonDocument> documents;
  private final MongoChangeStreamCursor<ChangeStreamDocument<BsonDocument>> changes;
  private BsonValue lastId;
  private String token;
  private boolean ended;
  private Instant newest;
  private long count;

  private MongodbPull(
      MongoClient client,
      MongoCursor<BsonDocument> documents,
      MongoChangeStreamCursor<ChangeStreamDocument<BsonDocument>> changes,
      BsonValue lastId,
      String token) {
    this.client = client;
    this.documents = documents;
    this.changes = changes;
    this.following = changes != null;
    this.lastId = lastId;
    this.token = token;
  }

  static MongodbPull open(
      MongoClient client,
      MongoCollection<BsonDocument> collection,
      BsonDocument filter,
      boolean changeStream,
      MongodbPosition from) {
    if (from.following()) {
      try {
        return new MongodbPull(
            client, null, watch(collection, filter, from.token()).cursor(), null, from.token());
      } catch (MongoException e) {
        if (!HISTORY_LOST.contains(e.getCode())) {
          throw e;
        }
        // The changes that were missed are gone: everything is read once more.
        return open(client, collection, filter, changeStream, MongodbPosition.START);
      }
    }
    String token = from.token();
    if (changeStream && token == null) {
      try (var beginning = watch(collection, filter, null).cursor()) {
        beginning.tryNext();
        token = beginning.getResumeToken().toJson();
      }
    }
    BsonValue last = from.id() == null ? null : BsonDocument.parse(from.id()).get("_id");
    Bson query = last == null ? filter : Filters.and(filter, Filters.gt("_id", last));
    MongoCursor<BsonDocument> documents =
        collection.find(query).sort(Sorts.ascending("_id")).batchSize(BATCH).cursor();
    return new MongodbPull(client, documents, null, last, token);
  }

  private static ChangeStreamIterable<BsonDocument> watch(
      MongoCollection<BsonDocument> collection, BsonDocument filter, String token) {
    ChangeStreamIterable<BsonDocument> stream =
        collection
            .watch(ChangeFilter.pipeline(filter), BsonDocument.class)
            .fullDocument(FullDocument.UPDATE_LOOKUP)
            .maxAwaitTime(WAIT_MILLIS, TimeUnit.MILLISECONDS);
    return token == null ? stream : stream.resumeAfter(BsonDocument.parse(token));
  }

  @Override
  public PulledRecord next() throws ConnectorException {
    try {
      return following ? change() : document();
    } catch (MongoException e) {
      throw MongodbFailures.of(e);
    }
  }

  private PulledRecord document() {
    if (!documents.hasNext()) {
      ended = true;
      return null;
    }
    BsonDocument document = documents.next();
    lastId = document.get("_id");
    return record(document);
  }

  private PulledRecord change() {
    ChangeStreamDocument<BsonDocument> change = changes.tryNext();
    if (changes.getResumeToken() != null) {
      token = changes.getResumeToken().toJson();
    }
    while (change != null && change.getFullDocument() == null) {
      // Gone again by the time that it was looked up.
      change = changes.tryNext();
    }
    if (change == null) {
      return null;
    }
    token = change.getResumeToken().toJson();
    if (change.getClusterTime() != null) {
      newest = Instant.ofEpochSecond(change.getClusterTime().getTime());
    }
    return record(change.getFullDocument());
  }

  private PulledRecord record(BsonDocument document) {
    count++;
    BsonValue id = document.get("_id");
    boolean generated = id != null && id.isObjectId();
    if (generated && !following) {
      Instant made = id.asObjectId().getValue().getDate().toInstant();
      newest = newest == null || made.isAfter(newest) ? made : newest;
    }
    // Ids of other types may be personal.
    String place = generated ? id.asObjectId().getValue().toHexString() : "document " + count;
    return PulledRecord.of(place, BsonRecords.fields(document));
  }

  @Override
  public List<Column> columns() {
    return null;
  }

  @Override
  public String position() {
    Map<String, Object> position = new LinkedHashMap<>();
    if (token != null) {
      position.put("token", token);
    }
    if (following || (ended && token != null)) {
      position.put("following", true);
    } else if (lastId != null) {
      position.put("id", new BsonDocument("_id", lastId).toJson());
    } else {
      return null;
    }
    return JsonRecords.write(position);
  }

  @Override
  public Reached reached() {
    boolean generated = lastId != null && lastId.isObjectId();
    return new Reached(
        generated ? lastId.asObjectId().getValue().toHexString() : null, newest, null);
  }

  @Override
  public void close() {
    client.close();
  }
}
