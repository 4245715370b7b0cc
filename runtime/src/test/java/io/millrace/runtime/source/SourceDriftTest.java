package io.millrace.runtime.source;

import static io.millrace.runtime.circuit.TestCircuit.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.distinct.DistinctSpec;
import io.millrace.operators.graph.OperatorGraph;
import io.millrace.runtime.circuit.CircuitJob;
import io.millrace.runtime.circuit.RecordingListener;
import io.millrace.runtime.circuit.TestCircuit;
import io.millrace.runtime.circuit.Turns;
import io.millrace.spi.connector.PollStatus;
import io.millrace.spi.connector.RecordOrigin;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.option.Options;
import io.millrace.testkit.time.VirtualClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two partitions, the rows of the second of which come later than they are there. */
class SourceDriftTest {
  private final RecordingListener listener = new RecordingListener();
  private final TestCircuit test = new TestCircuit(1024);
  private final CircuitJob job = test.add(graph(), 2, false, listener);
  private final SlowSource source =
      new SlowSource(List.of(List.of(10L, 20L, 30L, 40L), List.of(15L, 25L, 35L)));

  private static OperatorGraph graph() {
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int entry = graph.entry("S");
    return graph.exit("S", graph.step("q", new DistinctSpec(NAMES, 0), entry)).graph();
  }

  private SourceRunner runner(Duration maxDrift) {
    Feed feed =
        new Feed(
            new StreamDefinition("S", NAMES, List.of(), false, new Options(List.of(), Map.of())),
            source,
            job.findEntry("S").orElseThrow(),
            new RowTime(-1, true),
            new int[0],
            false,
            false,
            new NoBadRecords(),
            ShedPolicy.NONE,
            new VirtualClock());
    return new SourceRunner(test.circuit(), new Turns(test.circuit()), List.of(feed), maxDrift);
  }

  /** What is taken until there is nothing to do. */
  private List<String> taken(SourceRunner runner) {
    int before = listener.told().size();
    while (runner.doWork() > 0) {
      Thread.onSpinWait();
    }
    return listener.told().subList(before, listener.told().size());
  }

  @Test
  void shouldTakeWhatIsThereWhenNothingIsSaid() {
    source.comeUpTo(0, 4);

    assertThat(taken(runner(Duration.ZERO)))
        .containsExactly("S@10 10", "S@20 20", "S@30 30", "S@40 40");
  }

  @Test
  void shouldWaitForAPartitionWhoseRowsAreOnTheirWay() {
    SourceRunner runner = runner(Duration.ofMillis(12));
    source.comeUpTo(0, 4);
    assertThat(taken(runner)).isEmpty();

    source.comeUpTo(1, 1);
    assertThat(taken(runner)).containsExactly("S@10 10", "S@20 20", "S@15 15");
    source.comeUpTo(1, 2);
    assertThat(taken(runner)).containsExactly("S@25 25", "S@30 30");
  }

  /** Rows of one partition are taken together as far as they may be. */
  @Test
  void shouldNotWaitForAPartitionThatHasNothingMore() {
    SourceRunner runner = runner(Duration.ofMillis(12));
    source.comeUpTo(0, 4);
    source.comeUpTo(1, 3);

    assertThat(taken(runner))
        .containsExactly(
            "S@10 10", "S@20 20", "S@15 15", "S@25 25", "S@35 35", "S@30 30", "S@40 40");
  }

  /** A source whose rows are there, and come when the test says so. */
  private static final class SlowSource implements Source {
    private final List<List<Long>> partitions;
    private final int[] come;
    private final int[] next;

    SlowSource(List<List<Long>> partitions) {
      this.partitions = partitions;
      this.come = new int[partitions.size()];
      this.next = new int[partitions.size()];
    }

    void comeUpTo(int partition, int rows) {
      come[partition] = rows;
    }

    @Override
    public List<String> partitions() {
      return IntStream.range(0, partitions.size()).mapToObj(i -> "p" + i).toList();
    }

    @Override
    public PollStatus poll(int partition, RowWriter writer, int maxRows) {
      List<Long> rows = partitions.get(partition);
      for (int i = 0; i < maxRows && next[partition] < come[partition]; i++) {
        long time = rows.get(next[partition]++);
        writer.record(() -> Long.toString(time), time);
        writer.beginRow();
        writer.setObject(0, Long.toString(time));
        writer.endRow();
      }
      return next[partition] < rows.size() ? PollStatus.MORE : PollStatus.IDLE;
    }

    @Override
    public void await(Duration timeout) {}

    @Override
    public String position(int partition) {
      return Arrays.toString(next);
    }

    @Override
    public void seek(int partition, String position) {}

    @Override
    public void acknowledge(List<String> positions) {}

    @Override
    public void close() {}
  }

  private static final class NoBadRecords implements RecordPolicy {
    @Override
    public void rejected(
        RecordOrigin origin, long recordTime, byte[] bytes, int offset, int length, String error) {
      throw new AssertionError(origin.describe() + ": " + error);
    }

    @Override
    public void empty() {}
  }
}
