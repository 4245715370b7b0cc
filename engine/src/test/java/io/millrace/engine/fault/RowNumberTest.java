package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.engine.fault.World.InputRow;
import io.millrace.spi.error.MillraceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rows that come twice have the numbers that they had before, and no other row has. */
final class RowNumberTest {
  private static final int ROWS = 60;
  private static final long LEAP = 1L << 40;
  private static final String ENDLESS = WorldJob.INPUT.replace("'world'", "'world', end = 'no'");
  private static final String SUM = " AS SELECT sum(v) AS s FROM Events;\n";
  private static final String SUMS =
      "CREATE STREAM Sums WITH (connector = 'tape')"
          + " AS SELECT k, sum(v) AS s, count(*) AS n FROM Events GROUP BY k;\n"
          + "CREATE STREAM Windows WITH (connector = 'tape')"
          + " AS SELECT k, max(v) AS m FROM Events WINDOW TUMBLING (50 MS) GROUP BY k;\n";

  /**
   * The example of Indrasiri and Suhothayan, Design Patterns for Cloud Native Applications, figures
   * 6-24 and 6-25: the snapshot is behind offset 1499 with a running sum of 50.
   */
  @Test
  void shouldGiveTheSameNumbersAgainWhenTheWorkedExampleCrashes() {
    World world = sumOfFifty();
    String script = ENDLESS + "CREATE STREAM Sum WITH (connector = 'tape')" + SUM;
    crashBehindTwoMoreRows(world, script);

    assertThat(world.tape("Sum")).endsWith("#1500 1500 56", "#1501 1501 59").hasSize(1502);
    runUntil(world, script, 2);

    assertThat(world.tape("Sum").subList(1498, 1504))
        .containsExactly(
            "#1498 1498 50",
            "#1499 1499 50",
            "#1500 1500 56",
            "#1501 1501 59",
            "#1500 1500 56",
            "#1501 1501 59");
  }

  @Test
  void shouldCommitTheRowsOnceWhenTheWorkedExampleHasTransactions() {
    World world = sumOfFifty();
    String script = ENDLESS + "CREATE STREAM Sum WITH (connector = 'bank')" + SUM;
    crashBehindTwoMoreRows(world, script);

    assertThat(world.bank("Sum")).endsWith("1499 50").hasSize(1500);
    runUntil(world, script, 2);

    assertThat(world.bank("Sum")).endsWith("1499 50", "1500 56", "1501 59").hasSize(1502);
  }

  @Test
  void shouldNameTheSameRowByTheSameNumberWhereverThePowerFails() {
    World undisturbed = WorldJob.world(4, ROWS);
    String script = WorldJob.INPUT + SUMS;
    long steps = WorldJob.run(undisturbed, script);
    int repeated = 0;
    for (long failing = 0; failing < steps; failing += 1 + failing / 12) {
      World world = WorldJob.world(4, ROWS);
      WorldJob.runWithFailures(world, script, failing);
      for (String stream : List.of("Sums", "Windows")) {
        Set<String> distinct = new HashSet<>(world.tape(stream));
        assertThat(distinct).isEqualTo(new HashSet<>(undisturbed.tape(stream)));
        repeated += world.tape(stream).size() - distinct.size();
      }
    }
    assertThat(undisturbed.tape("Sums")).hasSize(4 * ROWS);
    assertThat(byNumber(undisturbed.tape("Sums"))).hasSize(4 * ROWS);
    assertThat(repeated).isGreaterThan(100);
  }

  @Test
  void shouldSendNoNumbersWhenPartitionsInterleaveByChance() {
    World world = WorldJob.world(4, ROWS);
    runUntil(world, ENDLESS + SUMS, 4 * ROWS);

    assertThat(world.tape("Sums")).hasSize(4 * ROWS).noneMatch(row -> row.startsWith("#"));
  }

  @Test
  void shouldSendNoNumbersWhenRowsAreComputedOfTheMoment() {
    World world = WorldJob.world(1, ROWS);
    WorldJob.run(
        world,
        WorldJob.INPUT
            + "CREATE STREAM Drawn AS SELECT v + random(0, 9) AS w FROM Events;\n"
            + "CREATE STREAM T WITH (connector = 'tape') AS SELECT w FROM Drawn;\n");

    assertThat(world.tape("T")).hasSize(ROWS).noneMatch(row -> row.startsWith("#"));
  }

  /** Who drops what has a number that was there must not drop rows of a query that was changed. */
  @Test
  void shouldLeapWhenTheQueryIsAnother() {
    World world = sumOfFifty();
    String sum = ENDLESS + "CREATE STREAM Sum WITH (connector = 'tape')" + SUM;
    crashBehindTwoMoreRows(world, sum);
    String doubled = sum.replace("sum(v)", "2 * sum(v)");
    for (int life = 0; life < 2; life++) {
      int before = world.tape("Sum").size();
      runUntilFailure(world, doubled, 2);
      assertThat(world.tape("Sum").subList(before, before + 2))
          .containsExactly("#" + LEAP + " 1500 112", "#" + (LEAP + 1) + " 1501 118");
    }

    String tripled = doubled.replace("2 * ", "3 * ");
    runUntil(world, tripled, 2);

    assertThat(world.tape("Sum"))
        .endsWith("#" + 2 * LEAP + " 1500 168", "#" + (2 * LEAP + 1) + " 1501 177");
  }

  /** Offsets 0 to 1499 with a sum of 50. */
  private static World sumOfFifty() {
    World world = new World(3);
    List<InputRow> rows = new ArrayList<>();
    for (int offset = 0; offset < 1500; offset++) {
      rows.add(new InputRow(offset, "k", offset % 30 == 0 ? 1 : 0));
    }
    world.addInput("Events", List.of(rows));
    return world;
  }

  /** Commits offsets up to 1499; then 1500 and 1501 come, and the process is killed. */
  private static void crashBehindTwoMoreRows(World world, String script) {
    try (Engine engine = WorldJob.engine(world)) {
      Job job = WorldJob.start(engine, script, "1 h");
      WorldJob.awaitRows(job, 1500);
      job.commit(Duration.ofMinutes(1));
      world.append("Events", new InputRow(1500, "k", 6), new InputRow(1501, "k", 3));
      WorldJob.awaitRows(job, 1502);
      world.failAfter(0);
    } catch (MillraceException e) {
      assertThat(e.message()).contains("no power to");
    }
    world.restorePower();
  }

  /** Runs until so many rows have been taken, and ends in order. */
  private static void runUntil(World world, String script, long rows) {
    try (Engine engine = WorldJob.engine(world)) {
      WorldJob.awaitRows(WorldJob.start(engine, script, "1 h"), rows);
    }
  }

  /** Runs until so many rows have been taken, and is killed. */
  private static void runUntilFailure(World world, String script, long rows) {
    try (Engine engine = WorldJob.engine(world)) {
      WorldJob.awaitRows(WorldJob.start(engine, script, "1 h"), rows);
      world.failAfter(0);
    } catch (MillraceException e) {
      assertThat(e.message()).contains("no power to");
    }
    world.restorePower();
  }

  /** The rows by their numbers; fails if two have the same. */
  private static Map<String, String> byNumber(List<String> tape) {
    Map<String, String> rows = new HashMap<>();
    for (String line : tape) {
      String number = line.substring(0, line.indexOf(' '));
      assertThat(rows.put(number, line)).as(line).isIn(null, line);
    }
    return rows;
  }
}
