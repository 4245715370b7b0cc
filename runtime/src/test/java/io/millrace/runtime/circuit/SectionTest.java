package io.millrace.runtime.circuit;

import static io.millrace.runtime.circuit.TestCircuit.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.distinct.DistinctSpec;
import io.millrace.operators.graph.OperatorGraph;
import io.millrace.operators.sort.SortSpec;
import io.millrace.operators.table.TableContents;
import io.millrace.operators.table.TableSpec;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.ObjectColumn;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.time.Timeline;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SectionTest {
  private static final int ROWS = 3_000;
  private final RecordingListener listener = new RecordingListener();

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 7})
  void shouldSendWhatOneInstanceWouldWhenRowsRunInTasks(int parallelism) {
    assertThat(play(sortedDistinct(), parallelism))
        .isEqualTo(play(sortedDistinct(), 1))
        .hasSizeGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 7})
  void shouldSendTheLateRowsThatOneInstanceWouldWhenRowsRunInTasks(int parallelism) {
    assertThat(play(lateNames(), parallelism))
        .isEqualTo(play(lateNames(), 1))
        .filteredOn(row -> row.startsWith("Late@"))
        .hasSizeGreaterThan(100);
  }

  @Test
  void shouldSendEachRowOnOnceWhenLateOnesGoOnToo() {
    List<String> told = play(lateNames(), 3);
    List<String> late = told.stream().filter(row -> row.startsWith("Late@")).toList();

    assertThat(told.stream().filter(row -> row.startsWith("late for "))).hasSameSizeAs(late);
    assertThat(late.size() + told.stream().filter(row -> row.startsWith("Out@")).count())
        .isEqualTo(ROWS);
  }

  /** Rows of two partitions with disorder. */
  private static List<String> play(OperatorGraph graph, int parallelism) {
    RecordingListener told = new RecordingListener();
    TestCircuit test = new TestCircuit(4);
    Turns turns = new Turns(test.circuit());
    CircuitJob job = test.add(graph, 2, false, told, parallelism);
    EntryPort port = port(job);
    Random random = new Random(7);
    for (int i = 0; i < ROWS; i++) {
      int partition = random.nextInt(2);
      long time = (long) i + random.nextInt(5);
      String name = "n" + random.nextInt(200) + "-" + i / 1_000;
      turns.runAhead(() -> test.send(port, partition, time, name));
    }
    turns.run(
        () -> {
          test.circuit().advance(port, 0, Timeline.END);
          test.circuit().advance(port, 1, Timeline.END);
        });
    assertThat(job.metrics()).extracting(OperatorMetrics::rows).first().isEqualTo((long) ROWS);
    assertThat(job.metrics()).extracting(OperatorMetrics::watermark).containsOnly(Timeline.END);
    job.remove();
    return told.told();
  }

  @Test
  void shouldBringAllRowsToTheirEndsBeforeAnotherTurnBegins() {
    TestCircuit test = new TestCircuit(4);
    Turns turns = new Turns(test.circuit());
    CircuitJob job = test.add(distinct(), 1, false, listener, 3);
    for (int i = 0; i < 10; i++) {
      int number = i;
      turns.runAhead(() -> test.send(port(job), 0, number, "n" + number));
    }

    List<String> before = new ArrayList<>();
    turns.run(() -> before.addAll(listener.told()));

    assertThat(before).hasSize(10).startsWith("Out@0 n0", "Out@1 n1").endsWith("Out@9 n9");
    assertThat(test.circuit().isAhead()).isFalse();
    job.remove();
  }

  @Test
  void shouldStopBehindTheTurnThatFailed() {
    TestCircuit test = new TestCircuit(4);
    Turns turns = new Turns(test.circuit());
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int distinct = graph.step("q1", new DistinctSpec(NAMES, 0), graph.entry("S"));
    graph.exit("Out", graph.step("q2", new CheckSpec(NAMES, true), distinct));
    CircuitJob job = test.add(graph.graph(), 1, false, listener, 2);
    EntryPort port = port(job);
    for (String name : List.of("a", "bad", "c")) {
      turns.runAhead(() -> test.send(port, 0, 1, name));
    }

    turns.run(() -> {});

    assertThatThrownBy(port::throwIfFailed)
        .isInstanceOf(MillraceException.class)
        .hasMessage("q2 failed: bad value");
    assertThat(listener.told()).containsExactly("Out@1 a");
    turns.run(job::reset);
    turns.runAhead(() -> test.send(port, 0, 1, "a"));
    turns.run(() -> {});
    port.throwIfFailed();
    assertThat(listener.told()).containsExactly("Out@1 a", "Out@1 a");
    job.remove();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void shouldTellErrorsAtOnePositionInTheOrderOfTheirRows(int parallelism) {
    TestCircuit test = new TestCircuit(4);
    Turns turns = new Turns(test.circuit());
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int held = graph.step("q1", new AtEndSpec(NAMES), graph.entry("S"));
    graph.exit("Out", graph.step("q2", new LowerCaseSpec(NAMES), held));
    Told told = new Told();
    CircuitJob job = test.add(graph.graph(), 1, false, told, parallelism);
    for (int i = 0; i < 20; i++) {
      String name = (i % 2 == 0 ? "bad" : "Good") + i;
      turns.runAhead(() -> test.send(port(job), 0, 1, name));
    }

    turns.run(() -> test.circuit().advance(port(job), 0, Timeline.END));

    assertThat(told.of("errors"))
        .containsExactlyElementsOf(
            IntStream.range(0, 10).mapToObj(i -> "q2: bad name: bad" + 2 * i + "@1").toList());
    assertThat(told.of("Out"))
        .containsExactlyElementsOf(
            IntStream.range(0, 10).mapToObj(i -> "good" + (2 * i + 1) + "@1").toList());
    job.remove();
  }

  @Test
  void shouldGoOnFromTheStateOfItsTasks() throws IOException {
    TestCircuit before = new TestCircuit(4);
    CircuitJob saved = before.add(distinct(), 1, false, listener, 3);
    for (String name : List.of("a", "b", "c", "d", "e")) {
      new Turns(before.circuit()).run(() -> before.send(port(saved), 0, 1, name));
    }
    TestCircuit after = new TestCircuit(4);
    CircuitJob restored = after.add(distinct(), 1, false, listener, 3);
    for (CircuitJob.OperatorCapture state : saved.capture(true)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      state.capture().write(new DataOutputStream(bytes));
      restored.restore(
          state.identity(), new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
    restored.endRestore(saved.cause());
    assertThat(restored.statefulOperators().keySet())
        .containsExactly("state-1@0of3by0", "state-1@1of3by0", "state-1@2of3by0");
    assertThat(restored.stateEntries()).isEqualTo(5);
    listener.told().clear();

    new Turns(after.circuit())
        .run(
            () -> {
              after.send(port(restored), 0, 2, "c");
              after.send(port(restored), 0, 2, "f");
              after.send(port(restored), 0, 2, "a");
            });

    assertThat(listener.told()).containsExactly("Out@2 f");
    saved.remove();
    restored.remove();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void shouldFindTheRowsOfATableInAllTasks(int parallelism) {
    TestCircuit test = new TestCircuit(4);
    Turns turns = new Turns(test.circuit());
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int table = graph.step("q", new TableSpec("Names", NAMES, List.of(0), 0), graph.entry("S"));
    CircuitJob job = test.add(graph.exit("Names", table).graph(), 1, false, listener, parallelism);
    for (int i = 0; i < 20; i++) {
      String name = "n" + (char) ('t' - i % 12);
      turns.runAhead(() -> test.send(port(job), 0, 1, name));
    }
    List<Object> found = new ArrayList<>();

    turns.run(
        () -> {
          TableContents contents = job.findTable("names").orElseThrow();
          int[] numbers = contents.numbers();
          Column[] columns = {new ObjectColumn(numbers.length)};
          contents.copy(numbers, 0, numbers.length, columns, new long[numbers.length]);
          IntStream.range(0, numbers.length).forEach(i -> found.add(columns[0].get(i)));
        });

    assertThat(found)
        .containsExactly("ni", "nj", "nk", "nl", "nm", "nn", "no", "np", "nq", "nr", "ns", "nt");
    assertThat(listener.told()).hasSize(20).startsWith("Names@1 nt", "Names@1 ns");
    job.remove();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void shouldHoldTheRowsOfTheTurnThatIsDeliveredWhenASubscriberAsks(int parallelism) {
    TestCircuit test = new TestCircuit(4);
    Turns turns = new Turns(test.circuit());
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int table = graph.step("q", new TableSpec("Names", NAMES, List.of(0), 0), graph.entry("S"));
    List<Integer> held = new ArrayList<>();
    List<CircuitJob> asked = new ArrayList<>();
    Told told = new Told();
    told.whenRowsCome(() -> held.add(asked.get(0).findTable("names").orElseThrow().size()));
    CircuitJob job = test.add(graph.exit("Names", table).graph(), 1, false, told, parallelism);
    asked.add(job);

    for (int i = 0; i < 40; i++) {
      String name = "n" + i;
      turns.runAhead(() -> test.send(port(job), 0, 1, name));
    }
    turns.run(() -> {});

    assertThat(held).containsExactlyElementsOf(IntStream.rangeClosed(1, 40).boxed().toList());
    job.remove();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void shouldHoldTheRowsOfTheTurnThatIsDeliveredWhenASubscriberToAnotherEntryAsks(int parallelism) {
    TestCircuit test = new TestCircuit(4);
    Turns turns = new Turns(test.circuit());
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int distinct = graph.step("q1", new DistinctSpec(NAMES, 0), graph.entry("First"));
    int table = graph.step("q2", new TableSpec("Names", NAMES, List.of(0), 0), graph.entry("S"));
    List<Integer> held = new ArrayList<>();
    List<CircuitJob> asked = new ArrayList<>();
    Told told = new Told();
    told.whenRowsCome(() -> held.add(asked.get(0).findTable("names").orElseThrow().size()));
    OperatorGraph both = graph.exit("Out", distinct).exit("Names", table).graph();
    CircuitJob job = test.add(both, 1, false, told, parallelism);
    asked.add(job);
    EntryPort first = job.findEntry("First").orElseThrow();

    for (int i = 0; i < 40; i++) {
      String name = "n" + i;
      turns.runAhead(() -> test.send(first, 0, 1, name));
      turns.runAhead(() -> test.send(port(job), 0, 1, name));
    }
    turns.run(() -> {});

    List<Integer> expected = IntStream.rangeClosed(1, 80).map(n -> n / 2).boxed().toList();
    assertThat(held).containsExactlyElementsOf(expected);
    job.remove();
  }

  private static OperatorGraph distinct() {
    TestCircuit.Graph graph = new TestCircuit.Graph();
    return graph.exit("Out", graph.step("q", new DistinctSpec(NAMES, 0), graph.entry("S"))).graph();
  }

  private static OperatorGraph sortedDistinct() {
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int distinct = graph.step("q1", new DistinctSpec(NAMES, 0), graph.entry("S"));
    return graph.exit("Out", graph.step("q2", new SortSpec(NAMES), distinct)).graph();
  }

  private static OperatorGraph lateNames() {
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int behind = graph.step("q1", new BehindSpec(NAMES), graph.entry("S"));
    return graph.exit("Out", behind).exit("Late", graph.late(behind)).graph();
  }

  private static EntryPort port(CircuitJob job) {
    return job.findEntry("S").orElseThrow();
  }
}
