package io.millrace.operators.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.join.JoinLimit;
import io.millrace.operators.join.JoinSide;
import io.millrace.operators.join.LookupJoinSpec;
import io.millrace.operators.join.Unmatched;
import io.millrace.operators.join.WithinJoinSpec;
import io.millrace.operators.join.WithinJoinSpec.Bounds;
import io.millrace.operators.table.ChangesSpec;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Joins in parts, each of which has some of the partitions of both inputs. */
class JoinedPartitionsTest {
  private static final Schema AB =
      Schema.of(new Field("a", DataType.BIGINT), new Field("b", DataType.BIGINT));
  private static final Schema ABCD =
      Schema.of(
          new Field("a", DataType.BIGINT),
          new Field("b", DataType.BIGINT),
          new Field("c", DataType.BIGINT),
          new Field("d", DataType.BIGINT));
  private static final Map<String, List<Integer>> KEYS = Map.of("S", List.of(0), "T", List.of(1));
  private final List<GraphNode> nodes = new ArrayList<>();

  @Test
  void shouldJoinInEachPartByTheKeysOfThePartitions() {
    join(side(false, 0), side(false, 1));

    assertThat(isPossible()).isTrue();
  }

  @Test
  void shouldJoinInEachPartByMoreThanTheKeysOfThePartitions() {
    join(side(false, 1, 0), side(false, 0, 1));

    assertThat(isPossible()).isTrue();
  }

  @Test
  void shouldNotJoinInPartsByOtherColumns() {
    join(side(false, 0), side(false, 0));

    assertThat(isPossible()).isFalse();
  }

  @Test
  void shouldNotJoinInPartsWhereTheKeysAreNotComparedWithEachOther() {
    join(side(false, 0, 1), side(false, 0, 1));

    assertThat(isPossible()).isFalse();
  }

  @Test
  void shouldNotJoinInPartsWithoutKeys() {
    join(side(false), side(false));

    assertThat(isPossible()).isFalse();
  }

  @Test
  void shouldNotJoinInPartsWhereEqualKeysAreInOtherPartitions() {
    join(side(false, 0), side(false, 1));

    assertThat(
            PartitionPlanner.plan(new OperatorGraph(nodes), KEYS, String::equals)
                .obstacle()
                .isEmpty())
        .isFalse();
  }

  @Test
  void shouldMeetTheRowsOfATableInTheirPart() {
    LookupJoinSpec lookup =
        new LookupJoinSpec(ABCD, side(true, 0), side(false, 1), 1, List.of(1), null);
    step(lookup, entry("S"), entry("T"));

    assertThat(isPossible()).isTrue();
  }

  @Test
  void shouldKnowTheKeyOfJoinedRows() {
    int joined = join(side(false, 0), side(false, 1));
    step(new ChangesSpec(ABCD, List.of(3), 0), joined);

    assertThat(isPossible()).isTrue();
  }

  /** All rows without an order have NULL there, whatever part they are in. */
  @Test
  void shouldNotTakeWhatMayBeMissingForTheKey() {
    int joined = join(side(true, 0), side(false, 1));
    step(new ChangesSpec(ABCD, List.of(0), 0), joined);
    assertThat(isPossible()).isTrue();

    step(new ChangesSpec(ABCD, List.of(3), 0), joined);
    assertThat(isPossible()).isFalse();
  }

  private boolean isPossible() {
    return PartitionPlanner.plan(new OperatorGraph(nodes), KEYS, (one, other) -> true)
        .obstacle()
        .isEmpty();
  }

  private static JoinSide side(boolean isOuter, Integer... keys) {
    return new JoinSide(AB, 2, List.of(keys), isOuter);
  }

  private int join(JoinSide left, JoinSide right) {
    return step(
        new WithinJoinSpec(
            ABCD,
            left,
            right,
            Bounds.of(1, 1, 0),
            null,
            Unmatched.WHEN_GONE,
            false,
            false,
            JoinLimit.NONE),
        entry("S"),
        entry("T"));
  }

  private int entry(String stream) {
    nodes.add(new GraphNode.Entry(nodes.size(), stream, AB));
    return nodes.size() - 1;
  }

  /** One without state, before which rows cannot be exchanged. */
  private int step(OperatorSpec spec, Integer... inputs) {
    nodes.add(new GraphNode.Step(nodes.size(), spec, List.of(inputs), 1, "Q", ""));
    return nodes.size() - 1;
  }
}
