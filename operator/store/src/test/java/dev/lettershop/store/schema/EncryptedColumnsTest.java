package dev.lettershop.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.encryption.Keyset;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.load.profile.LoadedProfile;
import dev.lettershop.store.load.profile.ProfileLoad;
import dev.lettershop.store.segment.ProfileReader;
import dev.lettershop.store.segment.Segments;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of cipher texts when their attributes change. */
class EncryptedColumnsTest {
  private static final ProfileSchema BEFORE =
      encrypted(
          new Attribute("surname", AttributeType.String, true),
          new Attribute("phone", AttributeType.String, true, true),
          new Attribute("town", AttributeType.String, false));

  private final Keyset keyset = Keyset.generate();
  private StoreSettings settings;
  private StoreTables tables;

  private static ProfileSchema encrypted(Attribute... attributes) {
    return ProfileSchema.of(List.of(attributes), List.of(), true);
  }

  @BeforeEach
  void load() throws SQLException {
    settings = TestServer.newEmptyDatabase();
    tables = new StoreTables(settings);
    try (Store store = open(BEFORE)) {
      store.migrate(BEFORE);
      read(store, BEFORE, "surname", "phone", "town", "crm");
      read(store, BEFORE, "surname", "phone", "town", "shop");
    }
  }

  @AfterEach
  void close() throws SQLException {
    tables.close();
  }

  private Store open(ProfileSchema schema) {
    return Store.open(settings, Vault.of(schema, keyset::toJson));
  }

  private static void read(
      Store store, ProfileSchema schema, String surname, String phone, String town, String source) {
    try (ProfileLoad load = store.loadProfiles(source, schema, source + "_id", List.of("email"))) {
      for (int i = 0; i < 3; i++) {
        load.add(
            new LoadedProfile(
                "line " + i,
                "C" + i,
                Map.of(
                    "email",
                    "person" + i + "@example.com",
                    surname,
                    "Lovelace" + i,
                    phone,
                    "+49171" + i,
                    town,
                    "Oslo"),
                Map.of()));
      }
      load.commit();
    }
  }

  @Test
  void renamedOnesAreReadFoundAndMergedUnderTheirNewName() throws SQLException {
    ProfileSchema after =
        encrypted(
            new Attribute("last_name", AttributeType.String, true, null, "surname"),
            new Attribute("mobile", AttributeType.String, true, true, "phone"),
            new Attribute("town", AttributeType.String, false));
    try (Store store = open(after)) {
      store.migrate(after);

      assertThat(
              store
                  .profiles()
                  .read(
                      1,
                      new ProfileReader.Wanted(
                          Set.of("last_name", "mobile", "town"), Set.of(), Set.of()),
                      after)
                  .orElseThrow()
                  .attributes())
          .containsEntry("last_name", "Lovelace0")
          .containsEntry("mobile", "+491710")
          .containsEntry("town", "Oslo");
      var rule = new RuleCompiler(after, Map.of()).compile("profile.mobile == \"+491712\"").rule();
      assertThat(store.segments().refresh("shop", "one", rule, after, Segments.Scope.All).size())
          .isEqualTo(1);
      read(store, after, "last_name", "mobile", "town", "crm");
      assertThat(tables.count("select count(*) from profile")).isEqualTo(3);
      assertThat(tables.count("select count(distinct mobile) from profile")).isEqualTo(3);
      assertThat(tables.text("select string_agg(name, ',' order by name) from encrypted_attribute"))
          .isEqualTo("email,last_name,mobile");
      assertThat(
              tables.count(
                  "select count(*) from contribution where jsonb_exists_any(attributes, array['surname', 'phone'])"))
          .isZero();
    }
  }

  @Test
  void clearTextDoesNotBecomeCipherTextByAnotherName() {
    ProfileSchema after =
        encrypted(
            new Attribute("surname", AttributeType.String, true),
            new Attribute("phone", AttributeType.String, true, true),
            new Attribute("city", AttributeType.String, true, null, "town"));
    try (Store store = open(after)) {
      assertThatThrownBy(() -> store.migrate(after))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("city");
    }
  }

  @Test
  void cipherTextDoesNotBecomeClearTextByAnotherName() {
    ProfileSchema after =
        encrypted(
            new Attribute("last_name", AttributeType.String, false, null, "surname"),
            new Attribute("phone", AttributeType.String, true, true),
            new Attribute("town", AttributeType.String, false));
    try (Store store = open(after)) {
      assertThatThrownBy(() -> store.migrate(after))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("last_name");
    }
  }

  @Test
  void aDroppedOneCanBeDeclaredAnewInClear() throws SQLException {
    ProfileSchema without =
        encrypted(
                new Attribute("surname", AttributeType.String, true),
                new Attribute("town", AttributeType.String, false))
            .dropping(List.of("phone"));
    ProfileSchema anew =
        encrypted(
            new Attribute("surname", AttributeType.String, true),
            new Attribute("phone", AttributeType.String, false),
            new Attribute("town", AttributeType.String, false));

    try (Store store = open(without)) {
      store.migrate(without);
    }
    try (Store store = open(anew)) {
      store.migrate(anew);
      read(store, anew, "surname", "phone", "town", "crm");
    }

    assertThat(tables.text("select string_agg(phone, ',' order by id) from profile"))
        .isEqualTo("+491710,+491711,+491712");
  }
}
