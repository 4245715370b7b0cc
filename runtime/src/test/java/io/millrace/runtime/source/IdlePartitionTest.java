package io.millrace.runtime.source;

import static io.millrace.runtime.circuit.TestCircuit.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.sort.SortSpec;
import io.millrace.runtime.circuit.Circuit.EntrySpec;
import io.millrace.runtime.circuit.CircuitJob;
import io.millrace.runtime.circuit.EntryPort;
import io.millrace.runtime.circuit.EntryPort.EntryTime;
import io.millrace.runtime.circuit.EntryPort.PartitionTime;
import io.millrace.runtime.circuit.RecordingListener;
import io.millrace.runtime.circuit.TestCircuit;
import io.millrace.runtime.circuit.Turns;
import io.millrace.runtime.source.ListSource.Row;
import io.millrace.spi.connector.RecordOrigin;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.option.Options;
import io.millrace.spi.time.Slack;
import io.millrace.spi.time.Timeline;
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
    pollUntil(20_000);
    second.add(new Row(30, "c"));
    pollUntil(29_999);
    assertThat(listener.told()).isEmpty();

    pollUntil(30_000);

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
    pollUntil(15_000);
    second.add(new Row(50, "c"));
    pollUntil(30_000);

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
    pollUntil(30_000);
    assertThat(port().isIdle(0)).isFalse();
    assertThat(port().isIdle(1)).isTrue();
  }

  @Test
  void shouldBeginAnewAfterPauseInWhichNobodyAsked() {
    first.add(new Row(10, "a"));
    work();
    pollUntil(20_000);
    pollAfter(TIMEOUT / 4 + 1);
    long since = clock.millis();
    pollUntil(since + TIMEOUT - 1);
    assertThat(port().isIdle(0)).isFalse();
    pollUntil(since + TIMEOUT);
    assertThat(port().isIdle(0)).isTrue();
  }

  @Test
  void shouldListenWhileItWaitsForTheSource() {
    first.add(new Row(10, "a"));
    work();
    clock.advance(Duration.ofMillis(TIMEOUT));
    runner.await(Duration.ZERO);
    work();
    assertThat(port().isIdle(0)).isTrue();
  }

  @Test
  void shouldNotTakeTimeBetweenTurnsForSilence() {
    test.circuit().advanceClock(TIMEOUT);
    assertThat(port().isIdle(0)).isFalse();
  }

  @Test
  void shouldListenAnewAfterRestoreAndKeepTheWatermark() {
    first.add(new Row(10, "a"));
    second.add(new Row(20, "b"));
    work();
    pollUntil(TIMEOUT);
    PartitionTime idle = port().time(0);
    PartitionTime other = port().time(1);
    long reached = port().watermark();
    assertThat(idle.isIdle()).isTrue();

    job.reset();
    job.restore(port(), reached, Timeline.NEVER);
    job.restore(port(), 0, idle);
    job.restore(port(), 1, other);
    job.endRestore(test.circuit().cause());

    assertThat(port().isIdle(0)).isFalse();
    assertThat(port().watermark()).isEqualTo(20);
  }

  /** Polls every few seconds, and then. */
  private void pollUntil(long millis) {
    while (clock.millis() < millis) {
      pollAfter(Math.min(TIMEOUT / 4, millis - clock.millis()));
    }
  }

  private void pollAfter(long millis) {
    clock.advance(Duration.ofMillis(millis));
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
    CircuitJob added =
        test.add(
            graph.graph(),
            new EntrySpec(EntryTime.event(Slack.NONE, TIMEOUT), 2, true),
            listener,
            1);
    test.circuit().lookAtClock(0); // before there is a runner, as when a job is launched
    return added;
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
