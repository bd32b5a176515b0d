package dev.lettershop.delivery.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.delivery.message.MessageBuilder;
import dev.lettershop.delivery.message.MessageSettings;
import dev.lettershop.template.RenderedMail;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.james.jdkim.api.SignatureRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What we sign, others find valid, and nothing that somebody changed. */
class DkimSignersTest {
  private static final Instant DATE = Instant.parse("2026-03-01T09:05:07Z");
  private static final RenderedMail MAIL =
      new RenderedMail("Grüße  an\talle", "<p>Hello\t  World </p>\n\n\n", "Hello  World \n\n\n");

  private static KeyPair rsa;
  private static KeyPair ed25519;

  @BeforeAll
  static void makeKeys() throws Exception {
    rsa = DkimKeys.rsa(2048);
    ed25519 = DkimKeys.ed25519();
  }

  /** The Java runtime's, and the native one where it loads. */
  static Stream<SigningProvider> providers() {
    List<SigningProvider> providers = new ArrayList<>(List.of(SigningProvider.JAVA));
    SigningProvider.corretto().ifPresent(providers::add);
    return providers.stream();
  }

  private static DkimSigner signer(String selector, KeyPair pair, SigningProvider provider)
      throws Exception {
    return new DkimSigner(
        "shop.example", selector, DkimPrivateKey.parse(DkimKeys.pkcs8(pair)), provider);
  }

  private static byte[] signed(DkimSigner... signers) throws Exception {
    return new MessageBuilder(
            new MessageSettings(
                "shop",
                "sale",
                "run-1",
                "Bücher, \"Co\"",
                "news@shop.example",
                "help@shop.example"),
            null,
            new DkimSigners(List.of(signers)))
        .build(7, "ada@example.com", MAIL, "https://links.shop.example/u/x", true, DATE)
        .content();
  }

  private static Verifier dns() {
    return new Verifier(
        Map.of(
            "r._domainkey.shop.example",
            DkimKeys.record(rsa.getPublic()),
            "old._domainkey.shop.example",
            DkimKeys.record(rsa.getPublic())));
  }

