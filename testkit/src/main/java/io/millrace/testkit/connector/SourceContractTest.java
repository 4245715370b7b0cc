package io.millrace.testkit.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.connector.PollStatus;
import io.millrace.spi.connector.Source;
import io.millrace.spi.types.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every source must do that can be read again. A subclass opens it over an input that ends and
 * stays the same.
 */
public abstract class SourceContractTest {
  private static final int MOST_POLLS = 100_000;

  /** The columns of the stream. */
  protected abstract Schema schema();

  /** Opens the source anew, before its first record. */
  protected abstract Source open();

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1024})
  protected void shouldGiveTheSameRowsWhateverTheSizeOfPolls(int maxRows) {
    List<List<@Nullable Object>> expected = readAll(100_000);
    assertThat(expected).as("the input must have rows").isNotEmpty();
    assertThat(readAll(maxRows)).isEqualTo(expected);
  }

  @Test
  protected void shouldNeverWriteMoreRowsThanAskedFor() {
    try (Source source = open()) {
      for (int partition = 0; partition < source.partitions().size(); partition++) {
        RecordingRowWriter writer = RecordingRowWriter.of(schema());
        source.poll(partition, writer, 2);
        assertThat(writer.rows()).hasSizeLessThanOrEqualTo(2);
      }
    }
  }

  @Test
  protected void shouldGoOnBehindAnyPosition() {
    List<List<@Nullable Object>> expected = readPartition(0);
    int step = Math.max(1, expected.size() / 20);
    for (int read = 0; read <= expected.size(); read += step) {
      RecordingRowWriter writer = RecordingRowWriter.of(schema());
      String position;
      try (Source source = open()) {
        poll(source, 0, writer, read);
        position = source.position(0);
      }
      try (Source source = open()) {
        source.seek(0, position);
        assertThat(source.position(0)).as("behind %d rows", read).isEqualTo(position);
        pollToEnd(source, 0, writer, 1_000);
      }
      assertThat(writer.values()).as("behind %d rows", read).isEqualTo(expected);
    }
  }

  @Test
  protected void shouldStayEnded() {
    try (Source source = open()) {
      RecordingRowWriter writer = RecordingRowWriter.of(schema());
      pollToEnd(source, 0, writer, 1_000);
      writer.clear();
      assertThat(source.poll(0, writer, 10)).isEqualTo(PollStatus.ENDED);
      String position = source.position(0);
      try (Source again = open()) {
        again.seek(0, position);
        assertThat(again.poll(0, writer, 10)).isEqualTo(PollStatus.ENDED);
      }
      assertThat(writer.rows()).isEmpty();
    }
  }

  @Test
  protected void shouldNamePartitionsTheSameEachTime() {
    try (Source one = open();
        Source other = open()) {
      assertThat(one.partitions()).isNotEmpty().doesNotHaveDuplicates();
      assertThat(other.partitions()).isEqualTo(one.partitions());
    }
  }

  @Test
  protected void shouldCloseTwice() {
    Source source = open();
    source.poll(0, RecordingRowWriter.of(schema()), 1);
    source.close();
    source.close();
  }

  private List<List<@Nullable Object>> readAll(int maxRows) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (Source source = open()) {
      for (int partition = 0; partition < source.partitions().size(); partition++) {
        RecordingRowWriter writer = RecordingRowWriter.of(schema());
        pollToEnd(source, partition, writer, maxRows);
        rows.addAll(writer.values());
      }
    }
    return rows;
  }

  private List<List<@Nullable Object>> readPartition(int partition) {
    try (Source source = open()) {
      RecordingRowWriter writer = RecordingRowWriter.of(schema());
      pollToEnd(source, partition, writer, 1_000);
      return writer.values();
    }
  }

  /** Polls row by row until there are {@code rows} rows. */
  private static void poll(Source source, int partition, RecordingRowWriter writer, int rows) {
    for (int i = 0; writer.rows().size() < rows; i++) {
      assertThat(i).as("polls").isLessThan(MOST_POLLS);
      source.poll(partition, writer, 1);
    }
  }

  private static void pollToEnd(
      Source source, int partition, RecordingRowWriter writer, int maxRows) {
    int polls = 0;
    PollStatus status = PollStatus.MORE;
    while (status != PollStatus.ENDED) {
      status = source.poll(partition, writer, maxRows);
      if (status == PollStatus.IDLE) {
        source.await(Duration.ofMillis(10));
      }
      assertThat(++polls).as("polls").isLessThan(MOST_POLLS);
    }
  }
}
