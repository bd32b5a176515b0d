package dev.lettershop.delivery.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import org.apache.james.jdkim.DKIMVerifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The messages by which Mail-DKIM is tested, as jDKIM ships them. */
class MailCorpusTest {
  private static final String FOLDER = "org/apache/james/jdkim/Mail-DKIM/";

  /** DomainKeys, drafts of DKIM and the like, of which the standard says nothing. */
  private static final String OTHER_THAN_DKIM = "(?i)(dk_|good_dk|bad_dk|.*_ietf|mine_|ignore_).*";

  private static final Map<String, byte[]> MESSAGES = new TreeMap<>();
  private static final Map<String, String> DNS = new HashMap<>();

  @BeforeAll
  static void read() throws IOException {
    URL url = DKIMVerifier.class.getClassLoader().getResource(FOLDER + "FAKE_DNS.dat");
    try (JarFile jar = ((JarURLConnection) url.openConnection()).getJarFile()) {
      for (var entry : jar.stream().filter(e -> e.getName().startsWith(FOLDER)).toList()) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (name.endsWith(".txt") && entry.getName().contains("/corpus/")) {
          MESSAGES.put(name, withCrlf(jar.getInputStream(entry)));
        } else if (name.equals("FAKE_DNS.dat")) {
          readDns(jar.getInputStream(entry));
        }
      }
    }
  }

  private static byte[] withCrlf(InputStream in) throws IOException {
    String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    return text.replaceAll("\r?\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void readDns(InputStream in) throws IOException {
    for (String line : new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).split("\n")) {
      int blank = line.indexOf(' ');
      if (!line.startsWith("#") && blank > 0) {
        DNS.put(line.substring(0, blank), line.substring(blank).strip());
      }
    }
  }

  /** A verifier that took everything, or nothing, would say nothing about our signatures. */
  @Test
  void theVerifierTellsGoodSignaturesFromBadOnes() throws Exception {
    Verifier verifier = new Verifier(DNS);
    int good = 0;
    int bad = 0;
    for (var message : MESSAGES.entrySet()) {
      if (message.getKey().matches(OTHER_THAN_DKIM)) {
        continue;
      }
      if (message.getKey().matches("good_(\\d|rfc4871|qp).*")) {
        assertThat(verifier.accepts(message.getValue())).as(message.getKey()).isTrue();
        good++;
      } else if (message.getKey().matches("bad(key)?_\\d.*")) {
        assertThat(verifier.accepts(message.getValue())).as(message.getKey()).isFalse();
        bad++;
      }
    }
    assertThat(good).isGreaterThanOrEqualTo(5);
    assertThat(bad).isGreaterThanOrEqualTo(10);
  }

  @Test
  void everyMessageIsValidOnceWeHaveSignedIt() throws Exception {
    KeyPair pair = DkimKeys.rsa(2048);
    DkimSigners signers =
        new DkimSigners(
            List.of(
                new DkimSigner(
                    "shop.example",
                    "s1",
                    DkimPrivateKey.parse(DkimKeys.pkcs1(pair)),
                    SigningProvider.fastest())));
    Verifier verifier =
        new Verifier(Map.of("s1._domainkey.shop.example", DkimKeys.record(pair.getPublic())));
    for (var entry : MESSAGES.entrySet()) {
      if (entry.getKey().startsWith("no_body")) {
        // jDKIM hashes a CRLF for an empty body; DkimSignersTest holds ours against the standard.
        continue;
      }
      byte[] message = withoutSignatures(entry.getValue());
      byte[] signed = joined(signers.sign(message, Instant.EPOCH), message);

      assertThat(verifier.accepts(signed)).as(entry.getKey()).isTrue();
      assertThat(verifier.accepts(changed(signed))).as("%s, changed", entry.getKey()).isFalse();
    }
    assertThat(MESSAGES).hasSizeGreaterThan(60);
  }

  /** As it would come to a relay: with the one From that a message has, and unsigned. */
  private static byte[] withoutSignatures(byte[] message) {
    String text = new String(message, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    String header = (end < 0 ? text : text.substring(0, end)) + "\r\n";
    String body = end < 0 ? "\r\n" : text.substring(end + 2);
    String unsigned =
        header.replaceAll("(?im)^(dkim|domainkey)-signature:.*\r\n([ \t].*\r\n)*", "");
    String from =
        unsigned.matches("(?is)(.*\r\n)?from:.*") ? "" : "From: somebody@shop.example\r\n";
    return (from + unsigned + body).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] changed(byte[] message) {
    String text = new String(message, StandardCharsets.ISO_8859_1);
    return text.replaceFirst("(?i)\r\nfrom:", "\r\nFrom: x").getBytes(StandardCharsets.ISO_8859_1);
  }
}
