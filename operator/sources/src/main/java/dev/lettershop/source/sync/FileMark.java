package dev.lettershop.source.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.encoding.Sha256;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.load.SourcePosition;
import dev.lettershop.store.load.SourcePositions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Knows a file again that was read before: by all of its bytes, since size and time say nothing for
 * certain, and by what decides what becomes of its records (the source, the attributes and events,
 * this version). Stored with the rows, as positions of other sources are.
 */
final class FileMark {
  private static final JsonMapper JSON = JsonMappers.PLAIN;

  private final String origin;
  private final Optional<SourcePosition> stored;
  private DigestInputStream noted;

  FileMark(SourcePositions positions, SourceDefinition source, ProfileSchema schema) {
    this.origin = origin(source, schema);
    this.stored = positions.get(source.name());
  }

  private static String origin(SourceDefinition source, ProfileSchema schema) {
    try {
      String all =
          String.join(
              "\n",
              JSON.writeValueAsString(source.spec()),
              String.valueOf(schema.attributes()),
              String.valueOf(schema.events()),
              String.valueOf(FileMark.class.getPackage().getImplementationVersion()));
      return "file:" + hex(Sha256.digest().digest(all.getBytes(StandardCharsets.UTF_8)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Every source can be written as JSON", e);
    }
  }

  /** Whether this is, byte by byte, the file that was read last, and would be read alike. */
  boolean isOf(InputStream file) throws IOException {
    if (stored.filter(at -> at.origin().equals(origin)).isEmpty()) {
      return false;
    }
    DigestInputStream all = new DigestInputStream(file, Sha256.digest());
    all.transferTo(OutputStream.nullOutputStream());
    return stored.get().position().equals(position(all.getMessageDigest()));
  }

  /** Notes what is read from now on. */
  InputStream noting(InputStream file) {
    noted = new DigestInputStream(file, Sha256.digest());
    return noted;
  }

  /** To be stored with the rows when all have been read. */
  SourcePosition reached() throws IOException {
    // What is compressed may have bytes behind its end.
    noted.transferTo(OutputStream.nullOutputStream());
    return new SourcePosition(
        origin, position(noted.getMessageDigest()), stored.map(SourcePosition::version).orElse(0L));
  }

  private static String position(MessageDigest bytes) {
    return "{\"sha256\": \"" + hex(bytes.digest()) + "\"}";
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }
}
