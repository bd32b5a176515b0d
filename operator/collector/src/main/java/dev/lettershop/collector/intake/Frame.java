package dev.lettershop.collector.intake;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls of one request, as they are stored until they are worked through.
 *
 * @param type what each call is, unless it says so itself
 * @param receivedAt when the request was read to its end
 * @param sentAt as the client wrote it, for all calls; empty when it did not
 * @param context JSON object for all calls, or empty
 * @param calls at least one
 */
public record Frame(
    CallType type, Instant receivedAt, String sentAt, byte[] context, List<Call> calls) {
  private static final byte VERSION = 1;

  /**
   * One call.
   *
   * @param json as the client wrote it
   * @param fault why it cannot be used; empty when it may be. Of one that is too large, only the
   *     beginning is kept
   */
  public record Call(byte[] json, String fault) {
    /** Without what it says: that is personal. */
    @Override
    public String toString() {
      return "Call[" + json.length + "]";
    }
  }

  public Frame {
    calls = List.copyOf(calls);
  }

  /** Bytes that {@link #read} understands, also when others follow. */
  public byte[] bytes() {
    int size = 64 + sentAt.length() * 3 + context.length;
    for (Call call : calls) {
      size += 8 + call.json().length + call.fault().length();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeByte(type.ordinal());
      out.writeLong(receivedAt.toEpochMilli());
      out.writeUTF(sentAt);
      write(out, context);
      out.writeInt(calls.size());
      for (Call call : calls) {
        write(out, call.json());
        out.writeUTF(call.fault());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Memory takes every byte", e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, byte[] part) throws IOException {
    out.writeInt(part.length);
    out.write(part);
  }

  /**
   * Reads the frames of a chunk.
   *
   * @throws IllegalArgumentException when they are none of this version's
   */
  public static List<Frame> read(byte[] chunk) {
    List<Frame> frames = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(chunk))) {
      while (in.available() > 0) {
        byte version = in.readByte();
        if (version != VERSION) {
          throw new IllegalArgumentException("Intake of version " + version + " is not known");
        }
        CallType type = CallType.values()[in.readByte()];
        Instant receivedAt = Instant.ofEpochMilli(in.readLong());
        String sentAt = in.readUTF();
        byte[] context = part(in);
        int count = in.readInt();
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          calls.add(new Call(part(in), in.readUTF()));
        }
        frames.add(new Frame(type, receivedAt, sentAt, context, calls));
      }
    } catch (IOException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("Intake is cut off or damaged", e);
    }
    return frames;
  }

  private static byte[] part(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new EOFException();
    }
    return in.readNBytes(length);
  }

  @Override
  public String toString() {
    return "Frame[" + type + ", " + calls.size() + "]";
  }
}
