package io.millrace.testkit.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.state.SortBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.RandomValues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A sort buffer beside a list that is sorted anew each time. */
final class SortBufferModel {
  private static final int POSITION = 8;

  private final SortBufferSpec spec;
  private final List<Row> rows = new ArrayList<>();
  private SortBuffer buffer;

  private record Row(long time, int lane, int place, List<@Nullable Object> values) {}

  SortBufferModel(SortBufferSpec spec, SortBuffer buffer) {
    this.spec = spec;
    this.buffer = buffer;
  }

  static Step<SortBufferModel> step(SortBufferSpec spec, Random random) {
    if (random.nextInt(3) == 0) {
      int bound = random.nextInt(1200);
      int limit = random.nextInt(50);
      return new Step<>("drain " + limit + " to " + bound, m -> m.drain(bound, limit));
    }
    RandomValues values = new RandomValues(random);
    long time = random.nextInt(1000);
    int disorder = random.nextInt(3) == 0 ? 1 : 20;
    int lanes = random.nextInt(3) == 0 ? 1 : 4;
    List<Row> added = new ArrayList<>();
    for (int i = random.nextInt(60); i >= 0; i--) {
      List<@Nullable Object> row = new ArrayList<>();
      spec.columns().forEach(type -> row.add(values.nullable(type)));
      int lane = random.nextInt(lanes);
      added.add(new Row(time - random.nextInt(disorder), lane, random.nextInt(3), row));
      time += random.nextInt(3);
    }
    return new Step<>("add " + added, m -> m.add(added));
  }

  void rebind(SortBuffer restored) {
    buffer = restored;
  }

  private void add(List<Row> added) {
    RowBuffer source = target();
    for (Row row : added) {
      int index = source.append(row.time, 1);
      source.place(index, row.place);
      source.lane(index, row.lane);
      for (int c = 0; c < spec.columns().size(); c++) {
        source.column(c).set(index, row.values.get(c));
      }
    }
    Batch batch = source.batchWithPlaces(new SourceTimeline(), new SourceTimeline());
    for (int i = 0; i < added.size(); i++) {
      buffer.add(batch, i);
    }
    rows.addAll(added);
    rows.sort(Comparator.comparingLong(Row::time).thenComparingInt(Row::lane));
  }

  private void drain(long time, int limit) {
    RowBuffer target = target();
    target.append(-1, 1);
    int count = buffer.drainTo(time, limit, target, POSITION);
    List<Row> expected = new ArrayList<>();
    while (expected.size() < limit && !rows.isEmpty() && rows.get(0).time <= time) {
      Row row = rows.remove(0);
      expected.add(new Row(row.time, 0, row.place, row.values));
    }
    assertThat(count).isEqualTo(expected.size());
    Batch drained = target.batchWithPlaces(new SourceTimeline(), new SourceTimeline());
    assertThat(drained.size()).isEqualTo(1 + count);
    assertThat(drained.lanes()).isNull();
    List<Row> actual = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      assertThat(drained.position(i)).isEqualTo(POSITION);
      int[] places = drained.places();
      int place = places == null ? 0 : places[i];
      List<@Nullable Object> values = RowColumns.row(drained.columns(), i);
      actual.add(new Row(drained.rowtimes()[i], 0, place, values));
    }
    assertThat(actual).isEqualTo(expected);
  }

  /** Verifies all rows; there are none afterwards. */
  void drainAll() {
    drain(Long.MAX_VALUE, Integer.MAX_VALUE);
    verify();
  }

  void verify() {
    assertThat(buffer.size()).isEqualTo(rows.size());
    assertThat(buffer.firstTime()).isEqualTo(rows.isEmpty() ? Long.MAX_VALUE : rows.get(0).time);
  }

  long entries() {
    return rows.size();
  }

  private RowBuffer target() {
    List<Field> fields = new ArrayList<>();
    spec.columns().forEach(type -> fields.add(new Field("c" + fields.size(), type)));
    return new RowBuffer(new Schema(fields), 2, new SourceTimeline());
  }
}
