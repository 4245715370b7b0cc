package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.ScriptException;
import io.millrace.spi.time.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NamedWindowTest {
  private static final String READINGS =
      "CREATE WINDOW Readings (sensor STRING KEY, value INT) TIME (10 SEC);";
  private final VirtualClock clock = new VirtualClock(0);
  private final Engine engine = Engine.builder().clock(clock).build();

  /** A row of Readings. */
  public record Reading(String sensor, int value) {}

  @AfterEach
  void close() {
    engine.close();
  }

  private static List<String> ask(Engine engine, String select) {
    return engine.query(select).stream().map(Row::toString).toList();
  }

  @Test
  void shouldAnswerWithWhatTheWindowHoldsNow() {
    Job job = engine.deploy(READINGS);
    Input<Reading> readings = job.input("Readings", Reading.class);
    engine.advanceClock(1_000);
    readings.sendAll(List.of(new Reading("a", 1), new Reading("b", 2), new Reading("a", 1)));
    engine.advanceClock(5_000);
    readings.send(new Reading("b", 4));

    assertThat(ask(engine, "SELECT sensor, value FROM Readings WHERE sensor = 'a'"))
        .containsExactly("+I {sensor=a, value=1}", "+I {sensor=a, value=1}");
    assertThat(
            ask(
                engine,
                "SELECT sensor, sum(value) AS s FROM Readings GROUP BY sensor ORDER BY s DESC"))
        .containsExactly("+I {sensor=b, s=6}", "+I {sensor=a, s=2}");
    engine.advanceClock(11_000);
    assertThat(ask(engine, "SELECT * FROM Readings")).containsExactly("+I {sensor=b, value=4}");
    engine.advanceClock(15_000);
    assertThat(ask(engine, "SELECT * FROM Readings")).isEmpty();
  }

  @Test
  void shouldKeepAnswersWithinTheirLimits() {
    Job job = engine.deploy(READINGS);
    Input<Reading> readings = job.input("Readings", Reading.class);
    readings.sendAll(
        IntStream.range(0, 5_000).mapToObj(i -> new Reading("s", i * 7 % 5_000)).toList());
    QueryLimits limits = new QueryLimits(100, Duration.ofMinutes(1));

    assertThatThrownBy(() -> engine.query("SELECT * FROM Readings", limits))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("the answer has more than 100 rows");
    assertThat(engine.query("SELECT count(*) AS n FROM Readings", limits)).hasSize(1);
    assertThat(job.query("SELECT value FROM Readings ORDER BY value DESC LIMIT 3 OFFSET 2", limits))
        .extracting(row -> row.getLong("value"))
        .containsExactly(4_997L, 4_996L, 4_995L);
  }

  @Test
  void shouldNotWaitForLongWhenRowsAreHeldUp() throws InterruptedException {
    Job job =
        engine.deploy(READINGS + "CREATE STREAM Copy AS SELECT sensor FROM Readings EMIT CHANGES;");
    CountDownLatch isInside = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    job.output("Copy")
        .subscribe(
            row -> {
              isInside.countDown();
              await(mayGoOn);
            });
    Thread sender =
        new Thread(() -> job.input("Readings", Reading.class).send(new Reading("a", 1)));
    sender.start();
    isInside.await();

    assertThatThrownBy(
            () -> engine.query("SELECT * FROM Readings", new QueryLimits(1, Duration.ofMillis(20))))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("the job is held up");
    mayGoOn.countDown();
    sender.join();
    assertThat(ask(engine, "SELECT value FROM Readings")).containsExactly("+I {value=1}");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void shouldLetRowsGoByTheClockWhenNothingElseMovesIt(int tasks) {
    Job job =
        engine.deploy(
            Deployment.of(
                    READINGS
                        + "CREATE STREAM Sums AS SELECT sensor, sum(value) AS s FROM Readings"
                        + " GROUP BY sensor EMIT CHANGES;")
                .withSetting("parallelism", String.valueOf(tasks)));
    job.input("Readings", Reading.class).send(new Reading("a", 1));

    clock.advanceTo(9_999);
    assertThat(ask(engine, "SELECT value FROM Readings")).containsExactly("+I {value=1}");
    clock.advanceTo(10_000);
    assertThat(ask(engine, "SELECT value FROM Readings")).isEmpty();
  }

  @Test
  void shouldAnswerInTheMiddleOfATurnWithTheRowsOfThisTurn() {
    Job job =
        engine.deploy(READINGS + "CREATE STREAM Sums AS SELECT sum(value) AS s FROM Readings;");
    List<String> seen = new ArrayList<>();
    job.output("Sums")
        .subscribe(row -> seen.add(row + " " + ask(engine, "SELECT value FROM Readings")));
    job.input("Readings", Reading.class).send(new Reading("a", 1));
    job.input("Readings", Reading.class).send(new Reading("b", 2));

    assertThat(seen)
        .containsExactly("+I {s=1} [+I {value=1}]", "+I {s=3} [+I {value=1}, +I {value=2}]");
  }

  @Test
  void shouldHoldItsRowsOverARestore() {
    Job job = engine.deploy(READINGS);
    engine.advanceClock(1_000);
    job.input("Readings", Reading.class).send(new Reading("a", 1));
    Snapshot snapshot = Snapshot.ofBytes(job.snapshot().toBytes());
    try (Engine other = Engine.builder().clock(new VirtualClock(1_000)).build()) {
      other.deploy(Deployment.of(READINGS).restoring(snapshot));

      assertThat(ask(other, "SELECT value FROM Readings")).containsExactly("+I {value=1}");
      other.advanceClock(11_000);
      assertThat(ask(other, "SELECT value FROM Readings")).isEmpty();
    }
  }

  @Test
  void shouldBeReadAndAskedFromOtherJobs() {
    Job first = engine.deploy(READINGS);
    Job second = engine.deploy("SELECT sensor, count(*) AS n FROM Readings GROUP BY sensor;");
    List<String> rows = new ArrayList<>();
    second.output("result").subscribe(row -> rows.add(row.toString()));
    first.input("Readings", Reading.class).send(new Reading("a", 1));
    engine.advanceClock(3_000);
    first.input("Readings", Reading.class).send(new Reading("a", 2));
    engine.advanceClock(10_000);
    first.input("Readings", Reading.class).send(new Reading("a", 3));

    assertThat(rows)
        .containsExactly("+I {sensor=a, n=1}", "+I {sensor=a, n=2}", "+I {sensor=a, n=2}");
    assertThat(second.query("SELECT count(*) AS n FROM Readings"))
        .extracting(row -> row.getLong("n"))
        .containsExactly(2L);
  }

  @Test
  void shouldRefuseWhatAWindowDoesNotAnswer() {
    engine.deploy(READINGS);

    assertThatThrownBy(() -> engine.query("SELECT sensr FROM Readings"))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("did you mean 'sensor'?");
    assertThatThrownBy(() -> engine.query("SELECT value FROM Readings EMIT CHANGES"))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("an on-demand query has no EMIT");
    assertThatThrownBy(() -> engine.query("SELECT value FROM Readings WINDOW LENGTH (2)"))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("the source is a window already");
  }

  @Test
  void shouldSayWhatFailsWhenAnExpressionDoes() {
    Job job = engine.deploy(READINGS);
    job.input("Readings", Reading.class).send(new Reading("a", 0));

    assertThatThrownBy(() -> engine.query("SELECT 1 / value AS x FROM Readings"))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("division by zero");
  }
}
