package io.millrace.runtime.source;

import static io.millrace.runtime.circuit.TestCircuit.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.sort.SortSpec;
import io.millrace.operators.union.UnionSpec;
import io.millrace.runtime.circuit.Circuit.EntrySpec;
import io.millrace.runtime.circuit.CircuitJob;
import io.millrace.runtime.circuit.EntryPort;
import io.millrace.runtime.circuit.EntryPort.EntryTime;
import io.millrace.runtime.circuit.RecordingListener;
import io.millrace.runtime.circuit.TestCircuit;
import io.millrace.runtime.circuit.Turns;
import io.millrace.spi.connector.ExchangeRowWriter;
import io.millrace.spi.connector.PollStatus;
import io.millrace.spi.connector.RecordOrigin;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.option.Options;
import io.millrace.spi.time.Timeline;
import io.millrace.testkit.time.VirtualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Two partitions whose senders, which bring two streams together, say how far their watermarks are;
 * their rows are put in order.
 */
class ToldPartitionsTest {
  private final RecordingListener listener = new RecordingListener();
  private final Sent source = new Sent();
  private final int[] rowMetadata = new int[0];
  private final VirtualClock clock = new VirtualClock();
  private final RecordPolicy policy =
      new RecordPolicy() {
        @Override
        public void rejected(
            RecordOrigin origin,
            long recordTime,
            byte[] bytes,
            int offset,
            int length,
            String error) {
          throw new AssertionError(error);
        }

        @Override
        public void empty() {}
      };
  private final TestCircuit test = new TestCircuit(1024);
  private final CircuitJob job = add();
  private final Feed feed = feed();
  private final SourceRunner runner =
      new SourceRunner(test.circuit(), new Turns(test.circuit()), List.of(feed));

  @Test
  void shouldWaitForThePartitionThatHasSaidLeast() {
    row(0, 10, "a", 5);
    mark(0, 30);
    work();
    assertThat(listener.told()).isEmpty();
    assertThat(port().watermark(0)).isEqualTo(30);
    assertThat(port().watermark()).isEqualTo(Timeline.NEVER);

    mark(1, 20);
    work();
    assertThat(listener.told()).containsExactly("Out@10 a");
    assertThat(port().watermark()).isEqualTo(20);
  }

  @Test
  void shouldFindRowsLateByTheWatermarkOfTheirSenderAlone() {
    mark(1, 100);
    row(1, 99, "late", 100);
    row(0, 40, "early", 40);
    row(0, 39, "late too", 40);
    mark(0, 100);
    work();

    assertThat(listener.told())
        .containsExactlyInAnyOrder("late for q@99 late", "late for q@39 late too", "Out@40 early");
  }

  /** As where rows of two inputs have been sent one after the other. */
  @Test
  void shouldFindRowsLateByWhatIsSaidOfEachOfThem() {
    row(0, 50, "a", 10, 60);
    row(0, 50, "b", 10, 20);
    row(0, 19, "c", 10, 20);
    row(0, 60, "d", 10, 60);
    mark(0, 100);
    mark(1, 100);
    work();

    assertThat(listener.told())
        .containsExactly("late for q@50 a", "late for q@19 c", "Out@50 b", "Out@60 d");
  }

  /** First the first stream of the senders, of this the first sender. */
  @Test
  void shouldPutEqualTimesInTheOrderOfLanesThenOfSenders() {
    row(1, 10, "second stream, second sender", 5, 5, 1);
    row(1, 10, "first stream, second sender", 5, 5, 0);
    row(0, 10, "second stream, first sender", 5, 5, 1);
    row(0, 10, "first stream, first sender", 5, 5, 0);
    mark(0, 20);
    mark(1, 20);
    work();

    assertThat(listener.told())
        .containsExactly(
            "Out@10 first stream, first sender",
            "Out@10 first stream, second sender",
            "Out@10 second stream, first sender",
            "Out@10 second stream, second sender");
  }

  @Test
  void shouldLeaveOutRowsThatWereTakenBefore() {
    runner.skip(feed, 0, 2);
    row(0, 10, "a", 5);
    row(0, 11, "b", 6);
    row(0, 12, "c", 7);
    mark(0, 20);
    mark(1, 20);
    work();

    assertThat(listener.told()).containsExactly("Out@12 c");
  }

  private void row(int partition, long time, String name, long watermark) {
    row(partition, time, name, watermark, watermark);
  }

  private void row(int partition, long time, String name, long watermark, long lateness) {
    row(partition, time, name, watermark, lateness, 0);
  }

  private void row(int partition, long time, String name, long watermark, long lateness, int lane) {
    source.add(
        partition,
        writer -> {
          writer.beginRow();
          writer.setObject(0, name);
          writer.endRow(RowKind.INSERT, time, watermark, lateness, lane);
        });
  }

  private void mark(int partition, long watermark) {
    source.add(partition, writer -> writer.advance(watermark, false));
  }

  private void work() {
    int rows = runner.doWork();
    while (rows > 0) {
      rows = runner.doWork();
    }
    assertThat(rows).isZero();
  }

  private EntryPort port() {
    return job.findEntry("S").orElseThrow();
  }

  private CircuitJob add() {
    TestCircuit.Graph graph = new TestCircuit.Graph();
    UnionSpec union = new UnionSpec(NAMES, List.of(0, 0), false);
    graph.exit("S", graph.step("p", union, graph.entry("First"), graph.entry("Second")));
    graph.exit("Out", graph.step("q", new SortSpec(NAMES), graph.entry("S")));
    return test.add(graph.graph(), new EntrySpec(EntryTime.TOLD, 2, true), listener, 1);
  }

  private Feed feed() {
    return new Feed(
        new StreamDefinition("S", NAMES, List.of(), false, new Options(List.of(), Map.of())),
        source,
        port(),
        new RowTime(-1, false),
        rowMetadata,
        false,
        false,
        policy,
        ShedPolicy.NONE,
        clock);
  }

  /** What has been sent, by sender. */
  private static final class Sent implements Source {
    private final List<Deque<Consumer<ExchangeRowWriter>>> lanes =
        List.of(new ArrayDeque<>(), new ArrayDeque<>());
    private final int[] next = new int[2];

    void add(int partition, Consumer<ExchangeRowWriter> record) {
      lanes.get(partition).add(record);
    }

    @Override
    public List<String> partitions() {
      return List.of("p0", "p1");
    }

    @Override
    public PollStatus poll(int partition, RowWriter writer, int maxRows) {
      Consumer<ExchangeRowWriter> record = lanes.get(partition).poll();
      for (int i = 0; i < maxRows && record != null; i++) {
        next[partition]++;
        record.accept((ExchangeRowWriter) writer);
        record = lanes.get(partition).poll();
      }
      return PollStatus.IDLE;
    }

    @Override
    public void await(Duration timeout) {}

    @Override
    public String position(int partition) {
      return String.valueOf(next[partition]);
    }

    @Override
    public void seek(int partition, String position) {}

    @Override
    public void acknowledge(List<String> positions) {}

    @Override
    public void close() {}
  }
}
