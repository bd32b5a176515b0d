package dev.lettershop.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.api.v1alpha1.store.PostgresqlConnection;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {

  private static final String PASSWORD = "not-to-be-told";
  private static final ProfileSchema SCHEMA = ProfileSchema.of(List.of(), List.of());

  private static StoreSettings settings(
      StoreSettings like, int port, String database, String user, TlsMode tls, Path ca) {
    return new StoreSettings(like.host(), port, database, user, PASSWORD, tls, ca, 2);
  }

  private static StoreException failureOf(StoreSettings settings) {
    StoreException failure =
        catchThrowableOfType(StoreException.class, () -> Store.open(settings).close());
    assertThat(failure).as("a failure").isNotNull();
    assertThat(failure)
        .hasMessageContaining("Could not connect (PostgreSQL at " + settings.place() + "): ");
    for (Throwable t = failure; t != null; t = t.getCause()) {
      assertThat(t.toString()).doesNotContain(PASSWORD);
    }
    return failure;
  }

  @Test
  void aServerThatDoesNotAnswerIsNamed() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    StoreSettings server = TestServer.newEmptyDatabase();

    StoreException failure =
        failureOf(settings(server, closed, "shop", "postgres", TlsMode.Disable, null));

    assertThat(failure.kind()).isEqualTo(StoreException.Kind.Unreachable);
    assertThat(failure).hasMessageContaining("check that it runs, and postgresql.host");
  }

  @Test
  void anUnknownHostIsNamed() throws Exception {
    StoreSettings unknown =
        new StoreSettings(
            "db.invalid", 5432, "shop", "postgres", PASSWORD, TlsMode.Disable, null, 2);

    assertThat(failureOf(unknown)).hasMessageContaining("the host name is not known");
  }

  @Test
  void aMissingDatabaseIsNamed() throws Exception {
    StoreSettings server = TestServer.newEmptyDatabase();

    StoreException failure =
        failureOf(settings(server, server.port(), "nowhere", "postgres", TlsMode.Disable, null));

    assertThat(failure.kind()).isEqualTo(StoreException.Kind.Misconfigured);
    assertThat(failure).hasMessageContaining("no database has that name; create it");
  }

  @Test
  void aRefusedLoginPointsToTheCredentials() throws Exception {
    StoreSettings server = TestServer.newEmptyDatabase();

    StoreException failure =
        failureOf(
            settings(server, server.port(), server.database(), "nobody", TlsMode.Disable, null));

    assertThat(failure.kind()).isEqualTo(StoreException.Kind.Misconfigured);
    assertThat(failure).hasMessageContaining("credentials");
  }

  @Test
  void aServerWithoutTlsIsRefusedWhenTlsIsAskedFor(@TempDir Path directory) throws Exception {
    StoreSettings server = TestServer.newEmptyDatabase();
    Path ca = Files.writeString(directory.resolve("ca.crt"), "no certificate");

    for (TlsMode mode : List.of(TlsMode.Require, TlsMode.VerifyCa, TlsMode.VerifyFull)) {
      StoreException failure =
          failureOf(settings(server, server.port(), server.database(), "postgres", mode, ca));

      assertThat(failure.kind()).isEqualTo(StoreException.Kind.Misconfigured);
      assertThat(failure)
          .hasMessageContaining("TLS in mode " + mode)
          .hasMessageContaining("postgresql.tls");
    }
  }

  @Test
  void aMissingPrivilegeSaysWhatToGrant() throws Exception {
    StoreSettings server = TestServer.newEmptyDatabase();
    try (StoreTables tables = new StoreTables(server)) {
      tables.execute("create role reader_of_" + server.database() + " login");
    }
    StoreSettings reader =
        settings(
            server,
            server.port(),
            server.database(),
            "reader_of_" + server.database(),
            TlsMode.Disable,
            null);

    try (Store store = Store.open(reader)) {
      StoreException failure =
          catchThrowableOfType(StoreException.class, () -> store.migrate(SCHEMA));

      assertThat(failure.kind()).isEqualTo(StoreException.Kind.Misconfigured);
      assertThat(failure)
          .hasMessageContaining("lacks a privilege")
          .hasMessageContaining("grant it CREATE on the database");
      try (StoreTables tables = new StoreTables(server)) {
        tables.execute("create schema lettershop authorization reader_of_" + server.database());
      }
      store.migrate(SCHEMA);
    }
  }

  @Test
  void aStoreWithoutTablesSaysHowToMakeThem() throws Exception {
    try (Store store = Store.open(TestServer.newEmptyDatabase())) {
      StoreException failure =
          catchThrowableOfType(StoreException.class, () -> store.ledger().runs("shop", "sale", 1));

      assertThat(failure).hasMessageContaining("apply the migrations first");
    }
  }

  @Test
  void whatTheServerSaysAboutRowsIsNotRepeated() throws Exception {
    StoreSettings server = TestServer.newEmptyDatabase();
    try (Store store = Store.open(server);
        Database database = Database.open(server)) {
      store.migrate(SCHEMA);

      StoreException failure =
          catchThrowableOfType(
              StoreException.class,
              () ->
                  database.transact(
                      "add a row", db -> db.execute("select 'ada@example.com'::bigint")));

      assertThat(failure.kind()).isEqualTo(StoreException.Kind.Failed);
      assertThat(failure).hasMessageContaining("SQLSTATE 22P02");
      for (Throwable t = failure; t != null; t = t.getCause()) {
        assertThat(t.toString()).doesNotContain("ada@");
      }
    }
  }

  @Test
  void conflictsAreTriedAgain() throws Exception {
    StoreSettings server = TestServer.newEmptyDatabase();
    try (Database database = Database.open(server)) {
      int[] tries = {0};

      String result =
          database.transact(
              "settle",
              db -> {
                if (tries[0]++ < 2) {
                  db.execute("do $$ begin raise sqlstate '40P01'; end $$");
                }
                return "settled";
              });

      assertThat(result).isEqualTo("settled");
      assertThat(tries[0]).isEqualTo(3);
    }
  }

  @Test
  void whatAProfileStoreLeavesOutHasDefaults() throws IOException {
    StoreSettings settings =
        StoreSettings.of(
            new PostgresqlConnection("db", null, "shop", null, null), "user", PASSWORD, null);

    assertThat(settings.port()).isEqualTo(5432);
    assertThat(settings.tls()).isEqualTo(TlsMode.VerifyFull);
    assertThat(settings.toString()).doesNotContain(PASSWORD).contains("db:5432/shop");
  }

  @Test
  @Tag("soak")
  void whoStandsStillInATransactionLetsGoOfItsLocks() throws Exception {
    try (Database database = Database.open(TestServer.newEmptyDatabase());
        Connection other = database.session("wait")) {
      database.once("make a row", db -> db.execute("create table public.t as select 1 as a"));
      CompletableFuture<Void> stalled =
          CompletableFuture.runAsync(
              () ->
                  database.transact(
                      "stand still",
                      db -> {
                        db.execute("update public.t set a = 2");
                        LockSupport.parkNanos(Duration.ofSeconds(40).toNanos());
                        return db.execute("select 1");
                      }));
      Awaitility.await()
          .until(
              () ->
                  database.once(
                      "look",
                      db -> db.fetch("select from public.t for update skip locked").isEmpty()));

      long start = System.nanoTime();
      Database.using(other).execute("update public.t set a = 3");

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(38));
      assertThat(catchThrowable(stalled::join)).hasRootCauseInstanceOf(SQLException.class);
      assertThat(Database.using(other).fetchSingle("select a from public.t").get(0)).isEqualTo(3);
    }
  }
}
