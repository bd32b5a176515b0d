package dev.lettershop.collector.track;

import dev.lettershop.store.hit.Hit;
import dev.lettershop.store.hit.HitKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.UUID;

/** A hit as bytes, as it waits for the database. */
final class HitRecord {
  private static final int VERSION = 1;

  private HitRecord() {}

  static byte[] bytes(Hit hit) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(VERSION);
      out.writeLong(hit.id().getMostSignificantBits());
      out.writeLong(hit.id().getLeastSignificantBits());
      out.writeLong(hit.at().getEpochSecond());
      out.writeInt(hit.at().getNano());
      out.writeUTF(hit.kind().name());
      out.writeLong(hit.runId());
      out.writeLong(hit.profileId());
      out.writeInt(hit.number());
      out.writeUTF(hit.method());
      out.writeBoolean(hit.prefetch());
      text(out, hit.network());
      text(out, hit.referer());
      text(out, hit.agent());
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("Memory takes every byte", e);
    }
  }

  /**
   * @throws IllegalArgumentException for bytes of another version
   */
  static Hit hit(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != VERSION) {
        throw new IllegalArgumentException("The hit was written by another version");
      }
      return new Hit(
          new UUID(in.readLong(), in.readLong()),
          Instant.ofEpochSecond(in.readLong(), in.readInt()),
          HitKind.valueOf(in.readUTF()),
          in.readLong(),
          in.readLong(),
          in.readInt(),
          in.readUTF(),
          in.readBoolean(),
          text(in),
          text(in),
          text(in));
    } catch (IOException e) {
      throw new IllegalArgumentException("The hit is cut off", e);
    }
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      out.writeUTF(text);
    }
  }

  private static String text(DataInputStream in) throws IOException {
    return in.readBoolean() ? in.readUTF() : null;
  }
}
