package dev.lettershop.source.connect.mongodb;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import dev.lettershop.source.connect.ConnectorException;

/** Failures of the driver in words; its own would quote documents. */
final class MongodbFailures {
  private static final int UNAUTHORIZED = 13;
  private static final int BAD_VALUE = 2;
  private static final int NO_REPLICA_SET = 40573;

  private MongodbFailures() {}

  static ConnectorException of(MongoException failure) {
    if (failure instanceof MongoSecurityException || failure.getCode() == UNAUTHORIZED) {
      return ConnectorException.misconfigured(
          "spec.mongodb.uriSecretRef",
          "the server refuses the login, or the user may not read the collection",
          "check user, password and roles",
          failure);
    }
    if (failure.getCode() == NO_REPLICA_SET) {
      return ConnectorException.misconfigured(
          "spec.mongodb.changeStream",
          "the server has no change streams: it is not a replica set",
          "set changeStream: false, or make it a replica set",
          failure);
    }
    if (failure instanceof MongoCommandException) {
      return ConnectorException.misconfigured(
          failure.getCode() == BAD_VALUE ? "spec.mongodb.filter" : "spec.mongodb",
          "the server does not accept the query (code " + failure.getCode() + ")",
          "check the filter with a client of the database",
          failure);
    }
    return ConnectorException.unavailable(
        "spec.mongodb.uriSecretRef",
        "the server cannot be reached, or does not answer ("
            + failure.getClass().getSimpleName()
            + ")",
        "check host and port, TLS, and network policies",
        failure);
  }
}
