package dev.lettershop.rule.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.rule.RuleResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedAttributesTest {
  private static final List<Attribute> ATTRIBUTES =
      List.of(
          new Attribute("first_name", AttributeType.String, true),
          new Attribute("phone", AttributeType.String, true, true),
          new Attribute("hobbies", AttributeType.StringList, true),
          new Attribute("city", AttributeType.String, false));

  private static RuleResult compile(String cel, boolean encrypted) {
    ProfileSchema schema = ProfileSchema.of(ATTRIBUTES, List.of(), encrypted);
    return new RuleCompiler(schema, Map.of("named", cel)).compile(cel);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "has(profile.first_name)",
        "!has(profile.email) && profile.city == \"Bern\"",
        "profile.phone == \"+49\"",
        "\"+49\" != profile.phone",
        "profile.phone in [\"+49\", \"+41\"]",
        "!(profile.phone in [])",
      })
  void whatTheDatabaseCanAnswerIsTaken(String cel) {
    assertThat(compile(cel, true).problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "profile.first_name == 'Ada' | 1:9 | first_name",
        "profile.city == 'Bern' && profile.email.endsWith('@example.com') | 1:35 | email",
        "'chess' in profile.hobbies | 1:20 | hobbies",
        "size(profile.first_name) > 3 | 1:14 | first_name",
        "profile.city == profile.first_name | 1:25 | first_name",
        "profile.first_name < 'B' | 1:9 | first_name",
        "profile.phone.startsWith('+49') | 1:9 | phone",
        "profile.phone > '+49' | 1:9 | phone",
        "profile.phone == profile.city | 1:9 | phone",
        "profile.phone == 'a' + 'b' | 1:9 | phone",
        "profile.hobbies.exists(h, h == 'chess') | 1:9 | hobbies",
      })
  void whatItCannotIsAProblemWithItsPlaceAndAFix(String cel, String position, String attribute) {
    RuleResult result = compile(cel.replace('\'', '"'), true);

    assertThat(result.rule()).isNull();
    assertThat(result.problems())
        .anySatisfy(
            problem -> {
              assertThat(problem.message()).contains("\"" + attribute + "\" is encrypted");
              assertThat(problem.position().line() + ":" + problem.position().column())
                  .isEqualTo(position);
              assertThat(problem.fix()).isNotBlank();
            });
  }

  @Test
  void withoutEncryptionEverythingIsTaken() {
    assertThat(compile("profile.first_name.startsWith(\"A\")", false).problems()).isEmpty();
    assertThat(compile("profile.phone > \"+49\"", false).problems()).isEmpty();
  }
}
