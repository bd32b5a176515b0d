package dev.lettershop.cli.output;

import dev.lettershop.api.v1alpha1.source.SyncCounts;
import dev.lettershop.source.map.Dropped;
import dev.lettershop.source.map.InvalidRecord;
import dev.lettershop.source.sync.SyncResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a sync did, in words and in figures. */
public final class SyncText {
  private SyncText() {}

  public static String summary(String source, SyncResult result) {
    if (result.unchanged()) {
      return "Synced " + source + ": the file is the one that was read last, nothing to do";
    }
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Synced %s: %,d rows, %,d new, %,d changed",
            source,
            result.records(),
            result.counts().created(),
            result.counts().changed()));
    if (result.counts().merged() > 0) {
      text.append(String.format(Locale.ROOT, ", %,d merged", result.counts().merged()));
    }
    if (result.rejected() > 0) {
      text.append(String.format(Locale.ROOT, ", %,d set aside", result.rejected()));
    }
    return text.toString();
  }

  /**
   * The same in figures, for a status.
   *
   * @param now when the sync ended
   */
  public static SyncCounts counts(SyncResult result, Instant now) {
    return new SyncCounts(
        result.records(),
        result.counts().created(),
        result.counts().changed(),
        result.counts().merged(),
        result.rejected(),
        result.reached().watermark(),
        age(result.reached().newest(), now),
        result.reached().behind(),
        dropped(result));
  }

  private static Long dropped(SyncResult result) {
    long values = result.dropped().values().stream().mapToLong(Dropped::values).sum();
    return values == 0 ? null : values;
  }

  private static Long age(Instant newest, Instant now) {
    return newest == null ? null : Math.max(0, Duration.between(newest, now).toSeconds());
  }

  /**
   * What is worth a look: rows set aside (the first of them), values that were dropped, and columns
   * that nothing declares.
   */
  static List<String> details(SyncResult result) {
    List<String> lines = new ArrayList<>();
    for (InvalidRecord invalid : result.invalid()) {
      lines.add(invalid.toString());
    }
    long more = result.rejected() - result.invalid().size();
    if (more > 0) {
      lines.add("and " + more + " more; all are in the table quarantine");
    }
    result
        .dropped()
        .forEach(
            (field, dropped) ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "%,d %s of %s left out, the first at %s",
                        dropped.values(),
                        dropped.values() == 1 ? "value" : "values",
                        field,
                        dropped.first())));
    result
        .unknownColumns()
        .forEach(
            (column, rows) ->
                lines.add(
                    "column \""
                        + column
                        + "\" is not declared; kept as it is in "
                        + rows
                        + " rows (extra)"));
    return lines;
  }
}
