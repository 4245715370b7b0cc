package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each row comes, at whatever step the world loses its power; some come twice. */
final class AtLeastOnceTest {
  private static final int ROWS = 60;

  /** Each of its rows is another: they count. */
  private static final String SCRIPT =
      "SET 'delivery' = 'at-least-once';\n"
          + WorldJob.INPUT
          + "CREATE STREAM Sums WITH (connector = 'tape')"
          + " AS SELECT k, sum(v) AS s, count(*) AS n FROM Events GROUP BY k;\n";

  @Test
  void shouldLoseNothingWhereverThePowerFails() {
    World undisturbed = WorldJob.world(2, ROWS);
    long steps = WorldJob.run(undisturbed, SCRIPT);
    List<String> rows = undisturbed.tape("Sums");
    assertThat(rows).hasSize(2 * ROWS).doesNotHaveDuplicates();
    int repeated = 0;
    for (long failing = 0; failing < steps; failing += 1 + failing / 12) {
      World world = WorldJob.world(2, ROWS);
      WorldJob.runWithFailures(world, SCRIPT, failing);
      assertThat(once(world.tape("Sums"))).containsExactlyElementsOf(rows);
      repeated += world.tape("Sums").size() - rows.size();
    }
    assertThat(repeated).isGreaterThan(0);
  }

  @Test
  void shouldGoOneBackByItselfWhenTheLastSnapshotIsDamaged() {
    World world = WorldJob.world(2, ROWS);
    WorldJob.run(world, SCRIPT);
    List<String> rows = world.tape("Sums");
    List<Long> ids = world.store().ids();
    long newest = ids.get(ids.size() - 1);
    world
        .store()
        .damage(world.store().manifest(newest).findSection("marks").orElseThrow().parts().get(0));

    WorldJob.run(world, SCRIPT);

    List<String> again = world.tape("Sums");
    assertThat(again.subList(0, rows.size())).isEqualTo(rows);
    List<String> repeated = again.subList(rows.size(), again.size());
    assertThat(repeated).isNotEmpty();
    assertThat(rows).endsWith(repeated.toArray(String[]::new));
  }

  private static List<String> once(List<String> rows) {
    return new ArrayList<>(new LinkedHashSet<>(rows));
  }
}
