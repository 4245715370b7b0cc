package io.millrace.operators.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.RowException;
import java.math.BigInteger;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

class IntegerMathTest {
  private static final long[] EDGES = {
    0,
    1,
    -1,
    2,
    -2,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Long.MAX_VALUE / 2,
    3037000500L
  };

  private interface Operation {
    long apply(long a, long b, String text);
  }

  private static void assertExact(
      Operation operation, BinaryOperator<BigInteger> exact, boolean divides) {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      long a = i % 3 == 0 ? random.nextLong() : EDGES[random.nextInt(EDGES.length)];
      long b = i % 5 == 0 ? random.nextInt() : EDGES[random.nextInt(EDGES.length)];
      if (divides && b == 0) {
        assertThatThrownBy(() -> operation.apply(a, b, "a / b"))
            .isInstanceOf(RowException.class)
            .hasMessage("division by zero in a / b");
        continue;
      }
      BigInteger expected = exact.apply(BigInteger.valueOf(a), BigInteger.valueOf(b));
      if (expected.bitLength() < Long.SIZE) {
        assertThat(operation.apply(a, b, "x")).isEqualTo(expected.longValueExact());
      } else {
        assertThatThrownBy(() -> operation.apply(a, b, "a + b"))
            .isInstanceOf(RowException.class)
            .hasMessage("integer overflow in a + b");
      }
    }
  }

  @Test
  void shouldComputeExactlyOrFail() {
    assertExact(IntegerMath::add, BigInteger::add, false);
    assertExact(IntegerMath::subtract, BigInteger::subtract, false);
    assertExact(IntegerMath::multiply, BigInteger::multiply, false);
    assertExact(IntegerMath::divide, BigInteger::divide, true);
    assertExact(IntegerMath::remainder, BigInteger::remainder, true);
    assertExact((a, b, text) -> IntegerMath.negate(a, text), (a, b) -> a.negate(), false);
  }

  @Test
  void shouldRefuseWhatIsNoInt() {
    assertThat(IntegerMath.checkInt(Integer.MIN_VALUE, "x")).isEqualTo(Integer.MIN_VALUE);
    assertThatThrownBy(() -> IntegerMath.checkInt(Integer.MAX_VALUE + 1L, "a * b"))
        .hasMessage("integer overflow in a * b");
  }
}
