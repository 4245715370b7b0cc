package io.millrace.operators.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.distinct.DistinctSpec;
import io.millrace.operators.sort.SortSpec;
import io.millrace.operators.spread.SpreadSpec;
import io.millrace.operators.union.UnionSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SectionPlannerTest extends PlannedGraph {
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
}
