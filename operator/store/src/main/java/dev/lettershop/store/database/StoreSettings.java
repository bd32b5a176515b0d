package dev.lettershop.store.database;

import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.api.v1alpha1.store.PostgresqlConnection;
import java.nio.file.Path;
import java.util.Objects;

/**
 * How to reach one store. {@link #toString()} leaves the credentials out.
 *
 * @param port 1 to 65535
 * @param username role to log in as
 * @param password null when the server asks for none
 * @param tls what is checked of the server's certificate
 * @param caFile PEM file with the authorities to trust for VerifyCa and VerifyFull; null for those
 *     of the Java platform
 * @param connections most pooled connections at a time, at least 2 (a load keeps one while it runs;
 *     each lease has one more outside of the pool)
 */
public record StoreSettings(
    String host,
    int port,
    String database,
    String username,
    String password,
    TlsMode tls,
    Path caFile,
    int connections) {

  /** PostgreSQL's own port. */
  public static final int DEFAULT_PORT = 5432;

  /** Enough for one worker process: a load or the sending threads' short statements. */
  public static final int DEFAULT_CONNECTIONS = 6;

  public StoreSettings {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(username, "username");
    Objects.requireNonNull(tls, "tls");
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("A port is 1 to 65535, not " + port);
    }
    if (connections < 2) {
      throw new IllegalArgumentException("A store needs at least 2 connections");
    }
  }

  /**
   * The settings that a ProfileStore declares, with its defaults (port 5432, VerifyFull).
   *
   * @param caFile null when the ProfileStore names no authority
   */
  public static StoreSettings of(
      PostgresqlConnection declared, String username, String password, Path caFile) {
    TlsMode tls = declared.tls() == null ? null : declared.tls().mode();
    return new StoreSettings(
        declared.host(),
        declared.port() == null ? DEFAULT_PORT : declared.port(),
        declared.database(),
        username,
        password,
        tls == null ? TlsMode.VerifyFull : tls,
        caFile,
        DEFAULT_CONNECTIONS);
  }

  /** As whom to log in. */
  public StoreLogin login() {
    return new StoreLogin(username, password);
  }

  /** Where the store is, for messages: {@code host:port/database}. */
  public String place() {
    return host + ":" + port + "/" + database;
  }

  @Override
  public String toString() {
    return "StoreSettings[" + place() + ", tls=" + tls + "]";
  }
}
