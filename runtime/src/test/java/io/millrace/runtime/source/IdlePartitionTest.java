package io.millrace.runtime.source;

import static io.millrace.runtime.circuit.TestCircuit.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.sort.SortSpec;
import io.millrace.runtime.circuit.CircuitJob;
import io.millrace.runtime.circuit.EntryPort;
import io.millrace.runtime.circuit.EntryPort.EntryTime;
import io.millrace.runtime.circuit.RecordingListener;
import io.millrace.runtime.circuit.TestCircuit;
import io.millrace.runtime.circuit.Turns;
import io.millrace.runtime.source.ListSource.Row;
import io.millrace.spi.connector.RecordOrigin;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.option.Options;
import io.millrace.spi.time.Slack;
import io.millrace.testkit.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Partitions of one source of which some are silent; their rows are put in order. */
class IdlePartitionTest {
  private static final long TIMEOUT = 30_000;
  private final RecordingListener listener = new RecordingListener();
  private final VirtualClock clock = new VirtualClock(Instant.EPOCH);
  private final List<Row> first = new ArrayList<>();
  private final List<Row> second = new ArrayList<>();
  private final ListSource source = new ListSource(false, List.of(first, second));
  private final TestCircuit test = new TestCircuit(1024);
  private final CircuitJob job = add();
  private final SourceRunner runner =
      new SourceRunner(test.circuit(), new Turns(test.circuit()), List.of(feed()));

  @Test
  void shouldGoOnWithoutPartitionThatIsSilent() {
    first.add(new Row(10, "a"));
    second.add(new Row(20, "b"));
    work();
    pollAt(20_000);
    second.add(new Row(30, "c"));
    pollAt(29_999);
    assertThat(listener.told()).isEmpty();

    pollAt(30_000);

    assertThat(listener.told()).containsExactly("Out@10 a", "Out@20 b");
    assertThat(port().isIdle(0)).isTrue();
    assertThat(port().isIdle(1)).isFalse();
    assertThat(port().watermark()).isEqualTo(30);
  }

  @Test
  void shouldFindRowsLateThatOthersHavePassedAndWaitForTheOthers() {
    first.add(new Row(10, "a"));
    second.add(new Row(20, "b"));
    work();
    pollAt(15_000);
    second.add(new Row(50, "c"));
    pollAt(29_000);
    pollAt(30_000);

    first.add(new Row(49, "late"));
    first.add(new Row(52, "d"));
    second.add(new Row(70, "e"));
    work();

    assertThat(listener.told())
        .containsExactly("Out@10 a", "Out@20 b", "late for q@49 late", "Out@50 c");
    first.add(new Row(60, "f"));
    work();
    assertThat(listener.told()).last().isEqualTo("Out@52 d");
  }

  @Test
  void shouldNotTakePartitionForSilentThatHasMore() {
    second.add(new Row(20, "b"));
    work();
    for (int i = 0; i < 2_000; i++) {
      first.add(new Row(1, ListSource.EMPTY));
    }
    pollAt(29_000);
    pollAt(30_000);
    assertThat(port().isIdle(0)).isFalse();
    assertThat(port().isIdle(1)).isTrue();
  }

  @Test
  void shouldAskOnceMoreAfterPauseAsLongAsTheTimeout() {
    first.add(new Row(10, "a"));
    work();
    pollAt(40_000);
    assertThat(port().isIdle(0)).isFalse();
    pollAt(40_001);
    assertThat(port().isIdle(0)).isTrue();
  }

  private void pollAt(long millis) {
    clock.advance(Duration.ofMillis(millis - clock.millis()));
    work();
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
    graph.exit("Out", graph.step("q", new SortSpec(NAMES), graph.entry("S")));
    return test.add(graph.graph(), 2, EntryTime.event(Slack.NONE, TIMEOUT), listener, 1);
  }

  private Feed feed() {
    return new Feed(
        new StreamDefinition("S", NAMES, List.of(), false, new Options(List.of(), Map.of())),
        source,
        port(),
        new RowTime(-1, true),
        new int[0],
        false,
        false,
        new NoBadRecords(),
        ShedPolicy.NONE,
        clock);
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
