package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.fault.World.InputRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Joins of streams that never end, each of several partitions: whatever is polled when, in whatever
 * pieces, with a restart on the way, results come in one order. That is the order of times, then of
 * streams as FROM names them, then of partitions and offsets.
 */
final class JoinOrderTest {
  private static final int RUNS = 12;
  private static final int ROWS = 60;
  private static final int NEAR = 30;

  /** Rows come this much out of order at most, so that none is late. */
  private static final int DISORDER = 20;

  private static final long END = 1_000_000;
  private static final String INPUTS =
      """
      SET 'join.order' = 'time';
      CREATE STREAM L (k STRING, v BIGINT) WITH (connector = 'world', end = 'no');
      CREATE STREAM R (k STRING, v BIGINT) WITH (connector = 'world', end = 'no');
      """;
  private static final String JOIN =
      """
      CREATE STREAM J WITH (connector = 'ledger') AS
      SELECT l.v AS a, r.v AS b FROM L l LEFT JOIN R r WITHIN 30 MS ON l.k = r.k;
      """;
  private static final String OF_ITSELF =
      """
      CREATE STREAM J WITH (connector = 'ledger') AS
      SELECT l.v AS a, r.v AS b FROM L l JOIN L r WITHIN 30 MS ON l.k = r.k;
      """;

  private static final String OF_THREE =
      """
      CREATE STREAM S (k STRING, v BIGINT) WITH (connector = 'world', end = 'no');
      CREATE STREAM J WITH (connector = 'ledger') AS
      SELECT l.v AS a, r.v AS b, s.v AS c FROM L l LEFT JOIN R r WITHIN 30 MS ON l.k = r.k
      LEFT JOIN S s WITHIN 2 MS ON l.k = s.k;
      """;

  private static final String TAKING_BACK =
      """
      CREATE STREAM S (k STRING, v BIGINT) WITH (connector = 'world', end = 'no');
      CREATE STREAM J WITH (connector = 'ledger') AS
      SELECT ROW_KIND AS kind, l.v AS a, r.v AS b, s.v AS c
      FROM L l FULL JOIN R r WITHIN (0 MS, 30 MS) ON l.k = r.k LEFT JOIN S s WITHIN 2 MS ON l.k = s.k
      EMIT CHANGES WITH RETRACTIONS;
      """;

  private static final String OF_WINDOWS =
      """
      CREATE STREAM A (k STRING, v BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts - 20 MS);
      INSERT INTO A SELECT k, v, ROWTIME AS ts FROM L;
      CREATE STREAM B (k STRING, v BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts - 20 MS);
      INSERT INTO B SELECT k, v, ROWTIME AS ts FROM R;
      CREATE STREAM J WITH (connector = 'ledger') AS
      SELECT a.v AS a, b.v AS b FROM A WINDOW %s a FULL JOIN B WINDOW %s b ON a.k = b.k;
      """;

  /**
   * A row where it is in its inputs.
   *
   * @param seen the greatest time before it in its partition
   */
  private record Event(int side, int partition, int offset, InputRow row, long seen) {
    static final Comparator<Event> ORDER =
        Comparator.comparingLong(Event::turn)
            .thenComparing(Event::side)
            .thenComparing(Event::partition)
            .thenComparing(Event::offset);

    long turn() {
      return Math.max(row.time(), seen);
    }

    /** When it leaves. */
    long due() {
      return row.time() + NEAR + 1;
    }

    boolean meets(Event other) {
      return side != other.side
          && row.key().equals(other.row.key())
          && Math.abs(row.time() - other.row.time()) <= NEAR
          && seen < other.due()
          && other.seen < due();
    }
  }

  @Test
  void shouldSendResultsInOneOrderWhateverIsPolledWhen() {
    for (int run = 0; run < RUNS; run++) {
      List<List<InputRow>> left = rows(3, 100 + run);
      List<List<InputRow>> right = rows(2, 200 + run);
      List<String> expected = joined(events(left, right), true);
      String script = INPUTS + "SET 'parallelism' = '" + (run % 2 == 0 ? 1 : 4) + "';\n" + JOIN;

      assertThat(play(run, left, right, script, false)).as("run " + run).isEqualTo(expected);
      assertThat(play(run, left, right, script, true)).as("run " + run).isEqualTo(expected);
    }
  }

  @Test
  void shouldSendResultsInOneOrderWhenEachStreamHasOnePartition() {
    for (int run = 0; run < RUNS; run++) {
      List<List<InputRow>> left = rows(1, 300 + run);
      List<List<InputRow>> right = rows(1, 400 + run);
      List<String> expected = joined(events(left, right), true);

      assertThat(play(run, left, right, INPUTS + JOIN, run % 2 == 0)).isEqualTo(expected);
    }
  }

