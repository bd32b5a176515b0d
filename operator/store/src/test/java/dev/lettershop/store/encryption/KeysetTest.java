package dev.lettershop.store.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.profile.Protection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysetTest {
  private static final ProfileSchema SCHEMA =
      ProfileSchema.of(List.of(new Attribute("name", AttributeType.String, true)), List.of(), true);

  private static Vault vault(Keyset keyset) {
    return Vault.of(SCHEMA, keyset::toJson);
  }

  private static AttributeDefinition sealed(AttributeType type) {
    return new AttributeDefinition("a", type, true, false, Protection.Encrypted);
  }

  @Test
  void everyTypeOfValueComesOutAsItWentIn() {
    Vault vault = vault(Keyset.generate());
    PersonSeal seal = vault.seal("c1");
    Map<AttributeType, Object> values =
        Map.of(
            AttributeType.String,
            "Zoë \uD83D\uDE00\n",
            AttributeType.Boolean,
            true,
            AttributeType.Integer,
            Long.MIN_VALUE,
            AttributeType.Double,
            -0.1,
            AttributeType.Timestamp,
            Instant.parse("2026-11-01T09:00:00.123456Z"),
            AttributeType.StringList,
            List.of("", "a,\"b\""));

    PersonKeys keys = vault.open(Map.of(seal.lock(), seal.wrapped()));

    values.forEach(
        (type, value) ->
            assertThat(keys.open(sealed(type), seal.seal("a", value))).isEqualTo(value));
  }

  @Test
  void onlyTheSameSaidOfTheSamePersonLooksTheSame() {
    Vault vault = vault(Keyset.generate());
    String one = vault.seal("c1").seal("name", "Ada").substring(0, PersonSeal.SAME);

    assertThat(vault.seal("c1").seal("name", "Ada")).startsWith(one);
    assertThat(vault.seal("c2").seal("name", "Ada")).doesNotStartWith(one);
    assertThat(vault.seal("c1").seal("city", "Ada")).doesNotStartWith(one);
    assertThat(vault.seal("c1").seal("name", "Bea")).doesNotStartWith(one);
  }

  @Test
  void anAddressIsFoundByATokenThatShowsItsDomainOnlyAndOutlastsRotations() {
    Keyset keyset = Keyset.generate();
    String token = vault(keyset).address("ada@example.com");

    assertThat(token).endsWith("@example.com").doesNotContain("ada@");
    assertThat(vault(keyset.rotated()).address("ada@example.com")).isEqualTo(token);
    assertThat(vault(keyset).identity("email", "ada@example.com")).isEqualTo(token);
    assertThat(vault(keyset).identity("customer_id", "c1")).isEqualTo("c1");
    assertThat(vault(Keyset.generate()).address("ada@example.com")).isNotEqualTo(token);
  }

  @Test
  void whatWasChangedOnTheWayIsNotDecrypted() {
    Vault vault = vault(Keyset.generate());
    PersonSeal seal = vault.seal("c1");
    String sealed = seal.seal("name", "Ada");
    char last = sealed.charAt(40);
    String changed = sealed.substring(0, 40) + (last == 'A' ? 'B' : 'A') + sealed.substring(41);
    PersonKeys keys = vault.open(Map.of(seal.lock(), seal.wrapped()));

    assertThatThrownBy(() -> keys.open(sealed(AttributeType.String), changed))
        .isInstanceOf(KeysetException.class)
        .hasMessageNotContaining("Ada");
  }

  @Test
  void aRotatedKeysetHasNewPrimaryKeysAndKeepsTheOldOnes() {
    Keyset keyset = Keyset.generate();
    Keyset read = Keyset.parse(keyset.rotated().toJson());

    assertThat(read.keys())
        .hasSize(5)
        .containsAll(keyset.keys().stream().filter(k -> k.purpose().equals("prf")).toList());
    assertThat(read.keys()).filteredOn(Keyset.Key::primary).hasSize(3);
    assertThat(read.toString()).doesNotContain("keyData");
  }

  @Test
  void aKeyTellsWhichOfTheStoresKeysHasWrappedIt() {
    Keyset keyset = Keyset.generate();
    Keyset rotated = keyset.rotated();
    PersonSeal seal = vault(keyset).seal("c1");
    String rewrapped = vault(rotated).rewrapped(seal.lock(), seal.wrapped());

    assertThat(Vault.keyId(seal.wrapped())).isEqualTo(primary(keyset));
    assertThat(Vault.keyId(rewrapped)).isEqualTo(primary(rotated));
    assertThat(
            vault(rotated)
                .open(Map.of(seal.lock(), rewrapped))
                .open(sealed(AttributeType.String), seal.seal("a", "Ada")))
        .isEqualTo("Ada");
  }

  private static long primary(Keyset keyset) {
    return keyset.keys().stream()
        .filter(k -> k.purpose().equals("aead") && k.primary())
        .findFirst()
        .orElseThrow()
        .id();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "{}", "[]", "{\"aead\": {}}", "{\"aead\": {\"key\": [1]}}"})
  void whatIsNoKeysetIsRefusedWithoutQuotingIt(String text) {
    assertThatThrownBy(() -> Keyset.parse(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(KeysetException.class)
        .hasMessageContaining("lettershop keys create")
        .hasMessageNotContaining("secret");
  }
}
