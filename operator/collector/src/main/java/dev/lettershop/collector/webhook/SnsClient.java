package dev.lettershop.collector.webhook;

import java.io.IOException;
import java.net.URI;

/** Asks Amazon. */
interface SnsClient {
  /**
   * @param address one of {@link SnsHosts}
   * @return what is there, at most some kilobytes
   */
  byte[] get(URI address) throws IOException;
}