  @Test
  void shouldSendResultsInOneOrderWhenAStreamIsJoinedWithItself() {
    for (int run = 0; run < RUNS; run++) {
      List<List<InputRow>> rows = rows(3, 500 + run);
      List<String> expected = joined(events(rows, rows), false);

      assertThat(play(run, rows, List.of(List.of()), INPUTS + OF_ITSELF, run % 2 == 0))
          .isEqualTo(expected);
    }
  }

  /** As if all rows of a stream came in their order. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TUMBLING (40 MS) | TIME_LENGTH (30 MS, 4)",
        "LENGTH_BATCH (7) | HOPPING (40 MS, 10 MS)",
        "TIME_LENGTH (45 MS, 6) | TIME_BATCH (35 MS)"
      })
  void shouldJoinWindowsInOneOrderWhateverIsPolledWhen(String ofLeft, String ofRight) {
    String script = INPUTS + String.format(Locale.ROOT, OF_WINDOWS, ofLeft, ofRight);
    for (int seed = 0; seed < RUNS / 4; seed++) {
      List<List<InputRow>> left = rows(3, 1_300 + seed);
      List<List<InputRow>> right = rows(2, 1_400 + seed);
      List<String> expected = play(0, inOrder(left), inOrder(right), script, false);

      assertThat(expected).hasSizeGreaterThan(ROWS).anyMatch(row -> row.endsWith("null"));
      for (int run = 1; run < RUNS / 2; run++) {
        String parallel = "SET 'parallelism' = '" + (run % 2 == 0 ? 1 : 4) + "';\n" + script;
        assertThat(play(run, left, right, parallel, run % 3 == 0))
            .as("run " + run)
            .isEqualTo(expected);
      }
    }
  }

  /** All rows in one partition: by time, then by partition and offset. */
  private static List<List<InputRow>> inOrder(List<List<InputRow>> partitions) {
    List<InputRow> all = new ArrayList<>();
    partitions.forEach(all::addAll);
    all.sort(Comparator.comparingLong(InputRow::time));
    return List.of(all);
  }

  /** The second join takes rows that have been joined, which come behind by the bounds of that. */
  @Test
  void shouldSendResultsOfThreeStreamsInOneOrderWhateverIsPolledWhen() {
    for (int seed = 0; seed < RUNS / 4; seed++) {
      List<List<List<InputRow>>> inputs = three(600 + seed);
      List<String> sent = checkInOneOrder(inputs, OF_THREE);

      assertThat(sent).containsExactlyInAnyOrderElementsOf(asTheyCome(inputs, OF_THREE));
      assertThat(sent).anyMatch(row -> row.endsWith("null")).anyMatch(row -> !row.contains("null"));
    }
  }

  /** What the first join has sent too early is taken back, by the second one, too. */
  @Test
  void shouldTakeBackInOneOrderWhateverIsPolledWhen() {
    for (int seed = 0; seed < RUNS / 4; seed++) {
      List<List<List<InputRow>>> inputs = three(900 + seed);
      List<String> sent = checkInOneOrder(inputs, TAKING_BACK);

      assertThat(left(sent))
          .containsExactlyInAnyOrderElementsOf(left(asTheyCome(inputs, TAKING_BACK)));
      assertThat(sent)
          .anyMatch(row -> isDeletion(row) && row.endsWith("null"))
          .anyMatch(row -> isDeletion(row) && !row.endsWith("null"));
    }
  }

  private static List<List<List<InputRow>>> three(int seed) {
    return List.of(rows(2, seed), rows(2, seed + 100), rows(2, seed + 200));
  }

  private static List<String> asTheyCome(List<List<List<InputRow>>> inputs, String query) {
    return playThree(0, inputs, "SET 'join.order' = 'arrival';\n", query, false);
  }

  /** Checks that the same comes in the same order in all runs; what comes. */
  private static List<String> checkInOneOrder(List<List<List<InputRow>>> inputs, String query) {
    List<String> first = playThree(0, inputs, "", query, false);
    for (int run = 1; run < RUNS / 2; run++) {
      assertThat(playThree(100 + run, inputs, "", query, run % 2 == 0))
          .as("run " + run)
          .isEqualTo(first);
    }
    return first;
  }

