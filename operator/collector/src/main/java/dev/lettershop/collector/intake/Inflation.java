package dev.lettershop.collector.intake;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/**
 * Decompresses bodies. Whether one is compressed is told by its first bytes: clients name the wrong
 * content type. What comes out is counted while it does, so that a bomb ends at the limit.
 */
final class Inflation {
  private Inflation() {}

  /**
   * @param limit most bytes that may come out
   * @throws Refusal when there are more, or it is cut off
   */
  static byte[] of(byte[] body, int limit) throws Refusal {
    if (body.length < 2 || body[0] != 0x1f || (body[1] & 0xff) != 0x8b) {
      return body;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body), 8192)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(limit, body.length * 6));
      byte[] buffer = new byte[8192];
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        if (out.size() + read > limit) {
          throw new Refusal(413, "the decompressed body is larger than " + limit + " bytes");
        }
        out.write(buffer, 0, read);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new Refusal(400, "the body is not valid gzip");
    }
  }
}
