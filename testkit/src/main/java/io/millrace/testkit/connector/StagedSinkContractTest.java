package io.millrace.testkit.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.connector.Sink;
import io.millrace.spi.connector.StagedOutput;
import io.millrace.spi.connector.StagedSink;
import io.millrace.spi.data.Batch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every staged sink must do, beside what {@link SinkContractTest} says of the sinks of its
 * connector. A subclass opens it over an empty target and reads that target back.
 */
public abstract class StagedSinkContractTest {
  private final List<StagedSink> abandoned = new ArrayList<>();

  /** The columns of the stream. */
  protected abstract StreamFixture stream();

  /** At least four rows, as boxed internal values. */
  protected abstract List<@Nullable Object[]> rows();

  /** Opens the sink over its target, as {@code StagedSinkConnector.openStaged} does. */
  protected abstract StagedSink open(@Nullable StagedOutput resumed);

  /** What is in the target, one text per row, in order. */
  protected abstract List<String> written();

  /** Empties the target, so that a job begins anew. */
  protected abstract void clear();

  @AfterEach
  protected void closeAbandoned() {
    abandoned.forEach(Sink::close);
  }

  @Test
  protected void shouldShowWhatWasApplied() {
    List<String> expected = expected(3);
    try (StagedSink sink = open(null)) {
      write(sink, 0, 2);
      sink.apply(stage(sink, 1));
      assertThat(written()).isEqualTo(expected.subList(0, 2));
      write(sink, 2, 3);
      sink.apply(stage(sink, 2));
      assertThat(written()).isEqualTo(expected);
    }
    assertThat(written()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  protected void shouldTakeBackWhatWasWrittenBehindSnapshot(boolean closes) {
    List<String> expected = expected(4);
    StagedSink crashed = open(null);
    write(crashed, 0, 1);
    StagedOutput staged = stage(crashed, 1);
    crashed.apply(staged);
    write(crashed, 1, 3);
    crashed.flush();
    end(crashed, closes);
    try (StagedSink sink = open(staged)) {
      assertThat(written()).isEqualTo(expected.subList(0, 1));
      write(sink, 1, 4);
      sink.apply(stage(sink, 2));
    }
    assertThat(written()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  protected void shouldTakeBackIntervalWhoseSnapshotWasNotCommitted(boolean closes) {
    List<String> expected = expected(4);
    StagedSink crashed = open(null);
    write(crashed, 0, 1);
    StagedOutput staged = stage(crashed, 1);
    crashed.apply(staged);
    write(crashed, 1, 3);
    stage(crashed, 2);
    write(crashed, 3, 4);
    end(crashed, closes);
    try (StagedSink sink = open(staged)) {
      assertThat(written()).isEqualTo(expected.subList(0, 1));
      write(sink, 1, 4);
      sink.apply(stage(sink, 3));
    }
    assertThat(written()).isEqualTo(expected);
  }

  @Test
  protected void shouldApplyOnceWhatIsAppliedTwice() {
    List<String> expected = expected(3);
    try (StagedSink sink = open(null)) {
      write(sink, 0, 2);
      StagedOutput staged = stage(sink, 1);
      sink.apply(staged);
      sink.apply(staged);
      write(sink, 2, 3);
      staged = stage(sink, 2);
      sink.apply(staged);
      sink.apply(staged);
    }
    assertThat(written()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  protected void shouldApplyWhenItGoesOnWhateverWasAppliedBefore(boolean wasApplied) {
    List<String> expected = expected(4);
    StagedSink crashed = open(null);
    write(crashed, 0, 1);
    crashed.apply(stage(crashed, 1));
    write(crashed, 1, 3);
    StagedOutput staged = stage(crashed, 2);
    if (wasApplied) {
      crashed.apply(staged);
    }
    end(crashed, false);
    end(open(staged), false);
    try (StagedSink sink = open(staged)) {
      assertThat(written()).isEqualTo(expected.subList(0, 3));
      write(sink, 3, 4);
      sink.apply(stage(sink, 3));
    }
    assertThat(written()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  protected void shouldKeepRowsOfSnapshotThatWasGivenUp(boolean crashes) {
    List<String> expected = expected(4);
    StagedSink sink = open(null);
    write(sink, 0, 1);
    sink.apply(stage(sink, 1));
    write(sink, 1, 2);
    stage(sink, 2);
    write(sink, 2, 3);
    StagedOutput staged = stage(sink, 3);
    if (crashes) {
      end(sink, false);
      sink = open(staged);
    } else {
      sink.apply(staged);
    }
    assertThat(written()).isEqualTo(expected.subList(0, 3));
    write(sink, 3, 4);
    sink.apply(stage(sink, 4));
    sink.close();
    assertThat(written()).isEqualTo(expected);
  }

  @Test
  protected void shouldWriteNextIntervalWhileSnapshotIsCommitted() {
    List<String> expected = expected(4);
    StagedSink crashed = open(null);
    write(crashed, 0, 1);
    StagedOutput first = stage(crashed, 1);
    write(crashed, 1, 2);
    crashed.apply(first);
    StagedOutput second = stage(crashed, 2);
    write(crashed, 2, 3);
    StagedOutput third = stage(crashed, 3);
    crashed.apply(second);
    crashed.apply(third);
    assertThat(written()).isEqualTo(expected.subList(0, 3));
    end(crashed, false);
    try (StagedSink sink = open(third)) {
      assertThat(written()).isEqualTo(expected.subList(0, 3));
      write(sink, 3, 4);
      sink.apply(stage(sink, 4));
    }
    assertThat(written()).isEqualTo(expected);
  }

  @Test
  protected void shouldTakeIntervalsWithoutRows() {
    List<String> expected = expected(1);
    StagedSink crashed = open(null);
    StagedOutput empty = stage(crashed, 1);
    crashed.apply(empty);
    write(crashed, 0, 2);
    end(crashed, false);
    try (StagedSink sink = open(empty)) {
      assertThat(written()).isEmpty();
      write(sink, 0, 1);
      sink.apply(stage(sink, 2));
      sink.apply(stage(sink, 3));
    }
    assertThat(written()).isEqualTo(expected);
  }

  /** A crash behind every row and every snapshot, each time with the last one committed or not. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  protected void shouldWriteTheSameThoughItCrashesAllTheTime(boolean applies) {
    List<String> expected = expected(rows().size());
    StagedSink begun = open(null);
    long id = 1;
    StagedOutput committed = stage(begun, id);
    end(begun, false);
    for (int row = 0; row < rows().size(); row++) {
      StagedSink crashed = open(committed);
      write(crashed, row, rows().size());
      end(crashed, row % 2 == 0);
      StagedSink sink = open(committed);
      write(sink, row, row + 1);
      StagedOutput staged = stage(sink, ++id);
      write(sink, row + 1, rows().size());
      if (applies) {
        sink.apply(staged);
      }
      end(sink, false);
      committed = staged;
    }
    open(committed).close();
    assertThat(written()).isEqualTo(expected);
  }

  private void end(StagedSink sink, boolean closes) {
    if (closes) {
      sink.close();
    } else {
      abandoned.add(sink);
    }
  }

  /** What an undisturbed job writes of the first rows; the target is empty afterwards. */
  private List<String> expected(int count) {
    try (StagedSink sink = open(null)) {
      write(sink, 0, count);
      sink.apply(stage(sink, 1));
    }
    List<String> all = written();
    assertThat(all).as("the rows of the fixture").hasSize(count);
    clear();
    return all;
  }

  private static StagedOutput stage(StagedSink sink, long id) {
    return new StagedOutput(id, sink.stage(id));
  }

  private void write(Sink sink, int from, int to) {
    for (int i = from; i < to; i++) {
      sink.write(batch(i));
    }
  }

  private Batch batch(int row) {
    return new BatchFixture(stream().schema()).row(rows().get(row)).batch();
  }
}
