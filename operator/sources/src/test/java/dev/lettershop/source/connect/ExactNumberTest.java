package dev.lettershop.source.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactNumberTest {
  @ParameterizedTest
  @CsvSource({
    "0.1, Double 0.1",
    "120.50, Double 120.5",
    "7.00, Double 7.0",
    "1e3, Double 1000.0",
    "9007199254740991.0, Double 9.007199254740991E15",
    "9007199254740993.0, Long 9007199254740993",
    "12345678901234567890.00, String 12345678901234567890",
    "52.520006799999997, Double 52.5200068",
    "0.30000000000000004, Double 0.30000000000000004",
    "123456789012345.12, Double 1.2345678901234512E14",
    "123456789012345.13, String 123456789012345.13",
    "123456789012345.125, String 123456789012345.125",
    "0.1234567890123456789, String 0.1234567890123456789",
    "1e400, String 1E+400",
    "-1e999999999, String -1E+999999999",
    "1e-999999, String 1E-999999"
  })
  void a_decimal_keeps_all_its_digits(String digits, String kept) {
    assertThat(shown(ExactNumber.decimal(new BigDecimal(digits)))).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036854775807, Long 9223372036854775807",
    "9223372036854775808, String 9223372036854775808",
    "-9223372036854775809, String -9223372036854775809"
  })
  void a_whole_number_is_exact_at_any_size(String digits, String kept) {
    assertThat(shown(ExactNumber.whole(new BigInteger(digits)))).isEqualTo(kept);
    assertThat(shown(ExactNumber.number(new BigDecimal(digits)))).isEqualTo(kept);
  }

  @Test
  void json_and_its_text_give_the_same_numbers() throws Exception {
    for (String digits : new String[] {"1", "1.5", "18446744073709551616", "123456789012345.13"}) {
      Object read = JsonRecords.value(JsonRecords.read(digits));
      assertThat(read instanceof Double ? read.toString() : String.valueOf(read)).isEqualTo(digits);
      assertThat(JsonRecords.value(JsonRecords.read(JsonRecords.write(read)))).isEqualTo(read);
    }
  }

  private static String shown(Object number) {
    return number.getClass().getSimpleName() + " " + number;
  }
}
