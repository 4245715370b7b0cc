package io.millrace.operators.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.distinct.DistinctSpec;
import io.millrace.operators.graph.SilencePlan.Obstacle;
import io.millrace.operators.graph.SilencePlan.Reason;
import io.millrace.operators.sort.SortSpec;
import io.millrace.operators.table.ChangesSpec;
import io.millrace.operators.union.UnionSpec;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Exchanges in front of steps, of streams S and T, of which S may be silent. */
class SilencePlannerTest {
  private static final Schema A = Schema.of(new Field("a", DataType.BIGINT));
  private final List<GraphNode> nodes = new ArrayList<>();
  private final List<ExchangePlan> exchanges = new ArrayList<>();

  @Test
  void shouldSayWhichExchangesMayFallSilent() {
    step(new SortSpec(A), exchange("x", step(new DistinctSpec(A, 0), entry("S"))));
    step(new SortSpec(A), exchange("y", entry("T")));

    assertThat(plan().obstacle()).isEmpty();
    assertThat(silent()).containsExactly("x");
  }

  /** A part knows that it is idle when all inputs are, or the others have ended. */
  @Test
  void shouldFollowSilenceThroughUnions() {
    step(new SortSpec(A), exchange("x", union(entry("S"), entry("T"))));

    assertThat(plan().obstacle()).isEmpty();
    assertThat(silent()).containsExactly("x");
  }

  /** What is behind an exchange goes on, as nobody is left out there. */
  @Test
  void shouldNotTakeWhatIsBehindAnExchangeForSilent() {
    step(new SortSpec(A), exchange("y", step(new SortSpec(A), exchange("x", entry("S")))));

    assertThat(plan().obstacle()).isEmpty();
    assertThat(silent()).containsExactly("x");
  }

  @Test
  void shouldNameWhatHoldsRowsInFrontOfAnExchange() {
    int sort = step(new SortSpec(A), entry("S"));
    step(new DistinctSpec(A, 0), exchange("x", step(new DistinctSpec(A, 0), sort)));

    assertThat(plan().obstacle()).contains(obstacle(Reason.HOLDS_ROWS, sort));
  }

  @Test
  void shouldNotMindWhatHoldsRowsOfStreamsThatAreNotSilent() {
    step(new DistinctSpec(A, 0), exchange("x", step(new SortSpec(A), entry("T"))));
    step(new SortSpec(A), entry("S"));

    assertThat(plan().obstacle()).isEmpty();
    assertThat(silent()).isEmpty();
  }

  @Test
  void shouldNameWhatNeedsTheTimeOfAnExchangeAndOfOthers() {
    int met = union(exchange("x", entry("S")), entry("T"));
    step(new ChangesSpec(A, List.of(0), 0), entry("T"));
    int sort = step(new SortSpec(A), met);

    assertThat(plan().obstacle()).contains(obstacle(Reason.MEETS_OTHERS, sort));
  }

  @Test
  void shouldNameWhatIsBehindAnotherExchangeOfWhatHasMet() {
    int behind = exchange("y", union(exchange("x", entry("S")), entry("T")));
    step(new DistinctSpec(A, 0), behind);

    assertThat(plan().obstacle()).contains(obstacle(Reason.MEETS_OTHERS, stepOf("y")));
  }

  @Test
  void shouldLetRowsOfAnExchangeAndOthersGoTheirOwnWays() {
    int met = union(exchange("x", entry("S")), entry("T"));
    nodes.add(new GraphNode.Exit(nodes.size(), "Out", met, A));

    assertThat(plan().obstacle()).isEmpty();
  }

  @Test
  void shouldLetRowsOfOneExchangeMeetEachOther() {
    int exchange = exchange("x", entry("S"));
    step(new SortSpec(A), union(exchange, step(new DistinctSpec(A, 0), exchange)));

    assertThat(plan().obstacle()).isEmpty();
  }

  private SilencePlan plan() {
    return SilencePlanner.plan(new OperatorGraph(nodes), exchanges, Set.of("S"));
  }

  private List<String> silent() {
    return plan().exchanges().stream()
        .filter(ExchangePlan::mayFallSilent)
        .map(ExchangePlan::stream)
        .toList();
  }

  private Obstacle obstacle(Reason reason, int step) {
    return obstacle(reason, (GraphNode.Step) nodes.get(step));
  }

  private static Obstacle obstacle(Reason reason, GraphNode.Step step) {
    return new Obstacle(reason, step, Set.of("S"));
  }

  private int entry(String stream) {
    nodes.add(new GraphNode.Entry(nodes.size(), stream, A));
    return nodes.size() - 1;
  }

  /** The step that an exchange is for; it is none of the graph's. */
  private static GraphNode.Step stepOf(String exchange) {
    return new GraphNode.Step(99, new SortSpec(A), List.of(0), 0, "q", exchange);
  }

  private int exchange(String name, int input) {
    exchanges.add(new ExchangePlan(name, stepOf(name), List.of(0), List.of("a"), false));
    nodes.add(new GraphNode.Exit(nodes.size(), name, input, A));
    return entry(name);
  }

  private int step(OperatorSpec spec, Integer... inputs) {
    nodes.add(new GraphNode.Step(nodes.size(), spec, List.of(inputs), 0, "q", "state"));
    return nodes.size() - 1;
  }

  private int union(Integer... inputs) {
    return step(new UnionSpec(A, List.of(0, 0), true, true), inputs);
  }
}
