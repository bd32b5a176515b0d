package dev.lettershop.collector.intake;

import dev.lettershop.store.intake.Intake;
import dev.lettershop.store.intake.IntakeChunk;
import java.util.List;

/** Where calls are stored before they are worked through. */
public interface IntakeStorage extends GroupCommit.Storage {
  /**
   * When this returns, the chunks are stored.
   *
   * @throws dev.lettershop.store.database.StoreException when they may not be
   */
  @Override
  void append(List<IntakeChunk> chunks);

  /** Whether it answers. May wait for a moment. */
  boolean isReachable();

  /** The store's own table. */
  static IntakeStorage of(Intake intake) {
    return new IntakeStorage() {
      @Override
      public void append(List<IntakeChunk> chunks) {
        intake.append(chunks);
      }

      @Override
      public boolean isReachable() {
        return intake.isReachable();
      }
    };
  }
}
