package io.millrace.connectors.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.PollStatus;
import io.millrace.spi.connector.Source;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.RecordedRow;
import io.millrace.testkit.connector.RecordingRowWriter;
import io.millrace.testkit.connector.StreamFixture;
import io.millrace.testkit.connector.TestSourceContext;
import io.millrace.testkit.time.VirtualClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratorSourceTest {
  private static final Instant NOW = Instant.parse("2024-03-01T10:00:00Z");
  private final VirtualClock clock = new VirtualClock(NOW);

  @Test
  void shouldCountSequences() {
    assertThat(values(DataType.BIGINT, 4, "kind=sequence")).containsExactly(0L, 1L, 2L, 3L);
    assertThat(values(DataType.BIGINT, 4, "kind=sequence", "min=5", "max=7"))
        .containsExactly(5L, 6L, 7L, 5L);
    assertThat(values(DataType.BIGINT, 4, "kind=sequence", "min=7", "max=3", "increment=-2"))
        .containsExactly(7L, 5L, 3L, 7L);
    assertThat(values(DataType.DOUBLE, 3, "kind=sequence", "increment=0.5"))
        .containsExactly(0.0, 0.5, 1.0);
    assertThat(values(DataType.decimal(5, 2), 2, "kind=sequence", "min=1.5"))
        .containsExactly(new BigDecimal("1.50"), new BigDecimal("2.50"));
    assertThat(values(DataType.STRING, 2, "kind=sequence", "min=9")).containsExactly("9", "10");
  }

  @Test
  void shouldStayInRange() {
    assertThat(values(DataType.INT, 2_000, "min=-2", "max=2")).containsOnly(-2L, -1L, 0L, 1L, 2L);
    assertThat(values(DataType.BIGINT, 100, "min=-9223372036854775808", "max=9223372036854775807"))
        .doesNotHaveDuplicates();
    assertThat(values(DataType.decimal(3, 1), 2_000, "min=9.8", "max=10.0"))
        .containsOnly(new BigDecimal("9.8"), new BigDecimal("9.9"), new BigDecimal("10.0"));
    assertThat(values(DataType.DOUBLE, 2_000, "min=1", "max=1.1", "digits=1"))
        .containsOnly(1.0, 1.1);
    assertThat(values(DataType.DATE, 200, "kind=random", "min=1970-01-02", "max=1970-01-03"))
        .containsOnly(1L, 2L);
  }

  @Test
  void shouldChooseEvenly() {
    List<@Nullable Object> values = values(DataType.STRING, 9_000, "kind=choice", "choices=a, b,c");
    assertThat(values).containsOnly("a", "b", "c");
    for (String choice : List.of("a", "b", "c")) {
      assertThat(values.stream().filter(choice::equals).count()).isBetween(2_800L, 3_200L);
    }
    assertThat(values(DataType.BOOLEAN, 3, "kind=constant", "value=true")).containsOnly(true);
    assertThat(values(DataType.TIME, 3, "kind=constant", "value=00:00:01")).containsOnly(1_000L);
  }

  @Test
  void shouldFillTemplates() {
    assertThat(values(DataType.STRING, 2, "template=user-{row}/{random}", "min=7", "max=7"))
        .containsExactly("user-0/7", "user-1/7");
    assertThat(values(DataType.STRING, 2, "kind=uuid")).allMatch(text -> text(text).length() == 36);
    assertThat(values(DataType.STRING, 2, "length=3")).allMatch(text -> text(text).length() == 3);
  }

  @Test
  void shouldDrawNormalNumbers() {
    double[] values =
        values(DataType.DOUBLE, 20_000, "kind=normal", "mean=10", "deviation=2").stream()
            .mapToDouble(value -> (Double) Objects.requireNonNull(value))
            .toArray();
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance =
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    assertThat(mean).isBetween(9.9, 10.1);
    assertThat(variance).isBetween(3.8, 4.2);
  }

  @Test
  void shouldPutNullsBetween() {
    List<@Nullable Object> values = values(DataType.INT, 10_000, "nulls=0.25");
    assertThat(values.stream().filter(Objects::isNull).count()).isBetween(2_300L, 2_700L);
  }

  @Test
  void shouldGiveEventTimesByStartAndStep() {
    StreamFixture stream =
        StreamFixture.of(
                new Field("at", DataType.TIMESTAMP),
                new Field("day", DataType.DATE),
                new Field("hour", DataType.TIME))
            .withConnector(new GeneratorConnector())
            .with("count", "3")
            .with("start", "1970-01-01T23:59:59Z")
            .with("step", "1 s");
    RecordingRowWriter writer = read(stream);
    assertThat(writer.values())
        .containsExactly(
            List.of(86_399_000L, 0L, 86_399_000L),
            List.of(86_400_000L, 1L, 0L),
            List.of(86_401_000L, 1L, 1_000L));
    assertThat(writer.rows())
        .extracting(RecordedRow::recordTime)
        .containsExactly(86_399_000L, 86_400_000L, 86_401_000L);
  }

  @Test
  void shouldBeginAtTheClocksTimeAndKeepItOverRestarts() {
    StreamFixture stream = stream(DataType.TIMESTAMP).with("count", "3").with("rate", "2000");
    RecordingRowWriter writer = RecordingRowWriter.of(stream.schema());
    String position;
    try (Source source = open(stream)) {
      source.poll(0, writer, 1);
      position = source.position(0);
    }
    clock.advance(Duration.ofDays(1));
    try (Source source = open(stream)) {
      source.seek(0, position);
      source.poll(0, writer, 1);
      clock.advance(Duration.ofDays(1));
      source.poll(0, writer, 1);
    }
    long now = NOW.toEpochMilli();
    assertThat(writer.values()).containsExactly(List.of(now), List.of(now), List.of(now + 1));
  }

  @Test
  void shouldMakeRowsAtItsRateAndCatchUp() {
    StreamFixture stream = stream(DataType.INT).with("rate", "100");
    RecordingRowWriter writer = RecordingRowWriter.of(stream.schema());
    try (Source source = open(stream)) {
      assertThat(source.poll(0, writer, 1_000)).isEqualTo(PollStatus.IDLE);
      assertThat(writer.rows()).hasSize(1);
      clock.advance(Duration.ofMillis(10));
      source.poll(0, writer, 1_000);
      assertThat(writer.rows()).hasSize(2);
      clock.advance(Duration.ofSeconds(1));
      assertThat(source.poll(0, writer, 60)).isEqualTo(PollStatus.MORE);
      assertThat(source.poll(0, writer, 60)).isEqualTo(PollStatus.IDLE);
      assertThat(writer.rows()).hasSize(102);
    }
  }

  @Test
  void shouldGiveTheSameRowsAtAnyPace() {
    StreamFixture slow = stream(DataType.STRING).with("rate", "10");
    RecordingRowWriter paced = RecordingRowWriter.of(slow.schema());
    try (Source source = open(slow)) {
      for (int i = 0; i < 20; i++) {
        source.poll(0, paced, 3);
        clock.advance(Duration.ofMillis(130));
      }
    }
    List<List<@Nullable Object>> fast = read(stream(DataType.STRING).with("count", "20")).values();
    assertThat(paced.values().subList(0, 20)).isEqualTo(fast);
    assertThat(read(stream(DataType.STRING).with("count", "20").with("seed", "1")).values())
        .isNotEqualTo(fast);
  }

  @Test
  void shouldBeBoundedWhenCounted() {
    GeneratorConnector connector = new GeneratorConnector();
    assertThat(connector.isBounded(stream(DataType.INT).definition())).isFalse();
    assertThat(connector.isBounded(stream(DataType.INT).with("count", "1").definition())).isTrue();
    try (Source source = open(stream(DataType.INT).with("count", "0"))) {
      assertThat(source.poll(0, RecordingRowWriter.of(stream(DataType.INT).schema()), 1))
          .isEqualTo(PollStatus.ENDED);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "INT, fields.g.kind, random, 'option ''fields.g.kind'' names no column; the columns are f'",
    "INT, fields.kind, random, 'option ''fields.kind'' names no column; it must be ''fields.<column>.kind'''",
    "INT, fields.f.mim, 1, 'option ''fields.f.mim'' is unknown; did you mean ''min''?'",
    "INT, fields.f.choices, 1, 'option ''fields.f.choices'' does nothing for the kind ''random'''",
    "INT, fields.f.kind, uuid, 'option ''fields.f.kind'' cannot be ''uuid'' for a column of type INT'",
    "INT, fields.f.kind, x, 'option ''fields.f.kind'' must be one of sequence, random, normal, choice, constant, template, uuid, time, not ''x'''",
    "INT, fields.f.min, 1.5, 'option ''fields.f.min'' is no value of the column: field ''f'' must be INT, not ''1.5'''",
    "INT, fields.f.max, -1, 'option ''fields.f.min'' is above the maximum: 0 > -1'",
    "INT, fields.f.kind, choice, 'option ''fields.f.choices'' is missing'",
    "INT, fields.f.kind, constant, 'option ''fields.f.value'' is missing'",
    "STRING, fields.f.template, '{x}', 'option ''fields.f.template'' may hold {row} and {random}, not {x}'",
    "BOOLEAN, fields.f.kind, sequence, 'option ''fields.f.kind'' cannot be ''sequence'' for a column of type BOOLEAN'",
    "INT, fields.f.nulls, 2, 'option ''fields.f.nulls'' must be from 0 to 1, not 2.0'",
    "INT, rate, 0, 'option ''rate'' must be above 0 rows per second'",
    "INT, count, -1, 'option ''count'' must not be negative, but is -1'",
    "INT, start, noon, 'option ''start'' must be a time such as ''2024-03-01T10:00:00Z'', not ''noon'''"
  })
  void shouldRefuseSettingsThatMakeNoSense(
      DataType.Simple type, String option, String value, String message) {
    StreamFixture stream = stream(type).with(option, value);
    assertThatThrownBy(() -> open(stream))
        .isInstanceOf(MillraceException.class)
        .hasMessage(message);
  }

  @Test
  void shouldRefuseTextThatIsNoPosition() {
    try (Source source = open(stream(DataType.INT))) {
      assertThatThrownBy(() -> source.seek(0, "x"))
          .isInstanceOf(MillraceException.class)
          .hasMessage("'x' is no position of a generator");
    }
  }

  private List<@Nullable Object> values(DataType type, int count, String... settings) {
    StreamFixture stream = stream(type).with("count", Integer.toString(count));
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      stream =
          stream.with("fields.f." + setting.substring(0, equals), setting.substring(equals + 1));
    }
    return read(stream).values().stream().<@Nullable Object>map(row -> row.get(0)).toList();
  }

  private RecordingRowWriter read(StreamFixture stream) {
    RecordingRowWriter writer = RecordingRowWriter.of(stream.schema());
    try (Source source = open(stream)) {
      source.poll(0, writer, Integer.MAX_VALUE);
    }
    return writer;
  }

  private Source open(StreamFixture stream) {
    var definition = stream.definition();
    return new GeneratorConnector()
        .open(definition, new TestSourceContext("test", clock, definition, null));
  }

  private static StreamFixture stream(DataType type) {
    return StreamFixture.of(new Field("f", type)).withConnector(new GeneratorConnector());
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value);
  }
}
