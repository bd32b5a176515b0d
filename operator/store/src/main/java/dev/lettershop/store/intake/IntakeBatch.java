package dev.lettershop.store.intake;

import java.util.List;

/**
 * The oldest chunks of one source.
 *
 * @param ids of the rows, which {@link Intake#settle} deletes
 * @param contents one for each row, opened
 * @param events how many calls the contents hold
 */
public record IntakeBatch(String source, List<Long> ids, List<byte[]> contents, int events) {
  public IntakeBatch {
    ids = List.copyOf(ids);
    contents = List.copyOf(contents);
  }

  public boolean isEmpty() {
    return ids.isEmpty();
  }

  /** Without the contents: they are personal. */
  @Override
  public String toString() {
    return "IntakeBatch[" + source + ", " + events + "]";
  }
}
