package dev.lettershop.source.connect;

import java.util.List;

/** One reading of a source, record by record, to where it ends at present. Not thread-safe. */
public interface Pull extends AutoCloseable {
  /**
   * The next record, or null when there is no more at present.
   *
   * @throws ConnectorException when the source failed; the pull must be closed then
   */
  PulledRecord next() throws ConnectorException;

  /** The columns that every record has, or null when each record has its own. */
  List<Column> columns();

  /**
   * Where to go on after all records handed out so far; null when it can only be read from its
   * start. May hold personal data, such as a key.
   */
  String position();

  /**
   * The records before a position are stored for good now. For connectors that let others see how
   * far they are; must not fail.
   */
  default void committed(String position) {}

  /** How far it has come, for people; without personal data. */
  SourceProgress reached();

  /** Lets go of connections. Never fails: there is nothing left that could be lost. */
  @Override
  void close();
}
