package io.millrace.runtime.circuit;

import static io.millrace.runtime.circuit.TestCircuit.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.distinct.DistinctSpec;
import io.millrace.operators.graph.OperatorGraph;
import io.millrace.operators.sort.SortSpec;
import io.millrace.operators.table.TableSpec;
import io.millrace.operators.union.UnionSpec;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.ObjectColumn;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.time.Timeline;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CircuitTest {
  private final TestCircuit test = new TestCircuit(4);
  private final RecordingListener listener = new RecordingListener();

  @Test
  void shouldGiveRowToQueriesInOrderOfTheScript() {
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int entry = graph.entry("S");
    int first = graph.step("q1", new DistinctSpec(NAMES, 0), entry);
    int second = graph.step("q2", new CheckSpec(NAMES, true), first);
    int third = graph.step("q3", new CheckSpec(NAMES, true), entry);
    graph.exit("A", first).exit("B", second).exit("C", third);
    EntryPort port = port(test.add(graph.graph(), listener), "S");

    test.send(port, 0, 1, "x");
    test.send(port, 0, 2, "x");

    assertThat(listener.told()).containsExactlyInAnyOrder("A@1 x", "B@1 x", "C@1 x", "C@2 x");
    assertThat(listener.told().indexOf("C@1 x")).isEqualTo(2);
  }

  @Test
  void shouldHoldRowsUntilAllPartitionsHavePassedTheirTime() {
    CircuitJob job = test.add(sorted("S"), 2, false, listener);
    EntryPort port = port(job, "S");

    test.send(port, 0, 100, "a");
    test.send(port, 1, 50, "b");
    assertThat(listener.told()).isEmpty();
    test.send(port, 1, 101, "c");
    assertThat(listener.told()).containsExactly("Out@50 b");
    test.send(port, 0, 99, "d");
    test.circuit().advance(port, 0, Timeline.END);
    test.circuit().advance(port, 1, Timeline.END);

    assertThat(listener.told())
        .containsExactly("Out@50 b", "late for q@99 d", "Out@100 a", "Out@101 c");
    assertThat(job.stateEntries()).isZero();
  }

  @Test
  void shouldSendLateRowsOnByTheWatermarkOfTheirPartition() {
    EntryPort port = port(test.add(behind(), 2, false, listener), "S");

    test.send(port, 0, 100, "a");
    test.send(port, 1, 50, "b");
    test.send(port, 0, 70, "c");
    test.send(port, 1, 49, "d");

    assertThat(listener.told())
        .containsExactly(
            "Out@100 a",
            "Out@50 b",
            "late for q@70 c",
            "Late@70 c 30",
            "late for q@49 d",
            "Late@49 d 1");
  }

  @Test
  void shouldSendLateRowsOfATurnThatFailsInThatTurn() {
    CircuitJob job = test.add(behind(), listener);
    EntryPort port = port(job, "S");
    test.send(port, 0, 100, "a");
    ObjectColumn names = new ObjectColumn(2);
    names.put(0, "b");
    names.put(1, "bad");
    Batch batch = port.newBatch(new Column[] {names});
    assertThatThrownBy(
            () -> test.circuit().turn(port, 0, batch.rows(2, new long[] {50, 101}, null, null)))
        .hasMessage("bad value");

    assertThat(listener.told()).containsExactly("Out@100 a", "late for q@50 b", "Late@50 b 50");
    test.send(port, 0, 102, "c");

    assertThat(listener.told()).hasSize(4).endsWith("Out@102 c");
  }

  private static OperatorGraph behind() {
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int behind = graph.step("q", new BehindSpec(NAMES), graph.entry("S"));
    return graph.exit("Out", behind).exit("Late", graph.late(behind)).graph();
  }

  @Test
  void shouldTakeSmallestWatermarkWhenStreamsAreUnited() {
    CircuitJob job = test.add(united("L", "R"), listener);

    test.send(port(job, "L"), 0, 100, "a");
    test.send(port(job, "R"), 0, 70, "b");
    test.send(port(job, "R"), 0, 90, "c");
    test.circuit().advance(port(job, "L"), 0, Timeline.END);
    test.circuit().advance(port(job, "R"), 0, 95);
    test.circuit().advance(port(job, "R"), 0, 101);

    assertThat(listener.told()).containsExactly("Out@70 b", "Out@90 c", "Out@100 a");
  }

  @Test
  void shouldTakeTimeOfRunningStreamsOverWhenJobIsAdded() {
    CircuitJob running = test.add(passing("L"), listener);
    test.circuit().advance(port(running, "L"), 0, Timeline.END);
    RecordingListener later = new RecordingListener();
    CircuitJob added = test.add(united("L", "R"), later);

    test.send(port(added, "R"), 0, 10, "a");
    test.send(port(added, "R"), 0, 20, "b");

    assertThat(later.told()).containsExactly("Out@10 a");
  }

  @Test
  void shouldSendNothingMoreToJobThatWasRemoved() {
    CircuitJob first = test.add(passing("S"), listener);
    RecordingListener other = new RecordingListener();
    CircuitJob second = test.add(passing("S"), other);
    EntryPort port = port(first, "S");

    test.send(port, 0, 1, "a");
    second.checkRemovable();
    second.remove();
    test.send(port, 0, 2, "b");

    assertThat(other.told()).containsExactly("Out@1 a");
    assertThat(listener.told()).containsExactly("Out@1 a", "Out@2 b");
  }

  @Test
  void shouldRefuseToRemoveJobWhenAnotherReadsItsStream() {
    CircuitJob first = test.add(passing("S"), listener);
    first.publish(Set.of("Out"));
    RecordingListener other = new RecordingListener();
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int entry = graph.entry("out");
    graph.exit("Copy", graph.step("q", new CheckSpec(NAMES, true), entry));
    CircuitJob second = test.add(graph.graph(), other);

    test.send(port(first, "S"), 0, 1, "a");
    assertThat(other.told()).containsExactly("Copy@1 a");
    assertThatThrownBy(first::checkRemovable)
        .isInstanceOf(MillraceException.class)
        .hasMessage("another job reads stream 'Out': drop that job first");

    second.remove();
    first.checkRemovable();
    first.remove();
    assertThat(test.add(passing("S"), other).findEntry("S")).isPresent();
  }

  @Test
  void shouldForgetJobThatCannotBeAdded() {
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int entry = graph.entry("S");
    graph.exit("Out", graph.step("q", new CheckSpec(NAMES, false), entry));

    assertThatThrownBy(() -> test.add(graph.graph(), listener)).hasMessage("cannot be opened");

    CircuitJob job = test.add(passing("S"), listener);
    test.send(port(job, "S"), 0, 1, "a");
    assertThat(listener.told()).containsExactly("Out@1 a");
  }

  @Test
  void shouldGiveRowsAndTimeToOtherJobsWhenOneFails() {
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int entry = graph.entry("S");
    graph.exit("Out", graph.step("q", new CheckSpec(NAMES, true), entry));
    CircuitJob failing = test.add(graph.graph(), listener);
    RecordingListener other = new RecordingListener();
    test.add(sorted("S"), other);
    EntryPort port = port(failing, "S");

    assertThatThrownBy(() -> test.send(port, 0, 1, "bad")).hasMessage("q failed: bad value");
    test.send(port, 0, 2, "good");

    assertThat(listener.told()).containsExactly("Out@2 good");
    assertThat(other.told()).containsExactly("Out@1 bad", "Out@2 good");
  }

  @Test
  void shouldFindTablesByName() {
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int entry = graph.entry("S");
    graph.exit("Users", graph.step("q", new TableSpec("Users", NAMES, List.of(0), 0), entry));
    CircuitJob job = test.add(graph.graph(), listener);
    test.send(port(job, "S"), 0, 1, "a");
    test.send(port(job, "S"), 0, 2, "a");

    assertThat(job.findTable("users").orElseThrow().size()).isEqualTo(1);
    assertThat(job.findTable("others")).isEmpty();
    assertThat(job.metrics())
        .containsExactly(
            new OperatorMetrics(-1, "", "S", 2, 0, 0, 2),
            new OperatorMetrics(1, "q", "Table Users by name", 2, 0, 1, 2));
  }

  private static EntryPort port(CircuitJob job, String stream) {
    return job.findEntry(stream).orElseThrow();
  }

  private static OperatorGraph passing(String stream) {
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int entry = graph.entry(stream);
    return graph.exit("Out", graph.step("q", new CheckSpec(NAMES, true), entry)).graph();
  }

  private static OperatorGraph sorted(String stream) {
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int entry = graph.entry(stream);
    return graph.exit("Out", graph.step("q", new SortSpec(NAMES), entry)).graph();
  }

  private static OperatorGraph united(String left, String right) {
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int l = graph.entry(left);
    int r = graph.entry(right);
    int union = graph.step("q", new UnionSpec(NAMES, List.of(0, 0), false), l, r);
    return graph.exit("Out", graph.step("q", new SortSpec(NAMES), union)).graph();
  }
}
