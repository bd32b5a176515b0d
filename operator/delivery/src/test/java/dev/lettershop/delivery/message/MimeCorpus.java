package dev.lettershop.delivery.message;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;

/** The messages by which mime4j is tested: mails as they should not be, most of them. */
public final class MimeCorpus {
  private static final String FOLDER = "testmsgs/";

  private MimeCorpus() {}

  /** All of them by name, as they stand in the file. */
  public static Map<String, byte[]> messages() throws IOException {
    URL url = MimeCorpus.class.getClassLoader().getResource(FOLDER + "very-long-boundary.msg");
    Map<String, byte[]> messages = new TreeMap<>();
    try (JarFile jar = ((JarURLConnection) url.openConnection()).getJarFile()) {
      for (var entry : jar.stream().filter(e -> e.getName().endsWith(".msg")).toList()) {
        messages.put(
            entry.getName().substring(FOLDER.length()), jar.getInputStream(entry).readAllBytes());
      }
    }
    return messages;
  }

  /** The same with CRLF line ends and one at the end, as mail goes over the wire. */
  public static byte[] onTheWire(byte[] message) {
    String text = new String(message, StandardCharsets.ISO_8859_1).replaceAll("\r\n|\r|\n", "\r\n");
    return (text.endsWith("\r\n") ? text : text + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }
}
