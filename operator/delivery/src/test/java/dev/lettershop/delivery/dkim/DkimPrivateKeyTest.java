package dev.lettershop.delivery.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DkimPrivateKeyTest {

  @Test
  void rsaKeysAreReadAsPkcs8AndAsPkcs1() throws Exception {
    KeyPair pair = DkimKeys.rsa(2048);

    DkimPrivateKey pkcs8 = DkimPrivateKey.parse(DkimKeys.pkcs8(pair));
    DkimPrivateKey pkcs1 = DkimPrivateKey.parse("some text\r\n" + DkimKeys.pkcs1(pair));

    assertThat(pkcs8.algorithm()).isEqualTo(DkimAlgorithm.RsaSha256);
    assertThat(pkcs8.bits()).isEqualTo(2048);
    assertThat(pkcs8.weakness()).isEmpty();
    assertThat(pkcs1.key()).isEqualTo(pkcs8.key());
    assertThat(pkcs8).hasToString("DkimPrivateKey[RsaSha256, 2048 bits]");
  }

  @Test
  void anEd25519KeyIsRead() throws Exception {
    DkimPrivateKey key = DkimPrivateKey.parse(DkimKeys.pkcs8(DkimKeys.ed25519()));

    assertThat(key.algorithm()).isEqualTo(DkimAlgorithm.Ed25519Sha256);
    assertThat(key.weakness()).isEmpty();
  }

  @Test
  void aKeyOfLessThan1024BitsIsRefusedAndOneOfLessThan2048IsWarnedOf() throws Exception {
    String tooShort = DkimKeys.pkcs8(DkimKeys.rsa(1016));
    String old = DkimKeys.pkcs8(DkimKeys.rsa(1024));

    assertThatThrownBy(() -> DkimPrivateKey.parse(tooShort))
        .isInstanceOf(InvalidDkimKeyException.class)
        .hasMessageContaining("1016 bits")
        .hasMessageContaining("openssl genrsa");
    assertThat(DkimPrivateKey.parse(old).weakness())
        .hasValueSatisfying(weakness -> assertThat(weakness).contains("1024 bits"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                                      | is not PEM",
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ      | is not PEM",
        "-----BEGIN PUBLIC KEY-----AA==-----END PUBLIC KEY-----  | holds a public key",
        "-----BEGIN CERTIFICATE-----AA==-----END CERTIFICATE----- | holds a certificate",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----AA==-----END ENCRYPTED PRIVATE KEY----- | passphrase",
        "-----BEGIN OPENSSH PRIVATE KEY-----AA==-----END OPENSSH PRIVATE KEY----- | ssh-keygen",
        "-----BEGIN EC PRIVATE KEY-----AA==-----END EC PRIVATE KEY----- | ECDSA",
        "-----BEGIN PRIVATE KEY-----AA==-----END PRIVATE KEY-----| is damaged",
        "-----BEGIN PRIVATE KEY-----????-----END PRIVATE KEY-----| is damaged",
        "-----BEGIN RSA PRIVATE KEY-----AAAA-----END RSA PRIVATE KEY-----| is damaged"
      })
  void whatIsNoUsableKeyIsExplained(String pem, String explanation) {
    assertThatThrownBy(() -> DkimPrivateKey.parse(pem))
        .isInstanceOf(InvalidDkimKeyException.class)
        .hasMessageContaining(explanation);
  }

  @Test
  void anEncryptedPkcs1KeyIsToldFromADamagedOne() {
    String pem =
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n"
            + "DEK-Info: AES-256-CBC,00112233\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";

    assertThatThrownBy(() -> DkimPrivateKey.parse(pem)).hasMessageContaining("passphrase");
  }

  @Test
  void aKeyOfAnotherKindIsNamed() throws Exception {
    KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
    String pem = DkimKeys.pkcs8(ec.generateKeyPair());

    assertThatThrownBy(() -> DkimPrivateKey.parse(pem)).hasMessageContaining("ECDSA");
  }

  @Test
  void aKeyThatIsCutOffIsRefusedAndNotQuoted() throws Exception {
    String whole = DkimKeys.pkcs8(DkimKeys.rsa(1024));
    String[] lines = whole.split("\n");
    for (int kept = 1; kept < lines.length - 2; kept++) {
      StringBuilder cut = new StringBuilder();
      for (int i = 0; i <= kept; i++) {
        cut.append(lines[i]).append('\n');
      }
      cut.append(lines[lines.length - 1]);
      String secret = lines[1];
      assertThatThrownBy(() -> DkimPrivateKey.parse(cut.toString()))
          .isInstanceOf(InvalidDkimKeyException.class)
          .hasMessageContaining("is damaged")
          .hasMessageNotContaining(secret);
    }
  }
}
