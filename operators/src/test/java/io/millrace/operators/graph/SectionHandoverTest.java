package io.millrace.operators.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.spread.SpreadSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Sections that take the rows of others, and rows that have their positions in common. */
class SectionHandoverTest extends PlannedGraph {
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
}
