package dev.lettershop.collector.spool;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** The format of one file: entries one after the other, each with its length and checksum. */
final class SpoolSegment {
  private static final int LONGEST = 1 << 23;

  /** One record, and of what kind it is. */
  record Entry(String kind, byte[] content) {}

  private SpoolSegment() {}

  static byte[] bytes(Entry entry) {
    try {
      ByteArrayOutputStream payload = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(payload);
      out.writeUTF(entry.kind());
      out.write(entry.content());
      ByteArrayOutputStream framed = new ByteArrayOutputStream(payload.size() + 12);
      DataOutputStream frame = new DataOutputStream(framed);
      frame.writeInt(payload.size());
      frame.writeLong(checksum(payload.toByteArray()));
      payload.writeTo(frame);
      return framed.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("Memory takes every byte", e);
    }
  }

  /**
   * The entries of a file. One that is cut off was never answered: it and what follows is left out.
   */
  static List<Entry> read(Path file) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (InputStream raw = Files.newInputStream(file);
        DataInputStream in = new DataInputStream(new BufferedInputStream(raw))) {
      while (true) {
        int length = in.readInt();
        long checksum = in.readLong();
        if (length < 2 || length > LONGEST) {
          return entries;
        }
        byte[] payload = in.readNBytes(length);
        if (payload.length < length || checksum(payload) != checksum) {
          return entries;
        }
        DataInputStream entry = new DataInputStream(new ByteArrayInputStream(payload));
        entries.add(new Entry(entry.readUTF(), entry.readAllBytes()));
      }
    } catch (EOFException end) {
      return entries;
    }
  }

  private static long checksum(byte[] bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    return checksum.getValue();
  }
}
