package io.millrace.testkit.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.connector.Sink;
import io.millrace.spi.data.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every sink must do. A subclass opens it over an empty target and reads that target back. */
public abstract class SinkContractTest {

  /** The columns of the stream. */
  protected abstract StreamFixture stream();

  /** At least two rows, as boxed internal values. */
  protected abstract List<@Nullable Object[]> rows();

  /** Opens the sink over its target. */
  protected abstract Sink open();

  /** What is in the target, one text per row, in order. */
  protected abstract List<String> written();

  /** Empties the target. */
  protected abstract void clear();

  @Test
  protected void shouldHaveWrittenAllRowsAfterFlush() {
    try (Sink sink = open()) {
      sink.write(batch(rows()));
      sink.flush();
      assertThat(written()).hasSize(rows().size());
    }
  }

  @Test
  protected void shouldWriteTheSameInBatchesOfOne() {
    List<String> atOnce = written(sink -> sink.write(batch(rows())));
    List<String> oneByOne = written(sink -> rows().forEach(row -> sink.write(batch(rows(row)))));
    assertThat(oneByOne).isEqualTo(atOnce);
  }

  @Test
  protected void shouldWriteTheSameWithFlushesBetween() {
    List<String> atOnce = written(sink -> sink.write(batch(rows())));
    List<String> flushed =
        written(
            sink ->
                rows()
                    .forEach(
                        row -> {
                          sink.write(batch(rows(row)));
                          sink.flush();
                          sink.flush();
                        }));
    assertThat(flushed).isEqualTo(atOnce);
  }

  @Test
  protected void shouldWriteNothingForEmptyBatches() {
    assertThat(written(sink -> sink.write(batch(List.of())))).isEmpty();
  }

  @Test
  protected void shouldCloseTwice() {
    Sink sink = open();
    sink.write(batch(rows()));
    sink.close();
    sink.close();
    assertThat(written()).hasSize(rows().size());
  }

  private List<String> written(Consumer<Sink> writes) {
    clear();
    try (Sink sink = open()) {
      writes.accept(sink);
    }
    return written();
  }

  private static List<@Nullable Object[]> rows(@Nullable Object[] row) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    rows.add(row);
    return rows;
  }

  private Batch batch(List<@Nullable Object[]> rows) {
    BatchFixture fixture = new BatchFixture(stream().schema());
    rows.forEach(fixture::row);
    return fixture.batch();
  }
}
