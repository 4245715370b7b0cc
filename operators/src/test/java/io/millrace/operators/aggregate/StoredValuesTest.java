package io.millrace.operators.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.data.Bytes;
import io.millrace.spi.data.Struct;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StoredValuesTest {
  static Stream<Arguments> values() {
    DataType struct =
        new DataType.StructOf(
            List.of(new Field("a", DataType.INT), new Field("b", DataType.array(DataType.DOUBLE))));
    return Stream.of(
        Arguments.of(DataType.BOOLEAN, true),
        Arguments.of(DataType.INT, -3L),
        Arguments.of(DataType.TIMESTAMP, Long.MIN_VALUE),
        Arguments.of(DataType.DOUBLE, Double.NaN),
        Arguments.of(DataType.STRING, "h\u00e9\ud83d\ude00 \ud83d"),
        Arguments.of(DataType.BYTES, Bytes.copyOf(new byte[] {1, -1})),
        Arguments.of(DataType.decimal(10, 2), new BigDecimal("-12.50")),
        Arguments.of(DataType.decimal(10, 2), new BigDecimal("-12.5")),
        Arguments.of(DataType.array(DataType.STRING), Arrays.asList("a", null, "")),
        Arguments.of(
            DataType.map(DataType.STRING, DataType.INT), Collections.singletonMap("k", null)),
        Arguments.of(DataType.map(DataType.STRING, DataType.INT), Map.of()),
        Arguments.of(struct, Struct.of(null, List.of(0.5, -0.0))));
  }

  @ParameterizedTest
  @MethodSource("values")
  void shouldReadWhatWasWritten(DataType type, Object value) throws IOException {
    StoredValues stored = StoredValues.of(type);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    stored.write(value, out);
    stored.writeNullable(null, out);
    stored.writeNullable(value, out);

    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(stored.read(in)).isEqualTo(value);
    assertThat(stored.readNullable(in)).isNull();
    assertThat(stored.readNullable(in)).isEqualTo(value);
    assertThat(in.read()).isEqualTo(-1);
  }

  @Test
  void shouldRefuseTheTypeOfTheLiteralNull() {
    assertThatThrownBy(() -> StoredValues.of(DataType.array(DataType.NULL)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
