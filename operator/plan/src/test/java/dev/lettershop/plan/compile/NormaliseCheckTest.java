package dev.lettershop.plan.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.profile.ProfileSchema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormaliseCheckTest {
  private static final ProfileSchema SCHEMA =
      ProfileSchema.of(
          List.of(
              new Attribute("city", AttributeType.String, false),
              new Attribute("throwaway", AttributeType.Boolean, false)),
          List.of());

  private static List<String> problems(String normalise) throws Exception {
    ProfileSourceSpec spec =
        new YAMLMapper()
            .readValue(
                "identity: {key: id}\nnormalise: {" + normalise + "}", ProfileSourceSpec.class);
    return SourceFieldsCheck.problems(spec, SCHEMA).stream()
        .map(p -> p.field() + " " + p.problem().message())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "phones: XX;spec.normalise.phones unknown country XX",
        "numbers: xx-YY;spec.normalise.numbers unknown locale xx-YY",
        "disposable: city;spec.normalise.disposable the attribute \"city\" is String, not Boolean",
        "disposable: nothing;spec.normalise.disposable unknown attribute \"nothing\"",
        "fields: [{name: ctiy}];spec.normalise.fields[0].name nothing is called \"ctiy\" that this"
            + " source could fill",
        "fields: [{name: city, region: ZZ}];spec.normalise.fields[0].region unknown country ZZ",
        "fields: [{name: city, table: [{from: A, to: x}, {from: a, to: y}]}];"
            + "spec.normalise.fields[0].table[1].from stands in the table twice, whatever its case",
      })
  void saysWhatIsWrong(String normalise, String problem) throws Exception {
    assertThat(problems(normalise)).containsExactly(problem);
  }

  @Test
  void findsNothingWrongWithWhatIsRight() throws Exception {
    assertThat(
            problems(
                "phones: DE, numbers: de-CH, disposable: throwaway, dates: Dmy, absent: [n/a],"
                    + " fields: [{name: city, table: [{from: a, to: b}]}]"))
        .isEmpty();
  }
}
