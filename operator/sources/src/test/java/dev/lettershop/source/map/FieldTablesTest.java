package dev.lettershop.source.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.lettershop.api.v1alpha1.field.TableEntry;
import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import dev.lettershop.source.clean.Cleaning;
import dev.lettershop.source.clean.Converted;
import dev.lettershop.source.clean.FieldCleaning;
import dev.lettershop.source.connect.ConnectorException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldTablesTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private static ProfileSourceSpec filled(String csv) throws Exception {
    ProfileSourceSpec spec =
        YAML.readValue(
            """
            identity: {key: id}
            normalise:
              names: false
              fields:
              - {name: city, as: Text}
              - {name: product, tableFrom: {name: products, key: table.csv}, unlisted: Invalid}
            """,
            ProfileSourceSpec.class);
    return FieldTables.filled(
        spec,
        path -> {
          if (csv == null || !path.equals("products/table.csv")) {
            throw new NoSuchFileException(path);
          }
          return new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
        });
  }

  @Test
  void theLinesOfTheConfigMapAreTheTable() throws Exception {
    ProfileSourceSpec spec = filled("note,from,to\nold, A-1 ,4711\n,\"B,2\",4712\n");

    assertThat(spec.normalise().names()).isFalse();
    assertThat(spec.normalise().fields().get(0).table()).isEmpty();
    assertThat(spec.normalise().fields().get(1).table())
        .isEqualTo(List.of(new TableEntry(" A-1 ", "4711"), new TableEntry("B,2", "4712")));
    assertThat(spec.identity().key()).isEqualTo("id");
    FieldCleaning product = new Cleaning(spec.normalise()).of("product");
    assertThat(product.listed("a-1")).isEqualTo(Converted.of("4711"));
    assertThat(product.listed("C-3")).isInstanceOf(Converted.Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"from;to\nA;1\n", "from,to\nA,\n", "from,to\nA,1\nA\n", "from,to\nA,1\na,2\n", ""})
  void whatIsNoTableIsRefusedWithItsFieldAndWithoutItsValues(String csv) {
    ConnectorException fault = catchThrowableOfType(ConnectorException.class, () -> filled(csv));

    assertThat(fault.field()).isEqualTo("spec.normalise.fields[1].tableFrom");
    assertThat(fault.isTemporary()).isFalse();
    assertThat(fault.getMessage()).contains("products/table.csv");
  }

  @Test
  void aTableThatIsNotThereIsNamed() {
    assertThat(catchThrowableOfType(ConnectorException.class, () -> filled(null)))
        .hasMessageContaining("file not found: products/table.csv");
  }
}