  private static String text(byte[] message) {
    return new String(message, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean acceptsEd25519(byte[] message) throws Exception {
    String record = DkimKeys.record(ed25519.getPublic());
    return Ed25519Check.accepts(message, record.substring(record.indexOf("p=") + 2));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void anRsaSignatureIsValid(SigningProvider provider) throws Exception {
    List<SignatureRecord> valid = dns().verify(signed(signer("r", rsa, provider)));

    assertThat(valid).hasSize(1);
    assertThat(valid.get(0).getHashAlgo()).hasToString("sha-256");
    assertThat(valid.get(0).getHeaderCanonicalisationMethod()).isEqualTo("relaxed");
    assertThat(valid.get(0).getBodyCanonicalisationMethod()).isEqualTo("relaxed");
    assertThat(valid.get(0).getBodyHashLimit()).as("l=").isEqualTo(-1);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void anEd25519SignatureIsValid(SigningProvider provider) throws Exception {
    byte[] message = signed(signer("e", ed25519, provider));

    assertThat(acceptsEd25519(message)).isTrue();
    assertThat(acceptsEd25519(bytes(text(message).replace("World", "Word")))).isFalse();
    assertThat(acceptsEd25519(bytes(text(message).replace("ada@", "eve@")))).isFalse();
  }

  @Test
  void theExampleOfTheStandardIsValidForTheCheckOfEd25519() throws Exception {
    byte[] example = getClass().getResourceAsStream("rfc8463.eml").readAllBytes();
    byte[] message = bytes(text(example).replace("\n", "\r\n"));

    assertThat(Ed25519Check.accepts(message, "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="))
        .isTrue();
    assertThat(
            Ed25519Check.accepts(
                bytes(text(message).replace("hungry", "angry")),
                "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="))
        .isFalse();
  }

  @Test
  void severalSignAndEachSignatureIsValidByItself() throws Exception {
    byte[] message =
        signed(
            signer("r", rsa, SigningProvider.JAVA),
            signer("e", ed25519, SigningProvider.JAVA),
            signer("old", rsa, SigningProvider.JAVA));

    assertThat(text(message).split("DKIM-Signature: ")).hasSize(4);
    assertThat(acceptsEd25519(message)).isTrue();
    byte[] withoutEd25519 =
        bytes(text(message).replaceAll("DKIM-Signature: v=1; a=ed25519(?s:.*?)\r\n(?=[^ ])", ""));
    assertThat(dns().verify(withoutEd25519)).hasSize(2);
  }

  @Test
  void whatPeopleSeeIsSignedAndNothingCanBeAddedToIt() throws Exception {
    String message = text(signed(signer("r", rsa, SigningProvider.JAVA)));
    String names = message.replaceAll("(?s).*?\\bh=(.*?);.*", "$1").replaceAll("\\s", "");

    assertThat(names.split(":"))
        .contains(
            "from",
            "to",
            "subject",
            "date",
            "message-id",
            "reply-to",
            "list-id",
            "list-unsubscribe",
            "list-unsubscribe-post",
            "mime-version",
            "content-type");
    for (String field : List.of("From", "Reply-To", "To", "Cc", "Subject")) {
      byte[] added =
          bytes(message.replace("MIME-Version:", field + ": eve@evil.test\r\nMIME-Version:"));
      assertThat(dns().accepts(added)).as("another " + field).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "news@shop.example",
        "run-1",
        "One-Click",
        "/u/x",
        "sale.shop",
        "Hello",
        "09:05:07",
        "multipart/alternative"
      })
  void aChangeIsFoundOut(String part) throws Exception {
    String message = text(signed(signer("r", rsa, SigningProvider.JAVA)));
    if (part.equals("run-1")) {
      part = message.replaceAll("(?s).*Message-ID: <([0-9a-f]{8}).*", "$1");
    }
    int at = message.lastIndexOf(part);
    assertThat(at).isPositive();
    String changed = message.substring(0, at) + "x" + message.substring(at + 1);

    assertThat(dns().accepts(bytes(message))).isTrue();
    assertThat(dns().accepts(bytes(changed))).isFalse();
  }

  @Test
  void whatServersOnTheWayChangeDoesNotMatter() throws Exception {
    String message = text(signed(signer("r", rsa, SigningProvider.JAVA)));
    String relayed =
        "Received: from a.example\r\n by b.example; now\r\n"
            + message.replace("Reply-To: ", "REPLY-TO:   ").replace("; c=", ";\r\n\tc=")
            + "\r\n\r\n";

    assertThat(dns().accepts(bytes(relayed))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    // RFC 6376 section 3.4.4: the hash of nothing.
    "'', 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    "'~~~', 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    "' ~	 ~', 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    // RFC 6376 section 3.4.5: " C" and "D E".
    "' C ~D	 E~~~', unak6JHq0wL+Q1HP7dW1tjBx9FLA6DffoZ0qrLwbbpo="
  })
  void bodiesAreHashedAsTheStandardSays(String body, String hash) throws Exception {
    byte[] message = bytes(("From: a@shop.example~~" + body).replace("~", "\r\n"));
    DkimSigners signers = new DkimSigners(List.of(signer("e", ed25519, SigningProvider.JAVA)));

    assertThat(text(signers.sign(message, DATE))).contains("bh=" + hash + ";");
  }

  @Test
  void headerLinesStayShort() throws Exception {
    String message =
        text(
            signed(
                signer("r", rsa, SigningProvider.JAVA),
                signer("e", ed25519, SigningProvider.JAVA)));

    assertThat(message.substring(0, message.indexOf("\r\n\r\n")).split("\r\n"))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(78));
  }

  @Test
  void theSameInputGivesTheSameBytes() throws Exception {
    DkimSigner signer = signer("e", ed25519, SigningProvider.fastest());

    assertThat(signed(signer)).isEqualTo(signed(signer));
  }

  @Test
  void withoutSignersTheMessageIsAsItWas() throws Exception {
    assertThat(text(signed())).startsWith("From: ").doesNotContain("DKIM");
  }

  @Test
  void aKeyWhosePartsDoNotBelongTogetherIsRefusedBeforeTheFirstMail() {
    var broken = new DkimPrivateKey(DkimAlgorithm.Ed25519Sha256, rsa.getPrivate(), 256);

    assertThatThrownBy(() -> new DkimSigner("shop.example", "r", broken, SigningProvider.JAVA))
        .isInstanceOf(InvalidDkimKeyException.class)
        .hasMessageContaining("cannot sign");
  }
}
