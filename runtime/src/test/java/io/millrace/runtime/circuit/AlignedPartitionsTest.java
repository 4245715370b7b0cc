package io.millrace.runtime.circuit;

import static io.millrace.runtime.circuit.TestCircuit.NAMES;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.align.AlignSpec;
import io.millrace.operators.sort.SortLimit;
import io.millrace.operators.sort.SortSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlignedPartitionsTest {
  @Test
  void shouldRefuseToAlignWhatHasSeveralPartitions() {
    TestCircuit test = new TestCircuit(1024);
    TestCircuit.Graph graph = new TestCircuit.Graph();
    int other = graph.entry("A");
    int sorted = graph.step("q", new SortSpec(NAMES), graph.entry("B"));
    AlignSpec align = new AlignSpec(NAMES, List.of("B", "A"), true, SortLimit.NONE);
    graph.exit("Out", graph.step("q", align, sorted, other));

    assertThatThrownBy(() -> test.add(graph.graph(), 3, false, new RecordingListener()))
        .hasMessageContaining(
            "query 'q' aligns its inputs by their marks, and 'B' has 3 partitions")
        .hasMessageContaining("read each partition as a stream of its own");
  }
}
