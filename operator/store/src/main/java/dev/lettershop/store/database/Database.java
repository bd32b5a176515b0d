package dev.lettershop.store.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.store.encryption.Vault;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The way to one database: a pool, transactions, and failures told in words. Thread-safe.
 *
 * <p>Every method takes what is being done ("claim recipients"), for the message should it fail.
 */
public final class Database implements AutoCloseable {

  /** The PostgreSQL schema in which all tables are, away from what else the database holds. */
  public static final String SCHEMA = "lettershop";

  private static final int OLDEST_SERVER = 14;
  private static final int TRIES = 4;

  /**
   * For whoever stands still within a transaction (a process that was stopped, a machine that
   * swaps): others wait for its locks, and may take its place once its lease has run out.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int CONNECT_SECONDS = 10;
  private static final Settings SETTINGS =
      new Settings().withExecuteLogging(false).withFetchWarnings(false);

  private final StoreSettings settings;
  private final PGSimpleDataSource direct;
  private final HikariDataSource pool;
  private final Failures failures;
  private final Vault vault;
  private final String role;

  private Database(
      StoreSettings settings,
      Vault vault,
      String role,
      PGSimpleDataSource direct,
      HikariDataSource pool) {
    this.settings = settings;
    this.role = role;
    this.vault = vault;
    this.direct = direct;
    this.pool = pool;
    this.failures = new Failures(settings);
  }

  /** One that encrypts nothing. */
  public static Database open(StoreSettings settings) {
    return open(settings, Vault.NONE);
  }

  /**
   * Connects once, to fail early and clearly, then opens the pool.
   *
   * @param vault what encrypts personal data in it
   * @throws StoreException when no connection can be made
   */
  public static Database open(StoreSettings settings, Vault vault) {
    loadNoOtherDriver();
    PGSimpleDataSource direct = dataSource(settings);
    try (Connection connection = direct.getConnection()) {
      int version = connection.getMetaData().getDatabaseMajorVersion();
      if (version < OLDEST_SERVER) {
        throw new StoreException(
            StoreException.Kind.Misconfigured,
            "PostgreSQL at "
                + settings.place()
                + " is version "
                + version
                + "; use version "
                + OLDEST_SERVER
                + " or later");
      }
    } catch (SQLException e) {
      throw new Failures(settings).of("connect", e);
    }
    return new Database(settings, vault, null, direct, pool(settings, direct, null));
  }

  /**
   * Opens the pool without connecting, for whoever has to answer while the server is away, and
   * takes a role that may do less for every connection.
   *
   * @param role one that the user is a member of
   * @param login asked for each new connection
   */
  public static Database openAs(
      String role, StoreSettings settings, Supplier<StoreLogin> login, Vault vault) {
    return withoutConnecting(role, settings, login, vault);
  }

  /**
   * Opens the pool without connecting.
   *
   * @param login asked for each new connection
   */
  public static Database openLater(
      StoreSettings settings, Supplier<StoreLogin> login, Vault vault) {
    return withoutConnecting(null, settings, login, vault);
  }

  private static Database withoutConnecting(
      String role, StoreSettings settings, Supplier<StoreLogin> login, Vault vault) {
    loadNoOtherDriver();
    PGSimpleDataSource direct = configure(new RotatedLogin(login), settings);
    return new Database(settings, vault, role, direct, pool(settings, direct, role));
  }

