package io.millrace.engine.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.connector.ExchangeRowWriter;
import io.millrace.spi.connector.RecordOrigin;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.RandomValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows that go through an exchange, and how they come out. */
class ExchangeRecordTest {
  private static final int PARTS = 3;
  private static final Schema EVERYTHING =
      schema(
          DataType.BOOLEAN,
          DataType.INT,
          DataType.BIGINT,
          DataType.DOUBLE,
          DataType.decimal(38, 6),
          DataType.STRING,
          DataType.BYTES,
          DataType.TIMESTAMP,
          DataType.DATE,
          DataType.TIME,
          DataType.INTERVAL,
          DataType.array(DataType.DOUBLE),
          DataType.map(DataType.STRING, DataType.BOOLEAN),
          new DataType.StructOf(
              List.of(
                  new Field("a", DataType.INT),
                  new Field("b", DataType.array(DataType.decimal(5, 2))))));
  private static final Schema NUMBERS = schema(DataType.BIGINT);

  private final List<Sent> sent = new ArrayList<>();

  /** A record, and the part that it is for. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Sent(int part, byte[] record) {}

  private static Schema schema(DataType... types) {
    return new Schema(
        IntStream.range(0, types.length).mapToObj(i -> new Field("c" + i, types[i])).toList());
  }

  private ExchangeOutlet outlet(Schema schema, Integer... columns) {
    ExchangeOutlet outlet = new ExchangeOutlet(schema, Arrays.asList(columns), PARTS, false);
    outlet.open((part, record) -> sent.add(new Sent(part, record)), () -> Timeline.NEVER);
    return outlet;
  }

  @Test
  void shouldGiveRowsOfAllTypesAsTheyWere() {
    Random random = new Random(3);
    RandomValues values = new RandomValues(random);
    int rows = 500;
    long[] watermarks = random.longs(rows).sorted().toArray();
    long[] late = Arrays.stream(watermarks).map(w -> w + random.nextInt(3)).toArray();
    watermarks[0] = Timeline.NEVER;
    late[0] = Timeline.NEVER;
    SourceTimeline emission = SourceTimeline.ofTold();
    emission.beginTold(0, watermarks, rows);
    SourceTimeline lateness = SourceTimeline.ofTold();
    lateness.beginTold(0, late, rows);
    RowBuffer buffer = new RowBuffer(EVERYTHING, rows, emission);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      long rowtime = i == 1 ? Long.MIN_VALUE : i == 2 ? Long.MAX_VALUE : random.nextLong();
      RowKind kind = RowKind.values()[random.nextInt(4)];
      int row = buffer.append(rowtime, Timeline.ofRow(i), kind);
      List<@Nullable Object> row0 = new ArrayList<>();
      for (int c = 0; c < EVERYTHING.size(); c++) {
        Object value = values.nullable(EVERYTHING.type(c));
        buffer.column(c).set(row, value);
        row0.add(value);
      }
      int lane = random.nextInt(3) * 100;
      buffer.lane(row, lane);
      expected.add(
          kind
              + " "
              + rowtime
              + " "
              + watermarks[i]
              + " "
              + late[i]
              + " lane "
              + lane
              + " "
              + row0);
    }

    outlet(EVERYTHING, 1, 5).accept(buffer.batch(emission, lateness));

    assertThat(received(EVERYTHING).told()).isEqualTo(expected);
    assertThat(sent.stream().map(Sent::part)).contains(0, 1, 2);
  }

  @Test
  void shouldSendRowsThatAreEqualInTheColumnsToOnePart() {
    accept(outlet(NUMBERS, 0), 7L, 8L, 9L, 7L, null, 7L, null);

    assertThat(sent.get(3).part()).isEqualTo(sent.get(0).part()).isEqualTo(sent.get(5).part());
    assertThat(sent.get(6).part()).isEqualTo(sent.get(4).part());
  }

  /** They lie in topics: the part of a value never changes. */
  @Test
  void shouldSendValuesToTheSamePartsForAllTime() {
    accept(outlet(NUMBERS, 0), 0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, null);

    assertThat(sent.stream().map(Sent::part).toList())
        .isEqualTo(List.of(0, 1, 0, 2, 1, 2, 0, 1, 1));
  }

