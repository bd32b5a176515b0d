package dev.lettershop.source.connect.jdbc;

import dev.lettershop.source.connect.ConnectorException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/**
 * Failures of drivers in words. The driver's own words are kept out, as they quote values; what
 * helps is kept in: the SQLSTATE (ISO 9075-2), which database manuals list.
 */
final class JdbcFailures {
  /** Invalid authorisation; the other states of its class as well. */
  private static final String LOGIN = "28";

  /** Syntax error or access rule violation, of which names that do not exist are a part. */
  private static final String SYNTAX = "42";

  private static final Set<String> MARIADB_LOGIN = Set.of("28000");

  private JdbcFailures() {}

  static ConnectorException of(SQLException failure) {
    String state = failure.getSQLState() == null ? "none" : failure.getSQLState();
    if (state.startsWith(LOGIN) || MARIADB_LOGIN.contains(state)) {
      return ConnectorException.misconfigured(
          "spec.jdbc.credentialsSecretRef",
          "the database refuses the login (SQLSTATE " + state + ")",
          "check user, password and the user's rights",
          failure);
    }
    if (state.startsWith(SYNTAX)) {
      return ConnectorException.misconfigured(
          "spec.jdbc.query",
          "the database does not accept the query (SQLSTATE "
              + state
              + place(failure)
              + "): syntax, a name that does not exist, or a missing right",
          "run it with a client of the database, as the same user",
          failure);
    }
    if (isTls(failure)) {
      return ConnectorException.misconfigured(
          "spec.jdbc.tls",
          "no encrypted connection that can be trusted could be made",
          "give the CA in tls.caSecretRef, or the mode that the server can do",
          failure);
    }
    if (isTemporary(failure, state)) {
      return ConnectorException.unavailable(
          "spec.jdbc.url",
          "the database cannot be reached, or the connection broke (SQLSTATE " + state + ")",
          "check host and port, whether it is up, and network policies",
          failure);
    }
    return ConnectorException.misconfigured(
        "spec.jdbc.query",
        "the database failed (SQLSTATE " + state + ", " + failure.getClass().getSimpleName() + ")",
        "run the query with a client of the database, as the same user",
        failure);
  }

  private static String place(SQLException failure) {
    return failure instanceof org.postgresql.util.PSQLException postgres
            && postgres.getServerErrorMessage() != null
            && postgres.getServerErrorMessage().getPosition() > 0
        ? ", at character " + postgres.getServerErrorMessage().getPosition()
        : "";
  }

  private static boolean isTls(SQLException failure) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof javax.net.ssl.SSLException
          || cause instanceof java.security.cert.CertificateException) {
        return true;
      }
    }
    // PostgreSQL's driver has no state for these; the words are names, which it does not translate.
    String message = String.valueOf(failure.getMessage());
    return message.contains("does not support SSL") || message.contains("HostnameVerifier");
  }

  /** Connection, transaction rollback, resources, operator intervention. */
  private static boolean isTemporary(SQLException failure, String state) {
    return failure instanceof SQLTransientException
        || failure instanceof SQLRecoverableException
        || failure instanceof SQLNonTransientConnectionException
        || state.startsWith("08")
        || state.startsWith("40")
        || state.startsWith("53")
        || state.startsWith("57")
        || hasIoCause(failure);
  }

  private static boolean hasIoCause(SQLException failure) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof java.io.IOException) {
        return true;
      }
    }
    return false;
  }
}
