package dev.lettershop.delivery.dkim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A DNS server (RFC 1035) that answers every question with one TXT record. */
final class KeyServer implements AutoCloseable {
  private static final int HEADER = 12;
  private static final int LONGEST_STRING = 255;

  private final DatagramSocket socket;
  private final byte[] record;

  private KeyServer(DatagramSocket socket, String text) {
    this.socket = socket;
    this.record = record(text.getBytes(StandardCharsets.US_ASCII));
  }

  static KeyServer start(String address, String text) throws IOException {
    KeyServer server = new KeyServer(new DatagramSocket(53, InetAddress.getByName(address)), text);
    Thread thread = new Thread(server::serve, "dns");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  private void serve() {
    byte[] buffer = new byte[1500];
    try {
      while (!socket.isClosed()) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        byte[] answer = answer(Arrays.copyOf(buffer, packet.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      }
    } catch (IOException closed) {
      socket.close();
    }
  }

  private byte[] answer(byte[] question) {
    int end = HEADER;
    while (question[end] != 0) {
      end += question[end] + 1;
    }
    end += 5;
    ByteBuffer answer = ByteBuffer.allocate(end + record.length);
    answer.put(question, 0, 2).put(new byte[] {(byte) 0x85, (byte) 0x80});
    answer.putShort((short) 1).putShort((short) 1).putInt(0);
    return answer.put(question, HEADER, end - HEADER).put(record).array();
  }

  /** The name by a pointer, TXT, IN, a minute, and the text in strings of 255 bytes. */
  private static byte[] record(byte[] text) {
    ByteArrayOutputStream strings = new ByteArrayOutputStream();
    for (int from = 0; from < text.length; from += LONGEST_STRING) {
      int length = Math.min(LONGEST_STRING, text.length - from);
      strings.write(length);
      strings.write(text, from, length);
    }
    return ByteBuffer.allocate(HEADER + strings.size())
        .putShort((short) 0xC00C)
        .putShort((short) 16)
        .putShort((short) 1)
        .putInt(60)
        .putShort((short) strings.size())
        .put(strings.toByteArray())
        .array();
  }

  @Override
  public void close() {
    socket.close();
  }
}