  @Test
  void shouldSendAllRowsToTheFirstPartWhenThereIsNothingToSpreadThemBy() {
    ExchangeOutlet outlet = outlet(NUMBERS);
    accept(outlet, 7L, 8L, 9L, null);
    outlet.tell(90, false);

    assertThat(sent).hasSize(5).extracting(Sent::part).containsOnly(0);
  }

  @Test
  void shouldTellEachPartOnceHowFarTheWatermarkIs() {
    ExchangeOutlet outlet = outlet(NUMBERS, 0);
    outlet.tell(Timeline.NEVER, false);
    assertThat(sent).isEmpty();

    outlet.tell(90, false);
    outlet.tell(90, false);
    assertThat(sent.stream().map(Sent::part)).containsExactly(0, 1, 2);

    outlet.tell(91, false);
    assertThat(sent.stream().map(Sent::part)).containsExactly(0, 1, 2, 0, 1, 2);
    assertThat(received(NUMBERS).told()).containsExactly("90", "90", "90", "91", "91", "91");
  }

  @Test
  void shouldTellAllPartsWhetherItIsIdle() {
    ExchangeOutlet outlet = new ExchangeOutlet(NUMBERS, List.of(), PARTS, true);
    outlet.open((part, record) -> sent.add(new Sent(part, record)), () -> Timeline.NEVER);
    outlet.tell(Timeline.NEVER, false);
    outlet.tell(90, true);
    outlet.tell(90, true);
    outlet.tell(90, false);

    assertThat(sent.stream().map(Sent::part)).containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2);
    assertThat(received(NUMBERS).told().stream().distinct())
        .containsExactly(String.valueOf(Timeline.NEVER), "90 idle", "90");
  }

  @Test
  void shouldNotFallBehindWhatWasSaidWhileIdle() {
    ExchangeOutlet outlet = new ExchangeOutlet(NUMBERS, List.of(), PARTS, true);
    outlet.open((part, record) -> sent.add(new Sent(part, record)), () -> 1);
    accept(outlet, 7L, 8L, 9L);
    outlet.tell(0, false);

    assertThat(received(NUMBERS).told())
        .containsExactly(
            "INSERT 0 1 1 lane 0 [7]",
            "INSERT 1 1 1 lane 0 [8]",
            "INSERT 2 1 1 lane 0 [9]",
            "1",
            "1"); // the first part has heard it from the rows
  }

  /** One step of the watermark says as much as one for each of the windows that it closes. */
  @Test
  void shouldTellWithEachRowWhatIsDueBeforeIt() {
    SourceTimeline turn = new SourceTimeline();
    RowBuffer rows = new RowBuffer(NUMBERS, 4, turn);
    ExchangeOutlet outlet = outlet(NUMBERS);
    for (long[] steps : new long[][] {{100}, {40, 100}, {40, 70, 80, 100}}) {
      turn.reset();
      turn.beginAdvance(0, 0);
      long before = 0;
      for (long step : steps) {
        turn.beginAdvance(2, step);
        rows.clear();
        for (long due : new long[] {40, 80}) {
          if (before < due && due <= step) {
            int row = rows.append(due - 1, 0);
            rows.dueAt(row, due);
            ((LongColumn) rows.column(0)).put(row, due);
          }
        }
        outlet.accept(rows.batch(turn, turn));
        before = step;
      }
    }
    List<String> told = received(NUMBERS).told();
    assertThat(told.subList(0, 2))
        .containsExactly("INSERT 39 39 39 lane 0 [40]", "INSERT 79 79 79 lane 0 [80]");
    assertThat(told.subList(2, 6))
        .isEqualTo(List.of(told.get(0), told.get(1), told.get(0), told.get(1)));
  }

  @Test
  void shouldTellAgainWhenItWasOpenedAgain() {
    ExchangeOutlet outlet = outlet(NUMBERS, 0);
    outlet.tell(90, false);
    outlet.open((part, record) -> sent.add(new Sent(part, record)), () -> Timeline.NEVER);
    outlet.tell(90, false);

    assertThat(sent).hasSize(2 * PARTS);
  }

  @Test
  void shouldRefuseRowsWithOtherColumns() {
    accept(outlet(NUMBERS, 0), 7L);

    assertThatThrownBy(() -> received(schema(DataType.INT)))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("other columns");
  }

  @Test
  void shouldRefuseRecordsThatAreNone() {
    sent.add(new Sent(0, new byte[] {99}));
    assertThatThrownBy(() -> received(NUMBERS)).hasMessageContaining("another version");

    sent.set(0, new Sent(0, new byte[] {RecordForm.WATERMARK}));
    assertThatThrownBy(() -> received(NUMBERS)).hasMessageContaining("make no sense");
  }

  private static void accept(ExchangeOutlet outlet, @Nullable Long... values) {
    SourceTimeline timeline = new SourceTimeline();
    RowBuffer buffer = new RowBuffer(NUMBERS, values.length, timeline);
    for (int i = 0; i < values.length; i++) {
      buffer.column(0).set(buffer.append(i, Timeline.ofRow(i)), values[i]);
    }
    timeline.beginEvent(0, buffer.rowtimes(), values.length);
    outlet.accept(buffer.batch(timeline, timeline));
  }

  private Received received(Schema schema) {
    Received received = new Received(schema);
    ExchangeDecoder decoder = new ExchangeDecoder(schema);
    for (Sent one : sent) {
      decoder.decode(one.record(), 0, one.record().length, received);
    }
    return received;
  }

  /** Writes down what is written to it. */
  private static final class Received implements ExchangeRowWriter {
    private final List<String> told = new ArrayList<>();
    private @Nullable Object[] row = new @Nullable Object[0];
    private final int columns;

    Received(Schema schema) {
      columns = schema.size();
    }

    List<String> told() {
      return told;
    }

    @Override
    public void endRow(RowKind kind, long rowtime, long watermark, long lateness, int lane) {
      String time = rowtime + " " + watermark + " " + lateness;
      told.add(kind + " " + time + " lane " + lane + " " + Arrays.asList(row));
    }

    @Override
    public void advance(long watermark, boolean isIdle) {
      told.add(watermark + (isIdle ? " idle" : ""));
    }

    @Override
    public void beginRow() {
      row = new @Nullable Object[columns];
    }

    @Override
    public void setNull(int column) {
      row[column] = null;
    }

    @Override
    public void setBoolean(int column, boolean value) {
      row[column] = value;
    }

    @Override
    public void setLong(int column, long value) {
      row[column] = value;
    }

    @Override
    public void setDouble(int column, double value) {
      row[column] = value;
    }

    @Override
    public void setObject(int column, @Nullable Object value) {
      row[column] = value;
    }

    @Override
    public void record(RecordOrigin origin, long recordTime) {}

    @Override
    public void setMetadata(int index, @Nullable Object value) {}

    @Override
    public boolean wantsMetadata(int index) {
      return false;
    }

    @Override
    public void endRow() {
      throw new AssertionError("nothing is said of the row");
    }

    @Override
    public void endDeletion() {
      throw new AssertionError("nothing is said of the row");
    }

    @Override
    public void reject(byte[] bytes, int offset, int length, String error) {
      throw new AssertionError(error);
    }

    @Override
    public void skipEmpty() {
      throw new AssertionError("every record has a value");
    }
  }
}
