package dev.lettershop.bench;

import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.store.encryption.Keyset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What encryption costs a sync of profiles: the same file into a store that encrypts addresses and
 * first names, and into one that does not, each in a database of its own and in turns.
 */
final class EncryptionBenchmark implements Benchmark {
  private static final int ROUNDS = 2;

  @Override
  public String name() {
    return "encryption";
  }

  @Override
  public String summary() {
    return "a sync of profiles with and without encryption";
  }

  @Override
  public long defaultSize() {
    return 500_000;
  }

  @Override
  public List<Figure> run(long size) throws Exception {
    double clear = 0;
    double encrypted = 0;
    double clearAgain = 0;
    double encryptedAgain = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double[] without = seconds(size, null);
      double[] with = seconds(size, Keyset.generate().toJson());
      clear += without[0];
      clearAgain += without[1];
      encrypted += with[0];
      encryptedAgain += with[1];
    }
    List<Figure> figures = new ArrayList<>();
    figures.add(
        Figure.of("encrypted, first sync", ROUNDS * size / encrypted, "rows/s")
            .against("in clear", ROUNDS * size / clear));
    figures.add(
        Figure.of("encrypted, all unchanged", ROUNDS * size / encryptedAgain, "rows/s")
            .against("in clear", ROUNDS * size / clearAgain));
    return figures;
  }

  /** Of a first sync, and of the same again. */
  private static double[] seconds(long size, byte[] keyset) throws Exception {
    Path work = Files.createTempDirectory("lettershop-bench-");
    try (EmbeddedDatabase database = EmbeddedDatabase.start(work.resolve("postgresql"))) {
      SourceFolder folder = new SourceFolder(work.resolve("mounted"), database, keyset);
      folder.write("customers");
      folder.customers(size, 0, false);
      double first = SourcesBenchmark.sync(folder, "customers").seconds();
      double again = SourcesBenchmark.sync(folder, "customers", "--full").seconds();
      return new double[] {first, again};
    } finally {
      Scratch.delete(work);
    }
  }
}
