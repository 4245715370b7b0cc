package io.millrace.spi.types;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalTypesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          DECIMAL(5,2); DECIMAL(4,3); DECIMAL(7,3); DECIMAL(9,5); DECIMAL(13,7); DECIMAL(4,3)
          DECIMAL(10,0); DECIMAL(2,1); DECIMAL(12,1); DECIMAL(12,1); DECIMAL(17,6); DECIMAL(2,1)
          DECIMAL(38,10); DECIMAL(38,20); DECIMAL(38,20); DECIMAL(38,30); DECIMAL(38,6); DECIMAL(38,20)
          DECIMAL(38,30); DECIMAL(38,30); DECIMAL(38,30); DECIMAL(38,38); DECIMAL(38,6); DECIMAL(38,30)
          DECIMAL(2,2); DECIMAL(2,2); DECIMAL(3,2); DECIMAL(4,4); DECIMAL(8,6); DECIMAL(2,2)
          """)
  void shouldGiveTheTypesOfArithmetic(
      String a, String b, String sum, String product, String quotient, String remainder) {
    DataType.Decimal left = (DataType.Decimal) TypeParser.parse(a);
    DataType.Decimal right = (DataType.Decimal) TypeParser.parse(b);

    assertThat(DecimalTypes.sum(left, right).sql()).isEqualTo(sum);
    assertThat(DecimalTypes.product(left, right).sql()).isEqualTo(product);
    assertThat(DecimalTypes.quotient(left, right).sql()).isEqualTo(quotient);
    assertThat(DecimalTypes.remainder(left, right).sql()).isEqualTo(remainder);
  }
}
