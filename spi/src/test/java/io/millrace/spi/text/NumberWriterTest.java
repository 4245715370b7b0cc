package io.millrace.spi.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.connector.ByteOutput;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberWriterTest {
  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        7,
        -7,
        10,
        99,
        100,
        12345,
        -1000000,
        999999999999999999L,
        1000000000000000000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE
      })
  void shouldWriteLongAsJavaDoes(long value) {
    ByteOutput out = new ByteOutput(1);
    NumberWriter.writeLong(value, out);
    assertThat(text(out)).isEqualTo(Long.toString(value));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0, 0.0",
    "-0.0, -0.0",
    "1, 1.0",
    "-12.5, -12.5",
    "0.1, 0.1",
    "0.001, 0.001",
    "0.00099, 9.9E-4",
    "100, 100.0",
    "9999999, 9999999.0",
    "10000000, 1.0E7",
    "12345678.9, 1.23456789E7",
    "2e-3, 0.002",
    "2E23, 2.0E23",
    "4.9E-324, 4.9E-324",
    "9.9E-324, 9.9E-324",
    "2.2250738585072014E-308, 2.2250738585072014E-308",
    "1.7976931348623157E308, 1.7976931348623157E308",
    "9007199254740993, 9.007199254740992E15",
    "5.0E-324, 4.9E-324",
    "NaN, NaN",
    "Infinity, Infinity",
    "-Infinity, -Infinity"
  })
  void shouldWriteShortestDecimal(double value, String expected) {
    assertThat(write(value)).isEqualTo(expected);
  }

  @Test
  void shouldReadBackWhatItWroteAndNeverBeLongerThanJava() {
    long seed = 20261121;
    Random random = new Random(seed);
    for (int i = 0; i < 200_000; i++) {
      double value =
          i % 2 == 0
              ? Double.longBitsToDouble(random.nextLong())
              : random.nextInt(1_000_000) / Math.pow(10, random.nextInt(7));
      if (Double.isFinite(value)) {
        String written = write(value);
        assertThat(Double.parseDouble(written)).as("seed %d: %s", seed, written).isEqualTo(value);
        assertThat(new BigDecimal(written).stripTrailingZeros().precision())
            .as("seed %d: %s", seed, written)
            .isLessThanOrEqualTo(
                new BigDecimal(Double.toString(value)).stripTrailingZeros().precision());
      }
    }
  }

  private static String write(double value) {
    ByteOutput out = new ByteOutput(1);
    NumberWriter.writeDouble(value, out);
    return text(out);
  }

  private static String text(ByteOutput out) {
    return new String(out.toByteArray(), UTF_8);
  }
}
