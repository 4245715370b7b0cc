package io.millrace.runtime.circuit;

import static io.millrace.runtime.circuit.TestCircuit.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.distinct.DistinctSpec;
import io.millrace.operators.graph.OperatorGraph;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.ObjectColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComputedKeysTest {
  private static final int TURNS = 100;
  private static final int ROWS = 9;

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 7})
  void shouldTellWhatOneInstanceWouldWhenKeysAreComputed(int parallelism) {
    Told one = play(distinct(), 1);

    assertThat(play(distinct(), parallelism)).isEqualTo(one);
    assertThat(one.of("Out")).hasSizeGreaterThan(50);
    assertThat(one.of("errors")).hasSizeGreaterThan(50);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void shouldTellErrorsOnceWhenComputedKeysAreAlsoReadElsewhere(int parallelism) {
    assertThat(play(distinctAndAll(), parallelism)).isEqualTo(play(distinctAndAll(), 1));
  }

  @Test
  void shouldTellErrorsWhenTheTurnIsDelivered() {
    TestCircuit test = new TestCircuit(4);
    Turns turns = new Turns(test.circuit());
    Told told = new Told();
    CircuitJob job = test.add(distinct(), 1, false, told, 3);
    EntryPort port = job.findEntry("S").orElseThrow();

    turns.runAhead(() -> send(test, port, 0, List.of("bad1", "A", "bad2", "a"), 1));
    turns.run(
        () -> {
          assertThat(told.of("errors"))
              .containsExactly("key: bad name: bad1@1", "key: bad name: bad2@1");
          assertThat(told.of("Out")).containsExactly("a@1");
        });

    job.remove();
  }

  /** Turns of several rows of two partitions, some of which fail. */
  private static Told play(OperatorGraph graph, int parallelism) {
    Told told = new Told();
    TestCircuit test = new TestCircuit(4);
    Turns turns = new Turns(test.circuit());
    CircuitJob job = test.add(graph, 2, false, told, parallelism);
    EntryPort port = job.findEntry("S").orElseThrow();
    Random random = new Random(11);
    for (int i = 0; i < TURNS; i++) {
      int partition = random.nextInt(2);
      long time = i;
      List<String> names = new ArrayList<>();
      for (int row = random.nextInt(ROWS); row >= 0; row--) {
        String letter = List.of("n", "N", "bad").get(random.nextInt(3));
        names.add(letter + random.nextInt(100));
      }
      turns.runAhead(() -> send(test, port, partition, names, time));
    }
    turns.run(() -> {});
    job.remove();
    return told;
  }

  private static void send(
      TestCircuit test, EntryPort port, int partition, List<String> names, long time) {
    int count = names.size();
    ObjectColumn column = new ObjectColumn(count);
    long[] times = new long[count];
    for (int row = 0; row < count; row++) {
      column.put(row, names.get(row));
      times[row] = time;
    }
    Batch batch = port.newBatch(new Column[] {column});
    test.circuit().turn(port, partition, batch.rows(count, times, null, null));
  }

  private static OperatorGraph distinct() {
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int key = graph.step("key", new LowerCaseSpec(NAMES), graph.entry("S"));
    return graph.exit("Out", graph.step("q", new DistinctSpec(NAMES, 0), key)).graph();
  }

  private static OperatorGraph distinctAndAll() {
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int key = graph.step("key", new LowerCaseSpec(NAMES), graph.entry("S"));
    graph.exit("Keys", key);
    return graph.exit("Out", graph.step("q", new DistinctSpec(NAMES, 0), key)).graph();
  }
}
