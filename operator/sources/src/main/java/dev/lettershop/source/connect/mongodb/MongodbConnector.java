package dev.lettershop.source.connect.mongodb;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.lettershop.api.v1alpha1.source.MongodbSource;
import dev.lettershop.source.connect.Connector;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.connect.Credentials;
import dev.lettershop.source.connect.JsonRecords;
import dev.lettershop.source.connect.Pull;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.json.JsonParseException;

/** Reads one collection. */
public final class MongodbConnector implements Connector {
  private static final int CONNECT_SECONDS = 10;
  private static final int READ_SECONDS = 300;

  private final MongodbSource source;
  private final Credentials credentials;
  private final BsonDocument filter;

  private MongodbConnector(MongodbSource source, Credentials credentials, BsonDocument filter) {
    this.source = source;
    this.credentials = credentials;
    this.filter = filter;
  }

  /**
   * @throws ConnectorException when the filter is not extended JSON
   */
  public static MongodbConnector of(MongodbSource source, Credentials credentials)
      throws ConnectorException {
    try {
      BsonDocument filter =
          source.filter() == null ? new BsonDocument() : BsonDocument.parse(source.filter());
      return new MongodbConnector(source, credentials, filter);
    } catch (JsonParseException | org.bson.BsonInvalidOperationException e) {
      throw ConnectorException.misconfigured(
          "spec.mongodb.filter",
          "is not an object in extended JSON",
          "write it like {\"active\": true}",
          e);
    }
  }

  @Override
  public String origin() {
    return JsonRecords.write(
        List.of(
            "mongodb",
            source.database(),
            source.collection(),
            filter.toJson(),
            source.changeStream()));
  }

  @Override
  public Pull open(String position) throws ConnectorException {
    MongodbPosition from =
        position == null
            ? MongodbPosition.START
            : JsonRecords.position(position, MongodbPosition.class);
    MongoClient client = client();
    try {
      MongoCollection<BsonDocument> collection =
          client
              .getDatabase(source.database())
              .getCollection(source.collection(), BsonDocument.class);
      return MongodbPull.open(client, collection, filter, source.changeStream(), from);
    } catch (MongoException e) {
      client.close();
      throw MongodbFailures.of(e);
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }

  private MongoClient client() throws ConnectorException {
    String field = "spec.mongodb.uriSecretRef";
    String uri =
        credentials.require(field, source.uriSecretRef().name(), source.uriSecretRef().key());
    try {
      return MongoClients.create(
          MongoClientSettings.builder()
              .applicationName("lettershop")
              .applyToSocketSettings(
                  socket ->
                      socket
                          .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                          .readTimeout(READ_SECONDS, TimeUnit.SECONDS))
              .applyToClusterSettings(
                  cluster -> cluster.serverSelectionTimeout(CONNECT_SECONDS, TimeUnit.SECONDS))
              .applyConnectionString(new ConnectionString(uri))
              .build());
    } catch (IllegalArgumentException | MongoException e) {
      // Its message would quote the connection string, with the password.
      throw ConnectorException.misconfigured(
          field,
          "the Secret holds no connection string that can be used",
          "write it as mongodb://user:password@host:27017/?tls=true",
          null);
    }
  }
}