  private static HikariDataSource pool(
      StoreSettings settings, PGSimpleDataSource direct, String role) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("store");
    config.setDataSource(direct);
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(role == null ? 30_000 : 2_000);
    config.setInitializationFailTimeout(-1);
    // TCP keeps the connection, and one that has rested is tried before it is used.
    config.setKeepaliveTime(0);
    config.setConnectionInitSql(
        "set idle_in_transaction_session_timeout = '"
            + PATIENCE.toSeconds()
            + "s'"
            + (role == null ? "" : "; set role " + role));
    return new HikariDataSource(config);
  }

  /**
   * Asked for its first connection, the driver manager would load every driver on the class path;
   * PostgreSQL's comes by itself, and those that sources need are made when they are needed.
   */
  private static void loadNoOtherDriver() {
    Thread thread = Thread.currentThread();
    ClassLoader own = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      DriverManager.getDrivers();
    } finally {
      thread.setContextClassLoader(own);
    }
  }

  /** Logs in with what the Secret says at that moment. */
  private static final class RotatedLogin extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;

    private final transient Supplier<StoreLogin> login;

    RotatedLogin(Supplier<StoreLogin> login) {
      this.login = login;
    }

    @Override
    public Connection getConnection() throws SQLException {
      StoreLogin now = login.get();
      return getConnection(now.username(), now.password());
    }
  }

  private static PGSimpleDataSource dataSource(StoreSettings settings) {
    return configure(new PGSimpleDataSource(), settings);
  }

  private static PGSimpleDataSource configure(PGSimpleDataSource source, StoreSettings settings) {
    source.setServerNames(new String[] {settings.host()});
    source.setPortNumbers(new int[] {settings.port()});
    source.setDatabaseName(settings.database());
    source.setUser(settings.username());
    source.setPassword(settings.password());
    source.setCurrentSchema(SCHEMA);
    source.setApplicationName("lettershop");
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setTcpKeepAlive(true);
    // The server's details name values of rows.
    source.setLogServerErrorDetail(false);
    source.setReWriteBatchedInserts(true);
    source.setSslMode(sslMode(settings.tls()));
    if (settings.caFile() != null) {
      source.setSslRootCert(settings.caFile().toString());
    } else if (settings.tls() == TlsMode.VerifyCa || settings.tls() == TlsMode.VerifyFull) {
      source.setSslfactory("org.postgresql.ssl.DefaultJavaSSLFactory");
    }
    return source;
  }

  private static String sslMode(TlsMode mode) {
    return switch (mode) {
      case Disable -> "disable";
      case Require -> "require";
      case VerifyCa -> "verify-ca";
      case VerifyFull -> "verify-full";
    };
  }

  /** What encrypts personal data in here. */
  public Vault vault() {
    return vault;
  }

  /** Pooled connections, for parts that need nothing but a data source. */
  public DataSource dataSource() {
    return pool;
  }

  /** Where the store is, for messages: {@code host:port/database}. */
  public String place() {
    return settings.place();
  }

  /**
   * Runs {@code work} in one transaction. When another transaction got in its way (a deadlock, a
   * serialisation failure) it is run again, so it must touch nothing but the database.
   */
  public <T> T transact(String doing, Function<DSLContext, T> work) {
    for (int attempt = 1; ; attempt++) {
      try (Connection connection = pool.getConnection()) {
        return transact(connection, work);
      } catch (SQLException | DataAccessException e) {
        giveUpOrRetry(doing, e, attempt);
      }
    }
  }

  /** Runs one statement, which is a transaction of its own; tried again like {@link #transact}. */
  public <T> T once(String doing, Function<DSLContext, T> statement) {
    for (int attempt = 1; ; attempt++) {
      try (Connection connection = pool.getConnection()) {
        return statement.apply(using(connection));
      } catch (SQLException | DataAccessException e) {
        giveUpOrRetry(doing, e, attempt);
      }
    }
  }

  private void giveUpOrRetry(String doing, Exception e, int attempt) {
    StoreException failure = failures.of(doing, e);
    if (failure.kind() != StoreException.Kind.Conflict || attempt == TRIES) {
      throw failure;
    }
  }

  private static <T> T transact(Connection connection, Function<DSLContext, T> work)
      throws SQLException {
    connection.setAutoCommit(false);
    try {
      T result = work.apply(using(connection));
      connection.commit();
      return result;
    } catch (SQLException | RuntimeException e) {
      rollBack(connection, e);
      throw e;
    } finally {
      if (!connection.isClosed()) {
        connection.setAutoCommit(true);
      }
    }
  }

  private static void rollBack(Connection connection, Exception reason) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  /** A connection outside of the pool, for whoever needs a session of its own. */
  public Connection session(String doing) {
    try {
      Connection connection = direct.getConnection();
      if (role != null) {
        using(connection).execute("set role {0}", DSL.name(role));
      }
      return connection;
    } catch (SQLException | DataAccessException e) {
      throw failures.of(doing, e);
    }
  }

  /** Lets the server end a session, and with it its locks, soon after its host is gone. */
  public static void dieSoonWithoutHost(Connection session) {
    DSLContext db = using(session);
    db.execute("set tcp_keepalives_idle = 10");
    db.execute("set tcp_keepalives_interval = 5");
    db.execute("set tcp_keepalives_count = 3");
  }

  /** jOOQ on a connection that the caller owns. */
  public static DSLContext using(Connection connection) {
    return DSL.using(connection, SQLDialect.POSTGRES, SETTINGS);
  }

  /** What a failure of the driver or of jOOQ means, without any value of a row. */
  public StoreException failure(String doing, Exception failure) {
    return failures.of(doing, failure);
  }

  @Override
  public void close() {
    pool.close();
  }
}
