package dev.lettershop.delivery.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lettershop.delivery.message.MimeCorpus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * OpenDKIM, as many receivers run it, has the last word where it is installed. It asks DNS for
 * keys, so it runs where its resolver is ours, which root alone can arrange.
 */
class OpenDkimTest {
  private static final Path TOOL = Path.of("/usr/sbin/opendkim-testmsg");
  private static final String RESOLVER = "127.77.0.1";

  @TempDir Path folder;

  @BeforeEach
  void isInstalled() {
    assumeTrue(Files.isExecutable(TOOL), "opendkim-tools is not installed");
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can set its resolver");
  }

  @Test
  void whatWeSignIsValidAndWhatIsChangedIsNot() throws Exception {
    KeyPair pair = DkimKeys.rsa(2048);
    DkimSigners signers =
        new DkimSigners(
            List.of(
                new DkimSigner(
                    "shop.example",
                    "s1",
                    DkimPrivateKey.parse(DkimKeys.pkcs1(pair)),
                    SigningProvider.fastest())));
    Files.writeString(folder.resolve("resolv.conf"), "nameserver " + RESOLVER + "\n");
    try (KeyServer dns = KeyServer.start(RESOLVER, DkimKeys.record(pair.getPublic()))) {
      verify(signers);
    }
  }

  private void verify(DkimSigners signers) throws Exception {
    for (var mail : mails().entrySet()) {
      byte[] signature = signers.sign(mail.getValue(), Instant.now());
      ByteArrayOutputStream signed = new ByteArrayOutputStream();
      signed.writeBytes(signature);
      signed.writeBytes(mail.getValue());

      assertThat(accepts(signed.toByteArray())).as(mail.getKey()).isTrue();
      signed.writeBytes("One more line\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(accepts(signed.toByteArray())).as("%s, changed", mail.getKey()).isFalse();
    }
  }

  /** A plain one, one whose blanks and empty lines canonical forms are about, and real bodies. */
  private static Map<String, byte[]> mails() throws IOException {
    String header =
        "From: Shop <news@shop.example>\r\nTo: ada@example.com\r\nSubject:  Hi \r\n  there\r\n"
            + "Date: Sun, 1 Mar 2026 09:05:07 +0000\r\nMessage-ID: <1@shop.example>\r\n"
            + "List-Unsubscribe: <https://shop.example/u/1>\r\n"
            + "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\r\n";
    Map<String, byte[]> mails = new TreeMap<>();
    mails.put("plain", bytes(header + "Hello\r\n"));
    mails.put("blanks", bytes(header + " a  b\t c \r\n\r\n \t\r\nd\r\n\r\n \r\n\r\n"));
    int some = 0;
    for (var entry : MimeCorpus.messages().entrySet()) {
      if (some++ % 20 == 0) {
        String text =
            new String(MimeCorpus.onTheWire(entry.getValue()), StandardCharsets.ISO_8859_1);
        mails.put(entry.getKey(), bytes(header + text));
      }
    }
    return mails;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private boolean accepts(byte[] mail) throws Exception {
    Path input = Files.write(folder.resolve("mail"), mail);
    Process process =
        new ProcessBuilder(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount --bind '"
                    + folder.resolve("resolv.conf")
                    + "' /etc/resolv.conf && exec "
                    + TOOL)
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    return process.waitFor() == 0;
  }
}
