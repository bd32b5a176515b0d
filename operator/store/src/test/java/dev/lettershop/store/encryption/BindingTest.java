package dev.lettershop.store.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.load.SourcePosition;
import dev.lettershop.store.load.profile.LoadedProfile;
import dev.lettershop.store.load.profile.ProfileLoad;
import dev.lettershop.store.segment.ProfileReader;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is encrypted cannot be passed off as something else by whoever can write to the database.
 */
class BindingTest {
  private static final ProfileSchema SCHEMA =
      ProfileSchema.of(
          List.of(
              new Attribute("first_name", AttributeType.String, true),
              new Attribute("surname", AttributeType.String, true),
              new Attribute("phone", AttributeType.String, true, true),
              new Attribute("mobile", AttributeType.String, true, true)),
          List.of(),
          true);
  private static final Keyset KEYS = Keyset.generate();

  private Store store;
  private StoreTables tables;

  @BeforeEach
  void open() throws SQLException {
    StoreSettings settings = TestServer.newDatabase();
    store = Store.open(settings, Vault.of(SCHEMA, KEYS::toJson));
    store.migrate(SCHEMA);
    tables = new StoreTables(settings);
    try (ProfileLoad load = store.loadProfiles("shop", SCHEMA, "customer_id", List.of())) {
      load.add(person("1", "Zebulon"));
      load.add(person("2", "Ada"));
      load.commit();
    }
  }

  private static LoadedProfile person(String id, String name) {
    return new LoadedProfile(
        "c:1",
        id,
        null,
        Map.of(
            "email",
            "p" + id + "@people.example",
            "first_name",
            name,
            "surname",
            name,
            "phone",
            "+4930123",
            "mobile",
            "+4930123"),
        Map.of());
  }

  @AfterEach
  void close() throws SQLException {
    tables.close();
    store.close();
  }

  private Map<String, Object> read(String customer) {
    return store
        .profiles()
        .read(
            store.profiles().find("customer_id", customer).orElseThrow(),
            new ProfileReader.Wanted(
                Set.of("email", "first_name", "surname", "phone", "mobile"), Set.of(), Set.of()),
            SCHEMA)
        .orElseThrow()
        .attributes();
  }

  private void refuses(String change) {
    assertThat(read("1")).containsEntry("first_name", "Zebulon").containsEntry("phone", "+4930123");
    tables.execute(change);
    assertThatThrownBy(() -> read("1"))
        .isInstanceOf(KeysetException.class)
        .message()
        .doesNotContain("Zebulon")
        .doesNotContain("people.example");
  }

  @Test
  void aSealedFirstNameDoesNotOpenAsAnAddress() {
    refuses("update profile set email = first_name");
  }

  @Test
  void aSealedFirstNameDoesNotOpenAsASurname() {
    refuses("update profile set surname = first_name");
  }

  @Test
  void aSealedValueDoesNotOpenForAnotherPerson() {
    refuses(
        """
        update profile p set first_name = q.first_name from profile q
        where p.id <> q.id
        """);
  }

  @Test
  void theHeadOfASealedValueCannotBeChanged() {
    refuses(
        """
        update profile p set first_name = left(q.first_name, 12) || substr(p.first_name, 13)
        from profile q where p.id <> q.id
        """);
  }

  @Test
  void equalValuesOfTwoDeterministicAttributesAreNotEqual() {
    assertThat(tables.count("select count(*) from profile where phone = mobile")).isZero();
    assertThat(tables.count("select count(distinct phone) from profile")).isEqualTo(1);
    refuses("update profile set phone = mobile");
  }

  @Test
  void positionsOfSourcesAreSealedAndErasureForgetsTheRowsInThem() {
    store
        .sourcePositions()
        .put("shop", new SourcePosition("jdbc", "{\"watermark\":7,\"seen\":[\"ab12\"]}", 0));
    assertThat(tables.text("select position from source_position")).startsWith("sealed:");
    assertThat(store.sourcePositions().get("shop").orElseThrow().position())
        .isEqualTo("{\"watermark\":7,\"seen\":[\"ab12\"]}");

    store
        .personErasure()
        .forget(
            store.profiles().find("customer_id", "1").orElseThrow(), SCHEMA, "user/test", false);

    SourcePosition left = store.sourcePositions().get("shop").orElseThrow();
    assertThat(left.position()).isEqualTo("{\"watermark\":7,\"seen\":[]}");
    assertThat(tables.text("select position from source_position")).startsWith("sealed:");
  }
}
