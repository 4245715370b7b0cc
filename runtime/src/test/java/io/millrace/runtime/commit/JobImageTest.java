package io.millrace.runtime.commit;

import static io.millrace.runtime.circuit.TestCircuit.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.distinct.DistinctSpec;
import io.millrace.operators.graph.OperatorGraph;
import io.millrace.operators.sort.SortSpec;
import io.millrace.operators.union.UnionSpec;
import io.millrace.runtime.circuit.CircuitJob;
import io.millrace.runtime.circuit.EntryPort;
import io.millrace.runtime.circuit.RecordingListener;
import io.millrace.runtime.circuit.TestCircuit;
import io.millrace.runtime.circuit.Turns;
import io.millrace.spi.error.MillraceException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JobImageTest {
  private final TestCircuit test = new TestCircuit(4);
  private final RecordingListener listener = new RecordingListener();

  @Test
  void shouldGoOnWhereItWasWhenStateIsRestored() {
    CircuitJob job = test.add(united("L", "R"), listener);
    test.send(port(job, "L"), 0, 100, "a");
    test.send(port(job, "R"), 0, 70, "b");
    byte[] saved = JobImage.of(job).toBytes();

    RecordingListener restoredListener = new RecordingListener();
    TestCircuit other = new TestCircuit(4);
    CircuitJob restored = other.add(united("L", "R"), restoredListener);
    restore(saved, restored, false);
    assertThat(restored.stateEntries()).isEqualTo(job.stateEntries());
    other.send(port(restored, "L"), 0, 99, "c");
    other.send(port(restored, "R"), 0, 80, "d");

    assertThat(listener.told()).isEmpty();
    assertThat(restoredListener.told()).containsExactly("late for q@99 c", "Out@70 b");
  }

  @Test
  void shouldGoOnFromTheSnapshotWhenTheJobItselfIsReset() {
    CircuitJob job = test.add(distinct(), listener);
    test.send(port(job, "S"), 0, 1, "a");
    byte[] saved = JobImage.of(job).toBytes();
    test.send(port(job, "S"), 0, 2, "b");

    job.reset();
    restore(saved, job, false);
    test.send(port(job, "S"), 0, 3, "a");
    test.send(port(job, "S"), 0, 4, "b");

    assertThat(listener.told()).containsExactly("Out@1 a", "Out@2 b", "Out@4 b");
  }

  @Test
  void shouldRefuseAndSayWhatChangedWhenStateWouldBeLost() {
    byte[] saved = JobImage.of(test.add(united("L", "R"), listener)).toBytes();
    CircuitJob other = new TestCircuit(4).add(distinct(), listener);

    assertThatThrownBy(() -> restore(saved, other, false))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("the snapshot has state of ")
        .hasMessageContaining("q: Sort by event time, which the script no longer has")
        .hasMessageContaining("new in the script: q: Distinct")
        .hasMessageContaining("--allow-dropped-state");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void shouldCallOnlyThatNewWhichIsAndRestoreNothingWhenStateWouldBeLost(int tasks) {
    TestCircuit.Graph before = new TestCircuit.Graph();
    int entry = before.entry("S");
    before.exit("Out", before.step("q1", new DistinctSpec(NAMES, 0), entry));
    before.exit("Gone", before.step("q2", new SortSpec(NAMES), entry));
    TestCircuit.Graph after = new TestCircuit.Graph();
    after.entry("S");
    int distinct = after.step("q1", new DistinctSpec(NAMES, 0), entry);
    after.exit("New", after.step("q3", new DistinctSpec(NAMES, 5), entry));
    after.exit("Out", distinct);
    CircuitJob saved = test.add(before.graph(), 1, false, listener, 3);
    for (String name : List.of("a", "b", "c")) {
      new Turns(test.circuit()).run(() -> test.send(port(saved, "S"), 0, 1, name));
    }
    CircuitJob other = new TestCircuit(4).add(after.graph(), 1, false, listener, tasks);
    byte[] bytes = JobImage.of(saved).toBytes();

    assertThatThrownBy(() -> restore(bytes, other, false))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "the script has changed: the snapshot has state of q2: Sort by event time, which the"
                + " script no longer has; new in the script: q3: Distinct name, expires after 5 ms."
                + " Run the script that the snapshot is of, or let the state go with --allow-dropped-state");
    assertThat(other.stateEntries()).isZero();
  }

  @Test
  void shouldLeaveStateOutWhenItMayBeDropped() {
    byte[] saved = JobImage.of(test.add(united("L", "R"), listener)).toBytes();
    CircuitJob other = new TestCircuit(4).add(distinct(), listener);

    restore(saved, other, true);

    assertThat(other.stateEntries()).isZero();
  }

  @Test
  void shouldSaySoWhenBytesAreDamaged() {
    byte[] saved = JobImage.of(test.add(distinct(), listener)).toBytes();

    assertThatThrownBy(() -> JobImage.ofBytes(Arrays.copyOf(saved, saved.length / 2)))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("the snapshot is damaged");
    saved[0] = 7;
    assertThatThrownBy(() -> JobImage.ofBytes(saved))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("this version of Millrace reads form 1");
  }

  private static void restore(byte[] saved, CircuitJob job, boolean mayDropState) {
    new JobRestore(JobImage.ofBytes(saved), 0, mayDropState).restore(job, Map.of());
  }

  private static EntryPort port(CircuitJob job, String stream) {
    return job.findEntry(stream).orElseThrow();
  }

  private static OperatorGraph distinct() {
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int entry = graph.entry("S");
    return graph.exit("Out", graph.step("q", new DistinctSpec(NAMES, 0), entry)).graph();
  }

  private static OperatorGraph united(String left, String right) {
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int l = graph.entry(left);
    int r = graph.entry(right);
    int union = graph.step("q", new UnionSpec(NAMES, List.of(0, 0), false), l, r);
    return graph.exit("Out", graph.step("q", new SortSpec(NAMES), union)).graph();
  }
}
