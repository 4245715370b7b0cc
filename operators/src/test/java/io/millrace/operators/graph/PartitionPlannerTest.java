package io.millrace.operators.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.distinct.DistinctSpec;
import io.millrace.operators.filter.FilterProjectSpec;
import io.millrace.operators.graph.PartitionPlan.Obstacle;
import io.millrace.operators.kernel.ProjectionSpec;
import io.millrace.operators.sort.SortLimit;
import io.millrace.operators.sort.SortSpec;
import io.millrace.operators.table.ChangesSpec;
import io.millrace.operators.table.TableSpec;
import io.millrace.operators.union.UnionSpec;
import io.millrace.operators.window.DelaySpec;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartitionPlannerTest {
  private static final Schema AB =
      Schema.of(new Field("a", DataType.BIGINT), new Field("b", DataType.BIGINT));
  private final List<GraphNode> nodes = new ArrayList<>();

  @Test
  void shouldBeContentWithOnePartitionWhenRowsGoTheirOwnWay() {
    step(project(-1, 0), entry("S"));

    assertThat(find(Map.of())).isEmpty();
  }

  @Test
  void shouldBeContentWhenRowsAreKeptApartByTheKey() {
    int moved = step(project(1, 0), entry("S"));
    step(by(1), moved);

    assertThat(find(Map.of("S", List.of(0)))).isEmpty();
  }

  @Test
  void shouldBeContentWhenRowsAreKeptApartByMoreThanTheKey() {
    step(new DistinctSpec(AB, 0), entry("S"));

    assertThat(find(Map.of("S", List.of(1)))).isEmpty();
  }

  @Test
  void shouldNameTheOperatorThatIsKeptApartByAnotherColumn() {
    int entry = entry("S");
    step(by(0), entry);
    int other = step(by(1), entry);

    assertThat(find(Map.of("S", List.of(0)))).contains(obstacle(other, "S"));
  }

  @Test
  void shouldFindTheKeyInLateRowsWhereTheInputHasIt() {
    int moved = step(project(1, 0), entry("S"));
    int keyed = step(by(1), moved);
    int good = step(by(1), late(keyed));
    int bad = step(by(0), late(good));

    assertThat(find(Map.of("S", List.of(0)))).contains(obstacle(bad, "S"));
  }

  @Test
  void shouldNameTheOperatorThatIsKeptApartByAPartOfTheKey() {
    int step = step(by(0), entry("S"));

    assertThat(find(Map.of("S", List.of(0, 1)))).contains(obstacle(step, "S"));
  }

  @Test
  void shouldNameTheOperatorWhoseKeyIsComputed() {
    int step = step(by(0), step(project(-1, 1), entry("S")));

    assertThat(find(Map.of("S", List.of(0)))).contains(obstacle(step, "S"));
  }

  @Test
  void shouldNameTheOperatorThatNeedsAllRows() {
    int step = step(new SortSpec(AB), entry("S"));

    assertThat(find(Map.of("S", List.of(0)))).contains(obstacle(step, "S"));
  }

  @Test
  void shouldNameTheKeyedOperatorWhenTheStreamHasNoKey() {
    int step = step(by(0), entry("S"));

    assertThat(find(Map.of())).contains(obstacle(step, "S"));
  }

  @Test
  void shouldFollowTheKeyThroughTablesAndUnions() {
    int union = union(entry("S"), entry("T"));
    step(new TableSpec("U", AB, List.of(0), 0), union);

    assertThat(find(Map.of("S", List.of(0), "T", List.of(0)))).isEmpty();
  }

  @Test
  void shouldNotTakeTheKeysOfAUnionForOneWhenTheyAreInDifferentColumns() {
    int step = step(by(0), union(entry("S"), entry("T")));

    assertThat(find(Map.of("S", List.of(0), "T", List.of(1)))).contains(obstacle(step, "S", "T"));
  }

  @Test
  void shouldNotTakeTheKeysOfAUnionForOneWhenEqualOnesAreNotInEqualPartitions() {
    int step = step(by(0), union(entry("S"), entry("T")));

    assertThat(
            PartitionPlanner.plan(
                    new OperatorGraph(nodes),
                    Map.of("S", List.of(0), "T", List.of(0)),
                    (one, other) -> one.equals(other))
                .obstacle())
        .contains(obstacle(step, "S", "T"));
  }

  @Test
  void shouldNotAskForTheKeysOfStreamsThatHaveNone() {
    step(project(0, 1), union(entry("S"), entry("T")));

    assertThat(
            PartitionPlanner.plan(
                    new OperatorGraph(nodes),
                    Map.of(),
                    (one, other) -> {
                      throw new AssertionError("there are no keys");
                    })
                .obstacle())
        .isEmpty();
  }

  @Test
  void shouldExchangeRowsBeforeAnOperatorThatIsKeptApartByAnotherColumn() {
    int moved = step(project(1, 0), entry("S"));
    int keyed = step(by(0), moved, "one");
    exit("Out", keyed);

    PartitionPlan plan = plan(Map.of("S", List.of(0)));

    assertThat(plan.obstacle()).isEmpty();
    assertThat(lines(plan))
        .containsExactly(
            "#0 Stream S",
            "#1 Project <- 0",
            "#2 Exit exchange-one <- 1",
            "#3 Stream exchange-one",
            "#4 Changes by a [onex] <- 3",
            "#5 Exit Out <- 4");
    assertThat(plan.exchanges()).hasSize(1);
    assertThat(plan.exchanges().get(0).names()).containsExactly("b");
    assertThat(plan.exchanges().get(0).columns()).containsExactly(0);
  }

  @Test
  void shouldNotExchangeAgainWhatIsKeptApartByWhatItWasExchangedBy() {
    int keyed = step(by(1), entry("S"), "one");
    step(by(1), keyed, "two");

    assertThat(lines(plan(Map.of("S", List.of(0)))))
        .containsExactly(
            "#0 Stream S",
            "#1 Exit exchange-one <- 0",
            "#2 Stream exchange-one",
            "#3 Changes by b [onex] <- 2",
            "#4 Changes by b [two] <- 3");
  }

  @Test
  void shouldExchangeOnceMoreBehindAnExchange() {
    int keyed = step(by(1), entry("S"), "one");
    step(by(0), keyed, "two");

    assertThat(lines(plan(Map.of())))
        .containsExactly(
            "#0 Stream S",
            "#1 Exit exchange-one <- 0",
            "#2 Stream exchange-one",
            "#3 Changes by b [onex] <- 2",
            "#4 Exit exchange-two <- 3",
            "#5 Stream exchange-two",
            "#6 Changes by a [twox] <- 5");
  }

  @Test
  void shouldTakeWhatWasExchangedByColumnsOfEqualTypesForPartitionedAlike() {
    int one = step(by(0), entry("S"), "one");
    int other = step(by(0), entry("T"), "other");
    step(by(0), union(one, other), "both");

    assertThat(plan(Map.of()).exchanges())
        .extracting(ExchangePlan::stream)
        .containsExactly("exchange-one", "exchange-other");
  }

  @Test
  void shouldExchangeAUnionOfWhatWasExchangedAndWhatWasNot() {
    int one = step(by(0), entry("S"), "one");
    step(by(0), union(one, entry("T")), "both");

    assertThat(plan(Map.of("T", List.of(0))).exchanges())
        .extracting(ExchangePlan::stream)
        .containsExactly("exchange-one", "exchange-both");
  }

  @Test
  void shouldFindTheKeyInLateRowsOfWhatWasExchanged() {
    int keyed = step(by(1), entry("S"), "one");
    step(by(1), late(keyed), "two");

    assertThat(lines(plan(Map.of("S", List.of(0)))))
        .containsExactly(
            "#0 Stream S",
            "#1 Exit exchange-one <- 0",
            "#2 Stream exchange-one",
            "#3 Changes by b [onex] <- 2",
            "#4 Late <- 3",
            "#5 Changes by b [two] <- 4");
  }

  @Test
  void shouldBringAllRowsToTheFirstPartBeforeAnOperatorThatNeedsThem() {
    int sorted = step(new SortSpec(AB), entry("S"), "one");
    step(by(0), sorted, "two");

    PartitionPlan plan = plan(Map.of("S", List.of(0)));

    assertThat(lines(plan))
        .containsExactly(
            "#0 Stream S",
            "#1 Exit exchange-one <- 0",
            "#2 Stream exchange-one",
            "#3 " + new SortSpec(AB).describe() + " [onex] <- 2",
            "#4 Changes by a [two] <- 3");
    assertThat(plan.exchanges().get(0).columns()).isEmpty();
  }

  @Test
  void shouldNotExchangeRowsOfTheFirstPartTogetherWithOthers() {
    int sorted = step(new SortSpec(AB), entry("S"), "one");
    int grouped = step(by(0), union(sorted, entry("T")), "two");

    ExchangePlan gathered =
        ExchangePlan.of((GraphNode.Step) nodes.get(sorted), List.of(), List.of());
    assertThat(find(Map.of("S", List.of(0), "T", List.of(0))))
        .contains(
            new Obstacle(
                (GraphNode.Step) nodes.get(grouped),
                Set.of("exchange-one", "T"),
                List.of(gathered)));
  }

  @Test
  void shouldLetRowsOfTheFirstPartGoTheirWayTogetherWithOthers() {
    int sorted = step(new SortSpec(AB), entry("S"), "one");
    step(project(1, 0), union(sorted, entry("T")));

    assertThat(lines(plan(Map.of("S", List.of(0), "T", List.of(0)))))
        .containsExactly(
            "#0 Stream S",
            "#1 Exit exchange-one <- 0",
            "#2 Stream exchange-one",
            "#3 " + new SortSpec(AB).describe() + " [onex] <- 2",
            "#4 Stream T",
            "#5 Union of 2 inputs <- 3",
            "#6 " + project(1, 0).describe() + " <- 5");
  }

  @Test
  void shouldNotHoldRowsOfTheFirstPartBackTogetherWithOthers() {
    int sorted = step(new SortSpec(AB), entry("S"), "one");
    int delayed = step(new DelaySpec(10, AB, SortLimit.NONE), union(sorted, entry("T")), "two");

    assertThat(find(Map.of("S", List.of(0), "T", List.of(0))).orElseThrow().step())
        .isEqualTo(nodes.get(delayed));
  }

  private static List<String> lines(PartitionPlan plan) {
    return plan.graph().nodes().stream().map(PartitionPlannerTest::line).toList();
  }

  private static String line(GraphNode node) {
    String text = "#" + node.id() + " ";
    if (node instanceof GraphNode.Entry entry) {
      return text + "Stream " + entry.stream();
    }
    if (node instanceof GraphNode.Step step) {
      text +=
          step.spec().describe() + (step.identity().isEmpty() ? "" : " [" + step.identity() + "]");
    } else {
      text += node instanceof GraphNode.Exit exit ? "Exit " + exit.stream() : "Late";
    }
    return text + " <- " + node.inputs().get(0);
  }

  private Obstacle obstacle(int step, String... entries) {
    return new Obstacle((GraphNode.Step) nodes.get(step), Set.of(entries), List.of());
  }

  private Optional<Obstacle> find(Map<String, List<Integer>> keys) {
    return plan(keys).obstacle();
  }

  private PartitionPlan plan(Map<String, List<Integer>> keys) {
    return PartitionPlanner.plan(new OperatorGraph(nodes), keys, (one, other) -> true);
  }

  private static FilterProjectSpec project(int... sources) {
    List<Integer> columns = new ArrayList<>();
    for (int source : sources) {
      columns.add(source);
    }
    return new FilterProjectSpec(
        "Project",
        AB,
        null,
        new ProjectionSpec(AB, columns, AB.names(), null, false),
        List.of(),
        true);
  }

  private static ChangesSpec by(int column) {
    return new ChangesSpec(AB, List.of(column), 0);
  }

  private int entry(String stream) {
    nodes.add(new GraphNode.Entry(nodes.size(), stream, AB));
    return nodes.size() - 1;
  }

  /** One without state, before which rows cannot be exchanged. */
  private int step(OperatorSpec spec, int input) {
    return step(spec, input, "");
  }

  private int step(OperatorSpec spec, int input, String identity) {
    nodes.add(new GraphNode.Step(nodes.size(), spec, List.of(input), 1, "Q", identity));
    return nodes.size() - 1;
  }

  private void exit(String stream, int input) {
    nodes.add(new GraphNode.Exit(nodes.size(), stream, input, AB));
  }

  private int late(int step) {
    GraphNode.Step finder = (GraphNode.Step) nodes.get(step);
    nodes.add(
        GraphNode.Late.of(nodes.size(), finder, 0, AB, new Field("LATE_BY", DataType.INTERVAL)));
    return nodes.size() - 1;
  }

  private int union(int one, int other) {
    nodes.add(
        new GraphNode.Step(
            nodes.size(),
            new UnionSpec(AB, List.of(0, 0), false),
            List.of(one, other),
            1,
            "Q",
            ""));
    return nodes.size() - 1;
  }
}
