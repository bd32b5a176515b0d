package dev.lettershop.source.connect;

/** A way to the records of one source. Not thread-safe. */
public interface Connector {
  /**
   * What positions belong to, such as a digest of the query: a position of another origin says
   * nothing, and the source is read from its start.
   */
  String origin();

  /**
   * Starts reading.
   *
   * @param position as {@link Pull#position()} gave it, or null for the start
   * @throws ConnectorException when the source cannot be reached or is not what was declared
   */
  Pull open(String position) throws ConnectorException;
}
