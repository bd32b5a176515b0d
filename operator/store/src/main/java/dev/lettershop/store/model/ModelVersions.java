package dev.lettershop.store.model;

import dev.lettershop.encoding.Sha256;
import dev.lettershop.store.database.Database;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jooq.Record;

/** Versions of models, each written whole or not at all. Thread-safe. */
public final class ModelVersions {
  /** Largest artefact, in bytes. */
  public static final int MOST_BYTES = 16 << 20;

  /** How many versions of a model are kept, beside the newest good one. */
  static final int KEPT = 10;

  private static final String COLUMNS = "version, plan_hash, trained_at, good, figures::text";

  private final Database database;

  public ModelVersions(Database database) {
    this.database = database;
  }

  /** All versions, the newest first. */
  public List<ModelVersion> list(ModelKey model) {
    return database
        .once(
            "list versions of a model",
            db ->
                db.fetch(
                    "select "
                        + COLUMNS
                        + " from model_version where namespace = ? and name = ?"
                        + " order by version desc",
                    model.namespace(),
                    model.name()))
        .map(ModelVersions::version);
  }

  /** The newest version that may be used. */
  public Optional<ModelVersion> newest(ModelKey model) {
    return list(model).stream().filter(ModelVersion::good).findFirst();
  }

  private static ModelVersion version(Record row) {
    return new ModelVersion(
        row.get(0, Integer.class),
        row.get(1, String.class),
        row.get(2, OffsetDateTime.class).toInstant(),
        row.get(3, Boolean.class),
        row.get(4, String.class));
  }

  private static String hash(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.digest().digest(bytes));
  }

  /**
   * Adds a version behind the others and forgets the oldest ones.
   *
   * @param trainedAt as of when it was learnt
   * @param artefact at most {@link #MOST_BYTES}
   * @param good whether it may be used
   * @param figures JSON
   */
  public ModelVersion add(
      ModelKey model,
      String planHash,
      Instant trainedAt,
      byte[] artefact,
      boolean good,
      String figures) {
    if (artefact.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "The model has " + artefact.length + " bytes; at most " + MOST_BYTES + " are kept");
    }
    return database.transact(
        "add a version of a model",
        db -> {
          db.execute(
              "select pg_advisory_xact_lock(hashtextextended(?, 0))",
              "lettershop/model/" + model.text());
          Record row =
              db.fetchSingle(
                  "insert into model_version"
                      + " (namespace, name, version, plan_hash, trained_at, artefact, hash, good,"
                      + " figures)"
                      + " select ?, ?, coalesce(max(version), 0) + 1, ?, ?::timestamptz, ?, ?, ?, ?::jsonb"
                      + " from model_version where namespace = ? and name = ? returning "
                      + COLUMNS,
                  model.namespace(),
                  model.name(),
                  planHash,
                  OffsetDateTime.ofInstant(trainedAt, ZoneOffset.UTC),
                  artefact,
                  hash(artefact),
                  good,
                  figures,
                  model.namespace(),
                  model.name());
          db.execute(
              """
              delete from model_version v where v.namespace = ? and v.name = ? and v.version <= ?
                and v.version <> (select max(g.version) from model_version g
                  where g.namespace = v.namespace and g.name = v.name and g.good)
              """,
              model.namespace(),
              model.name(),
              row.get(0, Integer.class) - KEPT);
          return version(row);
        });
  }

  /**
   * The bytes of a version, checked against their hash; empty when there is no such version.
   *
   * @throws IllegalStateException when the bytes are not those that were written
   */
  public Optional<byte[]> artefact(ModelKey model, int version) {
    return database
        .once(
            "read a version of a model",
            db ->
                db.fetchOptional(
                    """
                    select artefact, hash from model_version
                    where namespace = ? and name = ? and version = ?
                    """,
                    model.namespace(),
                    model.name(),
                    version))
        .map(
            row -> {
              byte[] bytes = row.get(0, byte[].class);
              if (!hash(bytes).equals(row.get(1, String.class))) {
                throw new IllegalStateException(
                    "Version "
                        + version
                        + " of model "
                        + model.text()
                        + " is not what was written; train it again");
              }
              return bytes;
            });
  }
}
