package io.millrace.runtime.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.GraphNode;
import io.millrace.operators.graph.OperatorGraph;
import io.millrace.operators.retime.RetimeSpec;
import io.millrace.operators.sort.SortSpec;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.time.Slack;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetimedPartitionsTest {
  private static final Schema TIMES =
      Schema.of(new Field("at", DataType.BIGINT), new Field("from", DataType.BIGINT));
  private static final int PARTITIONS = 2;

  private final TestCircuit test = new TestCircuit(1024);
  private final RecordingListener told = new RecordingListener();

  /** Rows of a stream get the times of their column, and are sorted by them. */
  private EntryPort start(int partitions, long idleMillis) {
    OperatorGraph graph =
        new OperatorGraph(
            List.of(
                new GraphNode.Entry(0, "A", TIMES),
                new GraphNode.Step(
                    1, new RetimeSpec(TIMES, 0, Slack.NONE), List.of(0), 0, "T", "time"),
                new GraphNode.Step(2, new SortSpec(TIMES), List.of(1), 1, "q", "sort"),
                new GraphNode.Exit(3, "Out", 2, TIMES)));
    EntryPort.EntryTime time = EntryPort.EntryTime.event(Slack.NONE, idleMillis);
    Circuit.EntrySpec spec = new Circuit.EntrySpec(time, partitions, true);
    return test.add(graph, spec, told, 1).findEntry("A").orElseThrow();
  }

  private void send(EntryPort port, int partition, long time, long... at) {
    LongColumn column = new LongColumn(at.length);
    LongColumn from = new LongColumn(at.length);
    long[] times = new long[at.length];
    for (int i = 0; i < at.length; i++) {
      column.put(i, at[i]);
      from.put(i, partition);
      times[i] = time;
    }
    Batch batch = port.newBatch(new Column[] {column, from});
    test.circuit().turn(port, partition, batch.rows(at.length, times, null, null));
  }

  @Test
  void shouldWaitForEachPartitionAndFindRowsLateByTheirOwn() {
    EntryPort port = start(PARTITIONS, 0);
    send(port, 0, 1, 500, 800);
    send(port, 0, 2, 700);
    assertThat(told.told()).containsExactly("late for q@700 700 0");
    send(port, 1, 1, 100, 600);
    assertThat(told.told().subList(1, 3)).containsExactly("Out@100 100 1", "Out@500 500 0");
    send(port, 1, 2, 300, 900);
    assertThat(told.told().subList(3, 5)).containsExactly("late for q@300 300 1", "Out@600 600 1");
  }

  @Test
  void shouldLeaveIdlePartitionOut() {
    EntryPort port = start(PARTITIONS, 10);
    send(port, 0, 1, 500, 800);
    test.circuit().leaveOut(port, 1);
    assertThat(told.told()).containsExactly("Out@500 500 0");
    send(port, 0, 2, 900);
    send(port, 1, 3, 600, 850);
    assertThat(told.told())
        .containsExactly(
            "Out@500 500 0", "Out@800 800 0", "late for q@600 600 1", "late for q@850 850 1");
    send(port, 1, 3, 950);
    assertThat(told.told()).hasSize(4);
    send(port, 0, 3, 960);
    assertThat(told.told().subList(4, 5)).containsExactly("Out@900 900 0");
  }

  @Test
  void shouldEndWhenItsSourceEnds() {
    EntryPort port = start(PARTITIONS, 0);
    send(port, 0, 1, 500, 800);
    test.circuit().advance(port, 1, Timeline.END);
    assertThat(told.told()).containsExactly("Out@500 500 0");
    test.circuit().advance(port, 0, Timeline.END);
    assertThat(told.told()).containsExactly("Out@500 500 0", "Out@800 800 0");
  }

  @Test
  void shouldGiveEqualTimesInOrderOfPartitions() {
    EntryPort port = start(PARTITIONS, 0);
    send(port, 1, 1, 500, 501);
    send(port, 0, 1, 500, 501);
    test.circuit().advance(port, 1, Timeline.END);
    test.circuit().advance(port, 0, Timeline.END);
    assertThat(told.told())
        .containsExactly("Out@500 500 0", "Out@500 500 1", "Out@501 501 0", "Out@501 501 1");
  }
}
