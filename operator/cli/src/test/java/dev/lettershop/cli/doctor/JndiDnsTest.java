package dev.lettershop.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asks a DNS server of the test's own, byte by byte (RFC 1035). */
class JndiDnsTest {
  private static final int TXT = 16;
  private static final int MX = 15;
  private static final int NAME_ERROR = 3;

  private DatagramSocket socket;
  private JndiDns dns;

  @BeforeEach
  void serve() throws Exception {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    dns = new JndiDns("dns://127.0.0.1:" + socket.getLocalPort());
    Thread server = new Thread(this::answer, "dns");
    server.setDaemon(true);
    server.start();
  }

  @AfterEach
  void stop() {
    socket.close();
  }

  private void answer() {
    byte[] buffer = new byte[512];
    try {
      while (!socket.isClosed()) {
        DatagramPacket question = new DatagramPacket(buffer, buffer.length);
        socket.receive(question);
        byte[] answer = answer(Arrays.copyOf(buffer, question.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
      }
    } catch (SocketException e) {
      // The test is over.
      return;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static byte[] answer(byte[] question) {
    int end = 12;
    while (question[end] != 0) {
      end += question[end] + 1;
    }
    end += 5;
    int type = question[end - 3];
    String text = new String(question, 12, end - 12, StandardCharsets.ISO_8859_1);
    byte[] data = text.contains("shop") ? data(type) : null;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(question, 0, 2);
    out.writeBytes(
        new byte[] {
          (byte) 0x85,
          (byte) (data == null ? NAME_ERROR : 0),
          0,
          1,
          0,
          (byte) (data == null ? 0 : 1)
        });
    out.writeBytes(new byte[4]);
    out.write(question, 12, end - 12);
    if (data != null) {
      out.writeBytes(new byte[] {(byte) 0xc0, 12, 0, (byte) type, 0, 1, 0, 0, 0, 60});
      out.write(0);
      out.write(data.length);
      out.writeBytes(data);
    }
    return out.toByteArray();
  }

  private static byte[] data(int type) {
    return switch (type) {
      case TXT -> bytes("\14v=DKIM1; k=r\7sa; p=A");
      case MX -> bytes("\0\012\2mx\4shop\0");
      default -> null;
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void a_text_in_pieces_is_one() throws Exception {
    assertThat(dns.texts("s1._domainkey.shop")).containsExactly("v=DKIM1; k=rsa; p=A");
  }

  @Test
  void exchanges_have_no_dot_at_the_end() throws Exception {
    assertThat(dns.exchanges("shop")).containsExactly("mx.shop");
  }

  @Test
  void a_name_that_is_not_there_has_nothing() throws Exception {
    assertThat(dns.texts("elsewhere")).isEmpty();
  }
}
