package io.millrace.operators.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.distinct.DistinctSpec;
import io.millrace.operators.explode.ExplodeSpec;
import io.millrace.operators.filter.FilterProjectSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.operators.kernel.ProjectionSpec;
import io.millrace.operators.sort.SortSpec;
import io.millrace.operators.spread.SpreadSpec;
import io.millrace.operators.table.ChangesSpec;
import io.millrace.operators.union.UnionSpec;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SectionPlannerTest {
  private static final Schema AB =
      Schema.of(new Field("a", DataType.BIGINT), new Field("b", DataType.BIGINT));
  private final List<GraphNode> nodes = new ArrayList<>();

  @Test
  void shouldSpreadByTheKeysOfTheEntryWithWhatIsBeforeAndBehind() {
    int entry = entry("S");
    int filter = step(filter(), entry);
    int keyed = step(by(1), filter);
    int behind = step(project(1, -1), keyed);
    exit(behind);

    assertThat(plan().sections())
        .containsExactly(
            section(
                entry,
                List.of(),
                List.of(1),
                List.of(filter, keyed, behind),
                List.of(behind),
                key(keyed, 1),
                Set.of()));
    assertThat(plan().outside()).containsExactlyInAnyOrder(entry, behind + 1);
  }

  @Test
  void shouldRunOnceMoreWhatOthersReadToo() {
    int entry = entry("S");
    int filter = step(filter(), entry);
    exit(filter);
    int keyed = step(by(0), filter);
    exit(keyed);

    assertThat(plan().sections())
        .containsExactly(
            section(
                entry,
                List.of(),
                List.of(0),
                List.of(filter, keyed),
                List.of(keyed),
                key(keyed, 0),
                Set.of(filter)));
    assertThat(plan().outside()).contains(filter).doesNotContain(keyed);
  }

  @Test
  void shouldPutKeysThatContainTheOthersIntoOneSection() {
    int entry = entry("S");
    int narrow = step(by(0), entry);
    int wide = step(new DistinctSpec(AB, 0), narrow);
    int other = step(by(1), entry);
    exit(wide);
    exit(other);

    assertThat(plan().sections())
        .containsExactly(
            section(
                entry,
                List.of(),
                List.of(0),
                List.of(narrow, wide),
                List.of(wide),
                Map.of(narrow, List.of(List.of(0)), wide, List.of(List.of(0))),
                Set.of()),
            section(
                entry,
                List.of(),
                List.of(1),
                List.of(other),
                List.of(other),
                key(other, 1),
                Set.of()));
  }

  @Test
  void shouldGatherLateRowsOfAStepWithoutItsOthers() {
    int entry = entry("S");
    int keyed = step(by(1), entry);
    int behind = step(project(1, -1), keyed);
    exit(behind);
    int late = late(keyed);
    exit(late);

    assertThat(plan().sections())
        .containsExactly(
            section(
                entry,
                List.of(),
                List.of(1),
                List.of(keyed, behind),
                List.of(late, behind),
                key(keyed, 1),
                Set.of()));
    assertThat(plan().outside()).contains(late).doesNotContain(keyed);
  }

  @Test
  void shouldNotSpreadWhatTakesLateRows() {
    int keyed = step(by(1), entry("S"));
    exit(keyed);
    int again = step(by(1), late(keyed));
    exit(again);

    assertThat(plan().sections()).hasSize(1);
    assertThat(plan().outside()).contains(again);
  }

  @Test
  void shouldHandOverToASectionWithOtherKeysWhatLeavesASection() {
    int entry = entry("S");
    int first = step(by(0), entry);
    int filter = step(filter(), first);
    int second = step(by(1), filter);
    int third = step(by(0), second);
    exit(third);

    assertThat(plan().sections())
        .containsExactly(
            section(
                entry,
                List.of(),
                List.of(0),
                List.of(first, filter),
                List.of(filter),
                key(first, 0),
                Set.of()),
            behind(entry, filter, 1, false, second, second),
            behind(entry, second, 0, false, third, third));
    assertThat(plan().outside()).containsExactlyInAnyOrder(entry, third + 1);
  }

  @Test
  void shouldHandOverOnceWhatSeveralKeysNeed() {
    int first = step(by(0), entry("S"));
    int second = step(by(1), first);
    exit(second);
    int filter = step(filter(), second);
    int again = step(by(1), filter);
    exit(again);
    exit(first);

    assertThat(plan().sections()).hasSize(2);
    assertThat(plan().sections().get(0).outputs()).containsExactly(first);
    assertThat(plan().sections().get(1).nodes()).containsExactly(second, filter, again);
    assertThat(plan().sections().get(1).outputs()).containsExactly(second, again);
  }

  @Test
  void shouldNumberRowsThatLeaveTogetherForOtherKeys() {
    int entry = entry("S");
    int window = step(closingBy(0), entry);
    int second = step(by(1), window);
    exit(second);

    assertThat(plan().sections().get(1)).isEqualTo(behind(entry, window, 1, true, second, second));
  }

  @Test
  void shouldNumberRowsThatOneRowHasBecomeForTheirKeys() {
    int exploded = step(explode(), step(project(-1, 1), entry("C")));
    int keyed = step(by(0), step(project(1, 0), exploded));
    exit(keyed);

    SectionPlan section = plan().sections().get(0);
    assertThat(section.nodes()).containsExactly(keyed);
    assertThat(section.numbersRows()).isTrue();
  }

  @Test
  void shouldNotSpreadWhatLeavesTogetherWhereRowsHaveTheirPositionsInCommon() {
    int window = step(closingBy(0), entry("S"));
    int other = step(closingBy(1), window);
    exit(other);
    int exploded = step(explode(), step(project(-1, 1), entry("C")));
    int behind = step(closingBy(1), exploded);
    exit(behind);

    assertThat(plan().sections()).hasSize(1);
    assertThat(plan().outside()).contains(other, behind).doesNotContain(window);
  }

  @Test
  void shouldSpreadWhatLeavesTogetherBehindOtherKeysOfRowsThatComeAlone() {
    int entry = entry("S");
    int first = step(by(0), entry);
    int window = step(closingBy(1), first);
    exit(window);

    assertThat(plan().sections().get(1)).isEqualTo(behind(entry, first, 1, false, window, window));
  }

  @Test
  void shouldNotSpreadBehindWhatGivesOtherValuesEachTime() {
    int random = step(project(0, -1, false), entry("S"));
    int grouped = step(by(0), random);
    exit(random);
    exit(grouped);

    assertThat(plan().sections()).isEmpty();
  }

  @Test
  void shouldSpreadBehindWhatGivesOtherValuesEachTimeWhenNobodyElseReadsIt() {
    int random = step(project(0, -1, false), entry("S"));
    int grouped = step(by(0), random);
    exit(grouped);

    assertThat(plan().sections()).hasSize(1);
    assertThat(plan().outside()).doesNotContain(random, grouped);
  }

  @Test
  void shouldKeepWhatSendsRowsForRowsWithTheRowsThatLeaveTogether() {
    int first = step(closingBy(0), entry("S"));
    int second = step(by(0), first);
    int third = step(closingBy(0), second);
    exit(third);

    assertThat(plan().sections()).hasSize(1);
    assertThat(plan().sections().get(0).nodes()).containsExactly(first, second);
    assertThat(plan().outside()).contains(third);
  }

  @Test
  void shouldSpreadAnyRowsWithWhatIsBeforeAndBehind() {
    int entry = entry("S");
    int filter = step(filter(), entry);
    int spread = step(new SpreadSpec(AB), filter);
    int behind = step(project(1, -1), spread);
    exit(behind);

    assertThat(plan().sections())
        .containsExactly(
            section(
                entry,
                List.of(),
                List.of(),
                List.of(filter, spread, behind),
                List.of(behind),
                Map.of(),
                Set.of()));
  }

  @Test
  void shouldHandOverToKeysWhatTasksWithAnyRowsHaveMade() {
    int entry = entry("S");
    int spread = step(new SpreadSpec(AB), entry);
    int computed = step(project(0, -1), spread);
    int keyed = step(by(1), computed);
    int other = step(by(0), entry);
    exit(keyed);
    exit(other);

    assertThat(plan().sections())
        .containsExactly(
            section(
                entry,
                List.of(),
                List.of(),
                List.of(spread, computed),
                List.of(computed),
                Map.of(),
                Set.of()),
            behind(entry, computed, 1, false, keyed, keyed),
            section(
                entry,
                List.of(),
                List.of(0),
                List.of(other),
                List.of(other),
                key(other, 0),
                Set.of()));
    assertThat(plan().outside()).doesNotContain(keyed);
  }

  @Test
  void shouldSayWhereTheKeysAreInTheKeyOfAStep() {
    int keyed = step(new DistinctSpec(AB, 0), step(project(1, 0), step(by(0), entry("S"))));
    exit(keyed);

    SectionPlan section = plan().sections().get(0);
    assertThat(section.keyColumns((GraphNode.Step) nodes.get(keyed)))
        .isEqualTo(List.of(List.of(1)));
    assertThat(section.keyPlaces((GraphNode.Step) nodes.get(keyed))).containsExactly(1);
  }

  @Test
  void shouldSpreadAnyRowsWithTheKeysBeforeThem() {
    int entry = entry("S");
    int keyed = step(by(1), entry);
    int spread = step(new SpreadSpec(AB), keyed);
    exit(spread);

    assertThat(plan().sections())
        .containsExactly(
            section(
                entry,
                List.of(),
                List.of(1),
                List.of(keyed, spread),
                List.of(spread),
                key(keyed, 1),
                Set.of()));
  }

  @Test
  void shouldNotSpreadWhatNeedsAllRows() {
    int sorted = step(new SortSpec(AB), entry("S"));
    exit(step(by(0), sorted));
    int united = step(new UnionSpec(AB, List.of(0, 0), false), entry("L"), entry("R"));
    exit(step(by(0), united));

    assertThat(plan().sections()).isEmpty();
    assertThat(plan().outside()).hasSize(nodes.size());
  }

  @Test
  void shouldSpreadByComputedKeysBehindWhatComputesThem() {
    int entry = entry("S");
    int filter = step(filter(), entry);
    int computed = step(project(1, -1), filter);
    exit(computed);
    int keyed = step(by(1), computed);
    int behind = step(project(0, 1), keyed);
    int again = step(by(1), behind);
    exit(again);

    assertThat(plan().sections())
        .containsExactly(
            section(
                entry,
                List.of(filter, computed),
                List.of(1),
                List.of(keyed, behind, again),
                List.of(again),
                Map.of(keyed, List.of(List.of(1)), again, List.of(List.of(1))),
                Set.of(filter, computed)));
    assertThat(plan().outside()).contains(filter, computed).doesNotContain(keyed, behind, again);
  }

  @Test
  void shouldPreferKeysOfTheEntryToComputedOnes() {
    int entry = entry("S");
    int computed = step(project(1, -1), entry);
    int keyed = step(new DistinctSpec(AB, 0), computed);
    exit(keyed);

    assertThat(plan().sections())
        .containsExactly(
            section(
                entry,
                List.of(),
                List.of(1),
                List.of(computed, keyed),
                List.of(keyed),
                key(keyed, 0),
                Set.of()));
  }

  @Test
  void shouldNotSpreadEntriesThatMayNotBe() {
    exit(step(by(0), entry("S")));

    assertThat(SectionPlanner.plan(new OperatorGraph(nodes), entry -> false).sections()).isEmpty();
  }

  /** A section that takes rows of the entry. */
  private static SectionPlan section(
      int entry,
      List<Integer> before,
      List<Integer> columns,
      List<Integer> nodes,
      List<Integer> outputs,
      Map<Integer, List<List<Integer>>> keys,
      Set<Integer> shared) {
    return new SectionPlan(entry, entry, before, columns, false, nodes, outputs, keys, shared);
  }

  /** A section of one step that takes rows of another section, by one column. */
  private static SectionPlan behind(
      int entry, int from, int column, boolean numbersRows, int step, int output) {
    return new SectionPlan(
        entry,
        from,
        List.of(),
        List.of(column),
        numbersRows,
        List.of(step),
        List.of(output),
        key(step, column),
        Set.of());
  }

  private Sections plan() {
    return SectionPlanner.plan(new OperatorGraph(nodes), entry -> true);
  }

  private int entry(String stream) {
    nodes.add(new GraphNode.Entry(nodes.size(), stream, AB));
    return nodes.size() - 1;
  }

  private int step(OperatorSpec spec, Integer... inputs) {
    nodes.add(new GraphNode.Step(nodes.size(), spec, List.of(inputs), 1, "q", ""));
    return nodes.size() - 1;
  }

  private int late(int step) {
    GraphNode.Step finder = (GraphNode.Step) nodes.get(step);
    nodes.add(GraphNode.Late.of(nodes.size(), finder, AB, new Field("LATE_BY", DataType.INTERVAL)));
    return nodes.size() - 1;
  }

  private void exit(int input) {
    nodes.add(new GraphNode.Exit(nodes.size(), "O" + nodes.size(), input, AB));
  }

  private static OperatorSpec by(int column) {
    return new ChangesSpec(AB, List.of(column), 0);
  }

  private static OperatorSpec closingBy(int column) {
    return new Closing(List.of(column));
  }

  /** A window that sends the rows of all its keys at once. */
  private record Closing(List<Integer> keys) implements OperatorSpec {
    @Override
    public String describe() {
      return "Closing";
    }

    @Override
    public Schema output() {
      return AB;
    }

    @Override
    public boolean isTimeDriven() {
      return true;
    }

    @Override
    public long lagMillis() {
      return 0;
    }

    @Override
    public Distribution distribution() {
      return new Distribution.Keyed(keys, Distribution.same(AB.size()), true);
    }

    @Override
    public List<KernelSource<?>> kernels() {
      return List.of();
    }

    @Override
    public Operator create(KernelLoader loader) {
      throw new UnsupportedOperationException("is only planned");
    }
  }

  private static Map<Integer, List<List<Integer>>> key(int step, int column) {
    return Map.of(step, List.of(List.of(column)));
  }

  private static OperatorSpec filter() {
    return new FilterProjectSpec("Filter", AB, null, null, List.of(), true);
  }

  private static OperatorSpec explode() {
    Schema arrays =
        Schema.of(new Field("b", DataType.BIGINT), new Field("a", DataType.array(DataType.BIGINT)));
    return new ExplodeSpec(arrays, 1, AB);
  }

  private static OperatorSpec project(int first, int second) {
    return project(first, second, true);
  }

  private static OperatorSpec project(int first, int second, boolean isRepeatable) {
    return new FilterProjectSpec(
        "Project",
        AB,
        null,
        new ProjectionSpec(AB, List.of(first, second), List.of("a", "b"), null, false),
        List.of(),
        isRepeatable);
  }
}
