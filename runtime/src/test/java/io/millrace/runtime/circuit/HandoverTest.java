package io.millrace.runtime.circuit;

import static io.millrace.runtime.circuit.TestCircuit.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.distinct.DistinctSpec;
import io.millrace.operators.graph.OperatorGraph;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.ObjectColumn;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.time.Timeline;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections that take the rows of others. */
class HandoverTest {
  private static final int TURNS = 600;

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 7})
  void shouldSendWhatOneInstanceWouldWhenASectionTakesTheRowsOfAnother(int parallelism) {
    Map<String, List<String>> one = play(threeKeys(), 9, 1);

    assertThat(play(threeKeys(), 9, parallelism)).isEqualTo(one);
    assertThat(one.get("Third")).hasSize(11);
    assertThat(one.get("Second")).hasSizeGreaterThan(50);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 7})
  void shouldKeepTheOrderOfRowsThatLeaveTogether(int parallelism) {
    Map<String, List<String>> one = play(togetherThenDistinct(), 1, 1);

    assertThat(play(togetherThenDistinct(), 1, parallelism)).isEqualTo(one);
    assertThat(one.get("Out")).hasSizeGreaterThan(50);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 7})
  void shouldKeepTheOrderOfRowsThatOneRowHasBecome(int parallelism) {
    Map<String, List<String>> one = play(severalForOne(), 9, 1);

    assertThat(play(severalForOne(), 9, parallelism)).isEqualTo(one);
    assertThat(one.get("Out")).hasSizeGreaterThan(50);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 7})
  void shouldTellTheLateRowsThatOneInstanceWouldBehindAHandover(int parallelism) {
    Map<String, List<String>> one = play(lateBehind(), 9, 1);

    assertThat(play(lateBehind(), 9, parallelism)).isEqualTo(one);
    assertThat(one.get("Late")).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void shouldTellErrorsBehindAHandoverInTheOrderOfTheRows(int parallelism) {
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int held = graph.step("q1", new AtEndSpec(NAMES), graph.entry("S"));
    int distinct = graph.step("q2", new DistinctSpec(NAMES, 0), shorter(graph, held, 1));
    graph.exit("Out", graph.step("q3", new ShortNameSpec(NAMES, 3), distinct));
    Told told = new Told();
    TestCircuit test = new TestCircuit(4);
    CircuitJob job = test.add(graph.graph(), 1, false, told, parallelism);
    Turns turns = new Turns(test.circuit());
    for (int i = 0; i < 20; i++) {
      String name = "x" + "n".repeat(i % 5) + i;
      turns.runAhead(() -> test.send(port(job), 0, 1, name));
    }

    turns.run(() -> test.circuit().advance(port(job), 0, Timeline.END));

    assertThat(told.of("errors"))
        .startsWith("q3: short name: 0@1", "q3: short name: n1@1", "q3: short name: 5@1")
        .hasSize(6);
    assertThat(told.of("Out")).startsWith("@1", "3@1", "n4@1", "@1", "8@1").hasSize(14);
    job.remove();
  }

  @Test
  void shouldBringAllRowsToTheirEndsBeforeAnotherTurnBegins() {
    RecordingListener listener = new RecordingListener();
    TestCircuit test = new TestCircuit(4);
    Turns turns = new Turns(test.circuit());
    CircuitJob job = test.add(threeKeys(), 1, false, listener, 3);
    for (int i = 0; i < 40; i++) {
      int number = i;
      turns.runAhead(() -> test.send(port(job), 0, number, "abc" + number));
    }

    List<String> before = new ArrayList<>();
    turns.run(() -> before.addAll(listener.told()));

    assertThat(before).filteredOn(row -> row.startsWith("Second@")).hasSize(40);
    assertThat(test.circuit().isAhead()).isFalse();
    job.remove();
  }

  @Test
  void shouldStopBehindTheTurnThatFailedInASectionBehind() {
    RecordingListener listener = new RecordingListener();
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int first = shorter(graph, graph.step("q1", new DistinctSpec(NAMES, 0), graph.entry("S")), 1);
    graph.exit("Out", graph.step("q2", new BehindSpec(NAMES), first));
    TestCircuit test = new TestCircuit(4);
    Turns turns = new Turns(test.circuit());
    CircuitJob job = test.add(graph.graph(), 1, false, listener, 3);
    EntryPort port = port(job);
    for (String name : List.of("xa", "xbad", "xc")) {
      turns.runAhead(() -> test.send(port, 0, 1, name));
    }

    turns.run(() -> {});

    assertThatThrownBy(port::throwIfFailed)
        .isInstanceOf(MillraceException.class)
        .hasMessage("bad value");
    assertThat(listener.told()).containsExactly("Out@1 a");
    turns.run(job::reset);
    turns.runAhead(() -> test.send(port, 0, 1, "xa"));
    turns.run(() -> {});
    port.throwIfFailed();
    assertThat(listener.told()).containsExactly("Out@1 a", "Out@1 a");
    job.remove();
  }

  @Test
  void shouldStopTheJobAloneWhoseRowsCannotBeHandedOver() {
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int first = graph.step("q1", new BehindSpec(NAMES), graph.entry("S"));
    int computed = graph.step("q1", new UnhashableSpec(NAMES), first);
    graph.exit("Out", graph.step("q2", new BehindSpec(NAMES), computed));
    TestCircuit.Graph other = new TestCircuit.Graph();
    int kept = shorter(other, other.step("q1", new DistinctSpec(NAMES, 0), other.entry("T")), 1);
    other.exit("Other", other.step("q2", new DistinctSpec(NAMES, 0), kept));
    RecordingListener told = new RecordingListener();
    RecordingListener toldOfOther = new RecordingListener();
    TestCircuit test = new TestCircuit(4);
    Turns turns = new Turns(test.circuit());
    CircuitJob job = test.add(graph.graph(), 1, false, told, 3);
    CircuitJob otherJob = test.add(other.graph(), 1, false, toldOfOther, 3);
    EntryPort port = port(job);
    EntryPort otherPort = otherJob.findEntry("T").orElseThrow();
    for (String name : List.of("a", "unhashable", "c")) {
      turns.runAhead(() -> test.send(port, 0, 1, name));
      turns.runAhead(() -> test.send(otherPort, 0, 1, "x" + name));
    }

    turns.run(() -> {});

    assertThatThrownBy(port::throwIfFailed).hasMessage(UnhashableSpec.MESSAGE);
    assertThat(told.told()).containsExactly("Out@1 a");
    otherPort.throwIfFailed();
    assertThat(toldOfOther.told()).containsExactly("Other@1 a", "Other@1 unhashable", "Other@1 c");
    turns.run(job::reset);
    turns.runAhead(() -> test.send(port, 0, 2, "d"));
    turns.run(() -> {});
    port.throwIfFailed();
    assertThat(told.told()).containsExactly("Out@1 a", "Out@2 d");
    job.remove();
    otherJob.remove();
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "4, 1", "3, 7"})
  void shouldGoOnFromTheStateOfOtherTasks(int before, int after) {
    RecordingListener listener = new RecordingListener();
    TestCircuit first = new TestCircuit(4);
    CircuitJob saved = first.add(threeKeys(), 1, false, listener, before);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      names.add("ab" + i);
    }
    new Turns(first.circuit())
        .run(() -> names.forEach(name -> first.send(port(saved), 0, 1, name)));
    TestCircuit second = new TestCircuit(4);
    CircuitJob restored = second.add(threeKeys(), 1, false, listener, after);
    rescale(saved, restored);
    assertThat(restored.stateEntries()).isEqualTo(saved.stateEntries());
    listener.told().clear();

    new Turns(second.circuit())
        .run(
            () -> {
              names.forEach(name -> second.send(port(restored), 0, 2, name));
              second.send(port(restored), 0, 3, "cb7");
              second.send(port(restored), 0, 4, "cd7");
              second.send(port(restored), 0, 5, "cd77");
            });

    assertThat(listener.told())
        .containsExactlyInAnyOrder("Second@4 d7", "Second@5 d77", "Third@5 77");
    saved.remove();
    restored.remove();
  }

  private static void rescale(CircuitJob saved, CircuitJob restored) {
    Map<String, List<Consumer<StateBackend>>> parts = new LinkedHashMap<>();
    for (CircuitJob.OperatorCapture state : saved.capture(true)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        state.capture().write(new DataOutputStream(bytes));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      parts
          .computeIfAbsent(TaskIdentity.operatorOf(state.identity()), unknown -> new ArrayList<>())
          .add(backend -> read(backend, bytes.toByteArray()));
    }
    parts.forEach(restored::rescale);
    restored.endRestore(saved.cause());
  }

  private static void read(StateBackend backend, byte[] bytes) {
    try {
      backend.restore(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Turns of several rows of two partitions; then the inputs end.
   *
   * @param disorder how much the times of rows differ that come together; 1 for not at all
   * @return what was told, by stream: their order among each other is nobody's concern
   */
  private static Map<String, List<String>> play(
      OperatorGraph graph, int disorder, int parallelism) {
    RecordingListener told = new RecordingListener();
    TestCircuit test = new TestCircuit(4);
    Turns turns = new Turns(test.circuit());
    CircuitJob job = test.add(graph, 2, false, told, parallelism);
    EntryPort port = port(job);
    Random random = new Random(5);
    for (int i = 0; i < TURNS; i++) {
      int partition = random.nextInt(2);
      long[] times = new long[1 + random.nextInt(6)];
      ObjectColumn names = new ObjectColumn(times.length);
      for (int row = 0; row < times.length; row++) {
        times[row] = 4L * i + random.nextInt(disorder);
        names.put(row, "" + (char) ('a' + random.nextInt(20)) + random.nextInt(70));
      }
      Batch batch = port.newBatch(new Column[] {names});
      batch.rows(times.length, times, null, null);
      turns.runAhead(() -> test.circuit().turn(port, partition, batch));
    }
    turns.run(
        () -> {
          test.circuit().advance(port, 0, Timeline.END);
          test.circuit().advance(port, 1, Timeline.END);
        });
    assertThat(job.metrics()).extracting(OperatorMetrics::watermark).containsOnly(Timeline.END);
    job.remove();
    return told.told().stream()
        .collect(Collectors.groupingBy(row -> row.substring(0, row.indexOf('@'))));
  }

  private static int shorter(TestCircuit.Graph graph, int input, int from) {
    return graph.step("short", new ShortNameSpec(NAMES, from), input);
  }

  /** Three sections, each behind the other, of which the last two are read. */
  private static OperatorGraph threeKeys() {
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int first = graph.step("q1", new DistinctSpec(NAMES, 0), graph.entry("S"));
    int second = graph.step("q2", new DistinctSpec(NAMES, 0), shorter(graph, first, 1));
    int third = graph.step("q3", new DistinctSpec(NAMES, 0), shorter(graph, second, 1));
    return graph.exit("Second", second).exit("Third", third).graph();
  }

  private static OperatorGraph togetherThenDistinct() {
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int held = graph.step("q1", new AtEndSpec(NAMES), graph.entry("S"));
    int second = graph.step("q2", new DistinctSpec(NAMES, 0), shorter(graph, held, 1));
    return graph.exit("Out", second).graph();
  }

  private static OperatorGraph severalForOne() {
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int several = graph.step("q1", new ShortNameSpec(NAMES, 1, 3), graph.entry("S"));
    return graph.exit("Out", graph.step("q2", new DistinctSpec(NAMES, 0), several)).graph();
  }

  private static OperatorGraph lateBehind() {
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int first = graph.step("q1", new DistinctSpec(NAMES, 0), graph.entry("S"));
    int behind = graph.step("q2", new BehindSpec(NAMES), shorter(graph, first, 1));
    return graph.exit("Out", behind).exit("Late", graph.late(behind)).graph();
  }

  private static EntryPort port(CircuitJob job) {
    return job.findEntry("S").orElseThrow();
  }
}
