package io.millrace.operators.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.millrace.spi.data.Struct;
import io.millrace.spi.state.StateCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SketchesTest {
  private static final List<BigDecimal> FRACTIONS =
      Stream.of("0", "0.01", "0.25", "0.5", "0.95", "0.999", "1").map(BigDecimal::new).toList();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldBeNearThePercentileWhenThereAreManyNumbers(int seed) {
    Random random = new Random(seed);
    QuantileSketch sketch = new QuantileSketch();
    RankedNumbers exact = new RankedNumbers();
    for (int i = 0; i < 20_000; i++) {
      double number = Math.exp(random.nextGaussian() * 3) * (random.nextInt(5) == 0 ? -1 : 1);
      sketch.add(number);
      exact.add((Double) number);
    }
    for (BigDecimal fraction : FRACTIONS) {
      assertThat(sketch.percentile(fraction))
          .isCloseTo(exact.percentile(fraction), withPercentage(0.4));
    }
    assertThat(sketch.percentile(BigDecimal.ZERO)).isEqualTo(exact.percentile(BigDecimal.ZERO));
    assertThat(sketch.percentile(BigDecimal.ONE)).isEqualTo(exact.percentile(BigDecimal.ONE));
  }

  @Test
  void shouldBeExactWhenThereAreFewDifferentNumbers() {
    QuantileSketch sketch = new QuantileSketch();
    RankedNumbers exact = new RankedNumbers();
    for (int i = 0; i < 20_000; i++) {
      double number = i % QuantileSketch.MOST_EXACT + 0.1;
      sketch.add(number);
      exact.add((Double) number);
    }
    for (BigDecimal fraction : FRACTIONS) {
      assertThat(sketch.percentile(fraction)).isEqualTo(exact.percentile(fraction));
    }
  }

  @Test
  void shouldBeTheSameWhenNumbersComeInAnyOrderAndPartsAreMerged() throws IOException {
    Random random = new Random(2);
    for (int count : new int[] {1, 500, 513, 700, 5_000}) {
      List<Double> numbers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        numbers.add(
            i % 97 == 0
                ? Double.NEGATIVE_INFINITY
                : i % 89 == 0 ? Double.NaN : random.nextGaussian());
      }
      QuantileSketch inOrder = new QuantileSketch();
      numbers.forEach(inOrder::add);
      Collections.shuffle(numbers, random);
      List<QuantileSketch> parts = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        parts.add(new QuantileSketch());
      }
      numbers.forEach(number -> parts.get(random.nextInt(4)).add(number));
      QuantileSketch merged = new QuantileSketch();
      for (QuantileSketch part : parts) {
        merged.addAll(restored(part, QuantileSketch.CODEC));
      }
      assertThat(bytes(merged, QuantileSketch.CODEC))
          .isEqualTo(bytes(inOrder, QuantileSketch.CODEC));
    }
  }

  @Test
  void shouldCountExactlyWhenThereAreFewDifferentValues() {
    DistinctEstimate estimate = new DistinctEstimate();
    for (long i = 0; i < 10_000; i++) {
      estimate.add(i % DistinctEstimate.MOST_EXACT);
    }
    assertThat(DistinctEstimate.count(estimate)).isEqualTo(DistinctEstimate.MOST_EXACT);
    assertThat(DistinctEstimate.count(null)).isZero();
  }

  @Test
  void shouldBeNearTheCountWhenThereAreManyDifferentValues() {
    for (long count : new long[] {257, 1_000, 10_000, 300_000}) {
      DistinctEstimate numbers = new DistinctEstimate();
      DistinctEstimate texts = new DistinctEstimate();
      DistinctEstimate doubles = new DistinctEstimate();
      for (long i = 0; i < count; i++) {
        numbers.add(i);
        texts.add("user" + i);
        doubles.add(i / 8.0);
      }
      for (DistinctEstimate estimate : List.of(numbers, texts, doubles)) {
        assertThat((double) DistinctEstimate.count(estimate))
            .isCloseTo((double) count, withPercentage(5));
      }
    }
  }

  @Test
  void shouldEstimateTheSameWhenValuesComeInAnyOrderAndPartsAreMerged() throws IOException {
    Random random = new Random(3);
    for (int count : new int[] {1, 256, 257, 5_000}) {
      List<Long> values = new ArrayList<>();
      for (long i = 0; i < count; i++) {
        values.add(i);
      }
      DistinctEstimate inOrder = new DistinctEstimate();
      values.forEach(inOrder::add);
      Collections.shuffle(values, random);
      DistinctEstimate one = new DistinctEstimate();
      DistinctEstimate other = new DistinctEstimate();
      values.forEach(value -> (value % 7 < random.nextInt(9) ? one : other).add(value));
      DistinctEstimate merged = new DistinctEstimate();
      merged.addAll(restored(one, DistinctEstimate.CODEC));
      merged.addAll(restored(other, DistinctEstimate.CODEC));
      assertThat(bytes(merged, DistinctEstimate.CODEC))
          .isEqualTo(bytes(inOrder, DistinctEstimate.CODEC));
      assertThat(DistinctEstimate.count(merged)).isEqualTo(DistinctEstimate.count(inOrder));
    }
  }

  @Test
  void shouldHashEqualValuesAlike() {
    assertThat(ValueHash.of(-0.0)).isEqualTo(ValueHash.of(0.0));
    assertThat(ValueHash.of(new BigDecimal("1.0"))).isEqualTo(ValueHash.of(new BigDecimal("1")));
    assertThat(ValueHash.of(List.of(-0.0, "a"))).isEqualTo(ValueHash.of(List.of(0.0, "a")));
    assertThat(ValueHash.of(Map.of("a", 1L, "b", 2L)))
        .isEqualTo(ValueHash.of(Map.of("b", 2L, "a", 1L)));
    assertThat(ValueHash.of(Map.of("a", 1L, "b", 2L)))
        .isNotEqualTo(ValueHash.of(Map.of("a", 2L, "b", 1L)));
    assertThat(ValueHash.of(Struct.of("a", null))).isNotEqualTo(ValueHash.of(Struct.of(null, "a")));
    assertThat(ValueHash.of("ab")).isNotEqualTo(ValueHash.of("ba"));
    assertThat(ValueHash.of(true)).isNotEqualTo(ValueHash.of(false));
  }

  private static <T> byte[] bytes(T value, StateCodec<T> codec) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(value, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static <T> T restored(T value, StateCodec<T> codec) throws IOException {
    return codec.read(1, new DataInputStream(new ByteArrayInputStream(bytes(value, codec))));
  }
}