  /** The rows that have not been taken back, but for those of the end; what is, is there. */
  private static List<String> left(List<String> changes) {
    List<String> left = new ArrayList<>();
    for (String change : changes) {
      if (change.contains("-1")) {
        continue;
      }
      String row = change.split(" ", 3)[2];
      if (isDeletion(change)) {
        assertThat(left.remove(row)).as(row).isTrue();
      } else {
        left.add(row);
      }
    }
    return left;
  }

  /** Behind the time stands the kind. */
  private static boolean isDeletion(String change) {
    return change.split(" ")[1].equals("-D");
  }

  private static List<String> playThree(
      long seed,
      List<List<List<InputRow>>> inputs,
      String setting,
      String query,
      boolean restarts) {
    World world = new World(seed);
    world.addInput("L", inputs.get(0));
    world.addInput("R", inputs.get(1));
    world.addInput("S", inputs.get(2));
    long count = inputs.stream().mapToLong(JoinOrderTest::count).sum();
    String script = setting.isEmpty() ? INPUTS : INPUTS.substring(INPUTS.indexOf('\n') + 1);
    WorldJob.runUntilTaken(world, setting + script + query, count, restarts);
    return world.ledger("J");
  }

  /** Random keys, many equal times, little disorder, and a row by which all others are due. */
  private static List<List<InputRow>> rows(int partitions, long seed) {
    Random random = new Random(seed);
    List<List<InputRow>> rows = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      List<InputRow> partition = new ArrayList<>();
      for (int i = 0; i < ROWS; i++) {
        long time = DISORDER + 10L * (i / 3) - 5L * random.nextInt(1 + DISORDER / 5);
        partition.add(new InputRow(time, "k" + random.nextInt(4), 1_000L * p + i));
      }
      partition.add(new InputRow(END, "end" + seed + p, -1));
      rows.add(partition);
    }
    return rows;
  }

  private static List<Event> events(List<List<InputRow>> left, List<List<InputRow>> right) {
    List<Event> events = new ArrayList<>();
    for (int side = 0; side < 2; side++) {
      List<List<InputRow>> partitions = side == 0 ? left : right;
      for (int p = 0; p < partitions.size(); p++) {
        long greatest = Long.MIN_VALUE;
        for (int i = 0; i < partitions.get(p).size(); i++) {
          InputRow row = partitions.get(p).get(i);
          events.add(new Event(side, p, i, row, greatest));
          greatest = Math.max(greatest, row.time());
        }
      }
    }
    events.sort(Event.ORDER);
    return events;
  }

  /** The rows of the join: each event meets those before it, in the order of their times. */
  private static List<String> joined(List<Event> events, boolean isOuter) {
    List<String> results = new ArrayList<>();
    List<Event> taken = new ArrayList<>();
    Set<Event> matched = new HashSet<>();
    List<Event> waiting = new ArrayList<>();
    for (Event event : events) {
      if (event.row().time() == END) {
        break;
      }
      if (isOuter) {
        sendAlone(waiting, event.turn(), matched, results);
      }
      taken.stream()
          .filter(event::meets)
          .sorted(Comparator.comparingLong(other -> other.row().time()))
          .forEach(
              other -> {
                Event left = event.side() == 0 ? event : other;
                matched.add(left);
                Event right = event.side() == 0 ? other : event;
                long time = Math.max(left.row().time(), right.row().time());
                results.add(time + " " + left.row().value() + " " + right.row().value());
              });
      taken.add(event);
      if (event.side() == 0) {
        waiting.add(event);
      }
    }
    if (isOuter) {
      sendAlone(waiting, END, matched, results);
    }
    return results;
  }

  /** Sends the left rows that have left without a match, by when they have. */
  private static void sendAlone(
      List<Event> waiting, long time, Set<Event> matched, List<String> results) {
    List<Event> left = new ArrayList<>(waiting.stream().filter(e -> e.due() <= time).toList());
    waiting.removeAll(left);
    left.sort(Comparator.comparingLong(event -> event.row().time()));
    left.stream()
        .filter(event -> !matched.contains(event))
        .forEach(event -> results.add(event.due() + " " + event.row().value() + " null"));
  }

  /** What comes of one way to poll, with a restart in the middle or without. */
  private static List<String> play(
      long seed,
      List<List<InputRow>> left,
      List<List<InputRow>> right,
      String script,
      boolean restarts) {
    World world = new World(seed);
    world.addInput("L", left);
    world.addInput("R", right);
    WorldJob.runUntilTaken(world, script, count(left) + count(right), restarts);
    return world.ledger("J");
  }

  private static long count(List<List<InputRow>> partitions) {
    return partitions.stream().mapToLong(List::size).sum();
  }
}
