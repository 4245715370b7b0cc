package io.millrace.runtime.source;

import static io.millrace.runtime.circuit.TestCircuit.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.distinct.DistinctSpec;
import io.millrace.operators.graph.OperatorGraph;
import io.millrace.operators.sort.SortSpec;
import io.millrace.runtime.circuit.CircuitJob;
import io.millrace.runtime.circuit.RecordingListener;
import io.millrace.runtime.circuit.TestCircuit;
import io.millrace.runtime.circuit.Turns;
import io.millrace.runtime.source.ListSource.Row;
import io.millrace.spi.connector.RecordOrigin;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.option.Options;
import io.millrace.spi.time.Clock;
import io.millrace.spi.time.RowTimes;
import io.millrace.spi.time.Timeline;
import io.millrace.testkit.time.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceRunnerTest {
  private final RecordingListener listener = new RecordingListener();
  private final VirtualClock clock = new VirtualClock();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1024})
  void shouldTakeRowWithSmallestTimeOfBoundedInputs(int batchSize) {
    TestCircuit test = new TestCircuit(batchSize);
    CircuitJob job = test.add(streams("A", "B"), listener);
    ListSource a = bounded(List.of(new Row(1, "a1"), new Row(3, "a2"), new Row(2, "a3")));
    ListSource b =
        bounded(List.of(new Row(1, "b1"), new Row(2, "b2"), new Row(3, "b3"), new Row(3, "b4")));
    SourceRunner runner =
        new SourceRunner(
            test.circuit(),
            new Turns(test.circuit()),
            List.of(feed(job, "A", a, true, false), feed(job, "B", b, true, false)));

    runToEnd(runner);

    assertThat(listener.told())
        .containsExactly("A@1 a1", "B@1 b1", "B@2 b2", "A@3 a2", "A@2 a3", "B@3 b3", "B@3 b4");
    assertThat(job.findEntry("A").orElseThrow().watermark()).isEqualTo(Timeline.END);
    runner.acknowledge();
    assertThat(b.acknowledged()).containsExactly(List.of("4"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1024})
  void shouldReadBoundedTablesBeforeAnyStream(int batchSize) {
    TestCircuit test = new TestCircuit(batchSize);
    CircuitJob job = test.add(streams("S", "T"), listener);
    ListSource stream = bounded(List.of(new Row(1, "s1"), new Row(2, "s2")));
    ListSource table = bounded(List.of(new Row(100, "t1"), new Row(200, "t2")));

    runToEnd(
        new SourceRunner(
            test.circuit(),
            new Turns(test.circuit()),
            List.of(feed(job, "S", stream, true, false), feed(job, "T", table, true, true))));

    assertThat(listener.told()).containsExactly("T@100 t1", "T@200 t2", "S@1 s1", "S@2 s2");
  }

  @Test
  void shouldRefuseRecordWhoseTimeIsOutOfRange() {
    TestCircuit test = new TestCircuit(1024);
    CircuitJob job = test.add(streams("S", "T"), listener);
    ListSource source = bounded(List.of(new Row(1, "a"), new Row(Long.MAX_VALUE, "b")));
    SourceRunner runner =
        new SourceRunner(
            test.circuit(),
            new Turns(test.circuit()),
            List.of(feed(job, "S", source, true, false)));

    assertThatThrownBy(() -> runToEnd(runner))
        .hasMessageEndingWith("the time of the record " + RowTimes.problem(Long.MAX_VALUE));
  }

  @Test
  void shouldSendWhatIsHeldWhenAllPartitionsHaveEnded() {
    TestCircuit test = new TestCircuit(1024);
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int entry = graph.entry("S");
    graph.exit("Out", graph.step("q", new SortSpec(NAMES), entry));
    CircuitJob job = test.add(graph.graph(), 3, false, listener);
    ListSource source =
        new ListSource(
            true,
            List.of(
                List.of(new Row(10, "a"), new Row(30, "b")),
                List.of(),
                List.of(new Row(20, "c"), new Row(25, "d"))));

    runToEnd(
        new SourceRunner(
            test.circuit(),
            new Turns(test.circuit()),
            List.of(feed(job, "S", source, true, false))));

    assertThat(listener.told()).containsExactly("Out@10 a", "Out@20 c", "Out@25 d", "Out@30 b");
    assertThat(job.stateEntries()).isZero();
  }

  @Test
  void shouldTakeRowsOfEndlessInputsAsTheyCome() {
    TestCircuit test = new TestCircuit(1024);
    CircuitJob job = test.add(streams("S", "T"), listener);
    ListSource stream = new ListSource(false, List.of(List.of(new Row(5, "s1"))));
    ListSource idle = new ListSource(false, List.of(List.of()));
    SourceRunner runner =
        new SourceRunner(
            test.circuit(),
            new Turns(test.circuit()),
            List.of(feed(job, "S", stream, false, false), feed(job, "T", idle, false, false)));

    assertThat(runner.doWork()).isEqualTo(1);
    assertThat(runner.doWork()).isZero();
    assertThat(listener.told()).containsExactly("S@5 s1");
  }

  @Test
  void shouldWaitForTheInputsThatAreWanted() {
    TestCircuit test = new TestCircuit(1024);
    CircuitJob job = test.add(streams("S", "T"), listener);
    ListSource ready = new ListSource(false, List.of(List.of(new Row(5, "s1"))));
    ListSource missing = new ListSource(false, List.of(List.of()));
    SourceRunner runner =
        new SourceRunner(
            test.circuit(),
            new Turns(test.circuit()),
            List.of(feed(job, "S", ready, true, false), feed(job, "T", missing, true, false)));

    assertThat(runner.doWork()).isZero();
    runner.await(Duration.ofHours(1));

    assertThat(ready.awaited()).isZero();
    assertThat(missing.awaited()).isEqualTo(1);
    runner.close();
  }

  @Test
  void shouldWaitForAllEndlessInputs() {
    TestCircuit test = new TestCircuit(1024);
    CircuitJob job = test.add(streams("S", "T"), listener);
    ListSource one = new ListSource(false, List.of(List.of(new Row(5, "s1"))));
    ListSource other = new ListSource(false, List.of(List.of()));
    SourceRunner runner =
        new SourceRunner(
            test.circuit(),
            new Turns(test.circuit()),
            List.of(feed(job, "S", one, false, false), feed(job, "T", other, false, false)));
    assertThat(runner.doWork()).isEqualTo(1);
    assertThat(runner.doWork()).isZero();

    while (one.awaited() == 0 || other.awaited() == 0) {
      runner.await(Duration.ofHours(1));
    }
    runner.close();
  }

  @Test
  void shouldGoOnAtOnceWhenRecordsGiveNoRows() {
    TestCircuit test = new TestCircuit(2);
    CircuitJob job = test.add(streams("S", "T"), listener);
    Row empty = new Row(1, ListSource.EMPTY);
    ListSource source =
        new ListSource(false, List.of(List.of(empty, empty, empty, new Row(2, "s1"), empty)));
    SourceRunner runner =
        new SourceRunner(
            test.circuit(),
            new Turns(test.circuit()),
            List.of(feed(job, "S", source, false, false)));

    assertThat(runner.doWork()).isEqualTo(1);
    assertThat(listener.told()).isEmpty();
    assertThat(runner.doWork()).isEqualTo(1);
    assertThat(listener.told()).containsExactly("S@2 s1");
    assertThat(runner.doWork()).isEqualTo(1);
    assertThat(runner.doWork()).isZero();
    runner.acknowledge();
    assertThat(source.acknowledged()).containsExactly(List.of("5"));
  }

  @Test
  void shouldNotMakeRowsLateWhenTheClockGoesOnBeforeTheirTurn() {
    TestCircuit test = new TestCircuit(1024);
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int entry = graph.entry("S");
    graph.exit("Out", graph.step("q", new SortSpec(NAMES), entry));
    CircuitJob job = test.add(graph.graph(), 2, true, listener);
    ListSource source = new ListSource(false, List.of(List.of(new Row(0, "a")), List.of()));
    source.beforePollOfLast(
        () -> {
          clock.advance(Duration.ofSeconds(2));
          test.circuit().advanceClock(clock.millis());
        });
    Feed feed =
        new Feed(
            definition("S"),
            source,
            job.findEntry("S").orElseThrow(),
            new RowTime(-1, false),
            new int[0],
            false,
            false,
            new NoBadRecords(),
            ShedPolicy.NONE,
            clock);
    SourceRunner runner =
        new SourceRunner(test.circuit(), new Turns(test.circuit()), List.of(feed));

    assertThat(runner.doWork()).isEqualTo(1);
    assertThat(runner.doWork()).isZero();

    assertThat(listener.told()).containsExactly("Out@2000 a");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1024})
  void shouldShedRowsOfOldRecordsAndGoOnBehindThem(int batchSize) {
    TestCircuit test = new TestCircuit(batchSize);
    CircuitJob job = test.add(streams("S", "T"), listener);
    ListSource source =
        new ListSource(
            false,
            List.of(
                List.of(
                    new Row(99, "old"),
                    new Row(100, "a"),
                    new Row(RowWriter.NO_TIME, "b"),
                    new Row(0, "older"),
                    new Row(101, "c"),
                    new Row(99, "last"))));
    ShedFrom shedding = new ShedFrom(100);
    SourceRunner runner =
        new SourceRunner(
            test.circuit(),
            new Turns(test.circuit()),
            List.of(feed(job, "S", source, false, false, shedding)));

    while (runner.doWork() > 0) {
      Thread.onSpinWait();
    }

    assertThat(listener.told()).containsExactly("S@100 a", "S@0 b", "S@101 c");
    assertThat(shedding.shed).isEqualTo(3);
    runner.acknowledge();
    assertThat(source.acknowledged()).containsExactly(List.of("6"));
  }

  /** Sheds rows before a time. */
  private static final class ShedFrom implements ShedPolicy {
    private final long oldestTaken;
    private int shed;

    ShedFrom(long oldestTaken) {
      this.oldestTaken = oldestTaken;
    }

    @Override
    public long oldestTaken(Clock ignored) {
      return oldestTaken;
    }

    @Override
    public void shed(int rows) {
      shed += rows;
    }
  }

  private static void runToEnd(SourceRunner runner) {
    while (runner.doWork() >= 0) {
      Thread.onSpinWait();
    }
    runner.close();
  }

  private static ListSource bounded(List<Row> rows) {
    return new ListSource(true, List.of(rows));
  }

  private static OperatorGraph streams(String first, String second) {
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int a = graph.entry(first);
    int b = graph.entry(second);
    return graph
        .exit(first, graph.step("q1", new DistinctSpec(NAMES, 0), a))
        .exit(second, graph.step("q2", new DistinctSpec(NAMES, 0), b))
        .graph();
  }

  private static StreamDefinition definition(String stream) {
    return new StreamDefinition(stream, NAMES, List.of(), false, new Options(List.of(), Map.of()));
  }

  private Feed feed(
      CircuitJob job, String stream, ListSource source, boolean isBounded, boolean isTable) {
    return feed(job, stream, source, isBounded, isTable, ShedPolicy.NONE);
  }

  private Feed feed(
      CircuitJob job,
      String stream,
      ListSource source,
      boolean isBounded,
      boolean isTable,
      ShedPolicy shedding) {
    return new Feed(
        definition(stream),
        source,
        job.findEntry(stream).orElseThrow(),
        new RowTime(-1, true),
        new int[0],
        isBounded,
        isTable,
        new NoBadRecords(),
        shedding,
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
