package dev.lettershop.collector.webhook;

import java.util.List;

/** Reads the format of one provider. */
@FunctionalInterface
interface NoticeReader {
  /**
   * The bounces and complaints in a body; what else is reported is left out.
   *
   * @throws UnreadableException when it is not of the provider's format
   */
  List<Notice> read(byte[] body) throws UnreadableException;
}
