package dev.lettershop.store.database;

import dev.lettershop.store.database.StoreException.Kind;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.net.ssl.SSLException;

/**
 * Turns what the driver reports into what somebody can act on. The server's own words are repeated
 * only where they cannot hold a value of a row.
 */
final class Failures {

  private final StoreSettings settings;

  Failures(StoreSettings settings) {
    this.settings = settings;
  }

  StoreException of(String doing, Exception failure) {
    if (failure instanceof StoreException known) {
      return known;
    }
    SQLException sql = find(failure, SQLException.class);
    if (sql == null) {
      return make(Kind.Failed, doing, failure.getClass().getSimpleName(), "see the cause", failure);
    }
    if (sql instanceof SQLTransientConnectionException) {
      return make(
          Kind.Unreachable,
          doing,
          "no connection could be had in time",
          "check that the server runs and takes enough connections",
          failure);
    }
    String state = sql.getSQLState() == null ? "" : sql.getSQLState();
    SSLException tls = find(failure, SSLException.class);
    if (tls != null) {
      return tls(doing, tls.getMessage(), failure);
    }
    if (state.equals("55P03")) {
      return make(
          Kind.Conflict, doing, "a lock could not be had in time", "try again later", failure);
    }
    return switch (state.length() >= 2 ? state.substring(0, 2) : "") {
      case "08" -> connection(doing, sql, failure);
      case "28" -> login(doing, state, sql, failure);
      case "3D" ->
          make(
              Kind.Misconfigured,
              doing,
              "no database has that name",
              "create it, or correct postgresql.database",
              failure);
      case "42", "3F" -> definition(doing, state, sql, failure);
      case "40" -> make(Kind.Conflict, doing, "another transaction was in the way", "retry", null);
      case "53" -> resources(doing, sql, failure);
      case "57" ->
          make(
              Kind.Unreachable,
              doing,
              "the server ended the session (" + sql.getMessage() + ")",
              "try again when it is up",
              failure);
      default ->
          make(
              Kind.Failed,
              doing,
              "the server refused it with SQLSTATE " + (state.isEmpty() ? "none" : state),
              "the server's log says more",
              withoutValues(sql));
    };
  }

  private StoreException connection(String doing, SQLException sql, Exception failure) {
    if (find(failure, UnknownHostException.class) != null) {
      return make(
          Kind.Unreachable,
          doing,
          "the host name is not known",
          "check postgresql.host and the DNS",
          failure);
    }
    // The driver has no state for these; the words are names, which it does not translate.
    String message = String.valueOf(sql.getMessage());
    if (message.contains("SSL") || message.contains("HostnameVerifier")) {
      return tls(doing, sql.getMessage(), failure);
    }
    return make(
        Kind.Unreachable,
        doing,
        "the server does not answer",
        "check that it runs, and postgresql.host and postgresql.port",
        failure);
  }

  private StoreException tls(String doing, String detail, Exception failure) {
    return make(
        Kind.Misconfigured,
        doing,
        "TLS in mode " + settings.tls() + " failed (" + detail + ")",
        "check postgresql.tls: the mode, and that caSecretRef holds the server's authority",
        failure);
  }

  private StoreException login(String doing, String state, SQLException sql, Exception failure) {
    if (state.equals("28P01")) {
      return make(
          Kind.Misconfigured,
          doing,
          "user name or password is wrong",
          "check the Secret that postgresql.credentialsSecretRef names",
          failure);
    }
    return make(
        Kind.Misconfigured,
        doing,
        "the server does not let this role in ("
            + (sql.getMessage().contains("no encryption")
                ? "not without TLS"
                : "authorization refused")
            + ")",
        "check the server's pg_hba.conf, postgresql.tls.mode and the credentials",
        failure);
  }

  private StoreException definition(
      String doing, String state, SQLException sql, Exception failure) {
    return switch (state) {
      case "42501" ->
          make(
              Kind.Misconfigured,
              doing,
              "the role lacks a privilege (" + sql.getMessage() + ")",
              "let it own the schema "
                  + Database.SCHEMA
                  + ", or grant it CREATE on the database before the first use",
              failure);
      case "42P01", "3F000" ->
          make(
              Kind.Misconfigured,
              doing,
              "a table is missing (" + sql.getMessage() + ")",
              "apply the migrations first: sync and run do",
              failure);
      case "42703" ->
          make(
              Kind.Misconfigured,
              doing,
              "a column is missing (" + sql.getMessage() + ")",
              "apply the declared attributes first: sync and run do",
              failure);
      default ->
          make(
              Kind.Failed,
              doing,
              "the server did not accept a statement (" + sql.getMessage() + ")",
              "this is a defect of Lettershop, please report it",
              failure);
    };
  }

  private StoreException resources(String doing, SQLException sql, Exception failure) {
    return make(
        Kind.Unreachable,
        doing,
        "the server is short of something (" + sql.getMessage() + ")",
        "give it connections, memory or disk, then try again",
        failure);
  }

  private StoreException make(Kind kind, String doing, String reason, String fix, Throwable cause) {
    return new StoreException(
        kind,
        "Could not " + doing + " (PostgreSQL at " + settings.place() + "): " + reason + "; " + fix,
        cause);
  }

  /** Keeps state and stack, drops the message: it may quote a row. */
  private static SQLException withoutValues(SQLException sql) {
    SQLException bare = new SQLException("SQLSTATE " + sql.getSQLState(), sql.getSQLState());
    bare.setStackTrace(sql.getStackTrace());
    return bare;
  }

  private static <T extends Throwable> T find(Throwable failure, Class<T> type) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }
}
