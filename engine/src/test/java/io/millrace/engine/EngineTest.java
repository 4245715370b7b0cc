package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.circuit.OperatorMetrics;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.ScriptException;
import io.millrace.spi.function.ScalarFunction;
import io.millrace.spi.time.RowTimes;
import io.millrace.spi.time.VirtualClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class EngineTest {
  private static final String TRADES =
      "CREATE STREAM Trades (symbol STRING, price DOUBLE, volume BIGINT);";
  private final Engine engine =
      Engine.builder().clock(new VirtualClock(0)).functions(OwnFunctions.class).build();

  /** A row of Trades. */
  public record Trade(@Nullable String symbol, double price, long volume) {}

  /** A row of Alerts. */
  public record Alert(String symbol, double value) {}

  private record HiddenTrade(String symbol, @Nullable Double price, int volume) {}

  private record NoTrade(String symbol, String price, long amount) {}

  /** A function of the program's own. */
  public static final class OwnFunctions {
    private OwnFunctions() {}

    /** Doubles a number. */
    @ScalarFunction(
        name = "twice",
        signature = "(DOUBLE) -> DOUBLE",
        description = "Twice the number.",
        category = "own",
        examples = "twice(2e0) = 4e0")
    public static double twice(double x) {
      return 2 * x;
    }
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private static List<String> collect(Job job, String output) {
    List<String> rows = new ArrayList<>();
    job.output(output).subscribe(row -> rows.add(row.toString()));
    return rows;
  }

  @Test
  void shouldGiveResultsBeforeSendReturnsWhenUsedWithRecords() {
    Job job =
        engine.deploy(
            TRADES
                + "CREATE STREAM Alerts AS SELECT symbol, price * volume AS value FROM Trades WHERE price > 100;");
    List<Alert> alerts = new ArrayList<>();
    job.output("Alerts", Alert.class).subscribe(alerts::add);
    Input<Trade> trades = job.input("Trades", Trade.class);

    trades.send(new Trade("IBM", 121.5, 300));
    assertThat(alerts).containsExactly(new Alert("IBM", 36450));
    trades.send(new Trade("IBM", 99, 1));
    trades.sendAll(List.of(new Trade("A", 101, 1), new Trade("B", 102, 2)));
    assertThat(alerts)
        .containsExactly(new Alert("IBM", 36450), new Alert("A", 101), new Alert("B", 204));
  }

  @Test
  void shouldTakeRecordsThatAreNotPublicWhenTheirComponentsFit() {
    Job job = engine.deploy(TRADES + "SELECT * FROM Trades;");
    List<String> rows = collect(job, "result");

    job.input("Trades", HiddenTrade.class).send(new HiddenTrade("X", null, 7));

    assertThat(rows).containsExactly("+I {symbol=X, price=null, volume=7}");
  }

  @Test
  void shouldNameEveryComponentThatDoesNotFitWhenRecordIsWrong() {
    Job job = engine.deploy(TRADES);

    assertThatThrownBy(() -> job.input("Trades", NoTrade.class))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "record NoTrade does not fit 'Trades' (symbol STRING, price DOUBLE, volume BIGINT): column 'price' is DOUBLE, not String; it has no column 'amount'");
    assertThatThrownBy(() -> job.input("Trade", Trade.class))
        .hasMessageContaining("has no input stream 'Trade'; did you mean 'Trades'?");
    assertThatThrownBy(() -> job.output("Tradez")).hasMessageContaining("did you mean 'Trades'?");
  }

  @Test
  void shouldTakeMapsWhenNoRecordIsThere() {
    Job job =
        engine.deploy(
            "CREATE STREAM E (id INT, at TIMESTAMP, tags ARRAY<STRING>); SELECT id + 1 AS next, at, tags[1] AS tag FROM E;");
    List<String> rows = collect(job, "result");
    Map<String, Object> row = new HashMap<>();
    row.put("id", 1);
    row.put("at", Instant.ofEpochMilli(5));
    row.put("tags", List.of("a", "b"));

    job.input("E").send(row);

    assertThat(rows).containsExactly("+I {next=2, at=1970-01-01T00:00:00.005Z, tag=a}");
    assertThatThrownBy(() -> job.input("E").send(Map.of("idd", 1)))
        .hasMessageContaining("did you mean 'id'?");
  }

  @Test
  void shouldRunNestedSendsInOrderWhenSubscriberSends() {
    Job job =
        engine.deploy(
            "CREATE STREAM N (n BIGINT); CREATE STREAM Small AS SELECT n FROM N WHERE n < 3;");
    Input<Map<String, ? extends @Nullable Object>> numbers = job.input("N");
    List<Object> seen = new ArrayList<>();
    job.output("N").subscribe(row -> seen.add(row.getLong("n")));
    job.output("Small")
        .subscribe(
            row -> {
              numbers.send(Map.of("n", row.getLong("n") + 1));
              numbers.send(Map.of("n", 10L));
            });

    numbers.send(Map.of("n", 1L));

    assertThat(seen).containsExactly(1L, 2L, 10L, 3L, 10L);
  }

  @Test
  void shouldThrowTheSubscribersFailureToTheSenderAfterTheTurn() {
    Job job = engine.deploy(TRADES + "SELECT symbol FROM Trades;");
    List<String> rows = new ArrayList<>();
    job.output("result")
        .subscribe(
            row -> {
              throw new IllegalStateException("no");
            });
    job.output("result").subscribe(row -> rows.add(row.toString()));

    assertThatThrownBy(() -> job.input("Trades", Trade.class).send(new Trade("A", 1, 1)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(rows).containsExactly("+I {symbol=A}");
  }

  @Test
  void shouldLetLaterJobsReadStreamsAndDropThemWhileRowsFlow() {
    Job first = engine.deploy(TRADES);
    Input<Trade> trades = first.input("Trades", Trade.class);
    trades.send(new Trade("A", 1, 1));
    Job second = engine.deploy("CREATE STREAM Big AS SELECT symbol FROM Trades WHERE volume > 10;");
    Job third = engine.deploy("SELECT upper(symbol) AS u FROM Big;");
    List<String> rows = collect(third, "result");

    trades.send(new Trade("b", 1, 11));
    assertThatThrownBy(second::close)
        .hasMessage("another job reads stream 'Big': drop that job first");
    third.close();
    trades.send(new Trade("c", 1, 12));
    second.close();
    trades.send(new Trade("d", 1, 13));

    assertThat(rows).containsExactly("+I {u=B}");
    assertThat(third.state()).isEqualTo(JobState.STOPPED);
    assertThat(engine.jobs()).containsExactly(first);
    assertThat(first.metrics().rowsIn()).containsEntry("Trades", 4L);
  }

  @Test
  void shouldAnswerQueriesWhenTableHoldsRows() {
    Job job =
        engine.deploy(
            TRADES
                + "CREATE TABLE Totals AS SELECT symbol, sum(volume) AS total FROM Trades GROUP BY symbol;");
    Input<Trade> trades = job.input("Trades", Trade.class);
    trades.sendAll(
        List.of(
            new Trade("A", 1, 1),
            new Trade("B", 1, 5),
            new Trade("A", 1, 2),
            new Trade("C", 1, 4)));

    assertThat(job.query("SELECT total FROM Totals WHERE symbol = 'A'"))
        .extracting(row -> row.getLong("total"))
        .containsExactly(3L);
    assertThat(job.query("SELECT symbol FROM Totals ORDER BY total DESC LIMIT 2"))
        .extracting(row -> row.getString("symbol"))
        .containsExactly("B", "C");
    assertThat(job.query("SELECT count(*) AS n FROM Totals WHERE total > 3"))
        .extracting(row -> row.getLong("n"))
        .containsExactly(2L);
    assertThatThrownBy(() -> job.query("SELECT totl FROM Totals"))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("did you mean 'total'?");
  }

  @Test
  void shouldAnswerQueriesWhenAggregationKeepsBuckets() {
    Job job =
        engine.deploy(
            TRADES
                + "CREATE AGGREGATION Totals AS SELECT symbol, sum(volume) AS total FROM Trades"
                + " GROUP BY symbol EVERY SECOND ... YEAR;");
    Input<Trade> trades = job.input("Trades", Trade.class);
    trades.sendAll(List.of(new Trade("A", 1, 1), new Trade("B", 1, 5), new Trade("A", 1, 2)));

    for (String unit : List.of("seconds", "hours", "weeks", "years")) {
      assertThat(
              job.query(
                  "SELECT symbol, total FROM Totals WITHIN UNBOUNDED PER '"
                      + unit
                      + "' ORDER BY total DESC"))
          .extracting(row -> row.getString("symbol") + row.getLong("total"))
          .containsExactly("B5", "A3");
    }
    assertThatThrownBy(() -> job.query("SELECT total FROM Totals"))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("say which of its buckets you ask for");
    assertThatThrownBy(
            () -> job.query("SELECT 1 / (total - 3) AS x FROM Totals WITHIN UNBOUNDED PER 'days'"))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("division by zero");
    assertThat(job.query("SELECT total FROM Totals WITHIN '1066' PER 'years'")).isEmpty();
  }

  @Test
  void shouldAnswerNextQuestionWhenSelectListOfOneFailed() {
    Job job =
        engine.deploy(
            TRADES
                + "CREATE AGGREGATION Totals AS SELECT symbol, sum(volume) AS total FROM Trades"
                + " GROUP BY symbol EVERY DAY;");
    job.input("Trades", Trade.class).sendAll(List.of(new Trade("A", 1, 1), new Trade("B", 1, 5)));

    assertThatThrownBy(
            () -> job.query("SELECT 1 / (total - 1) AS q FROM Totals WITHIN UNBOUNDED PER 'days'"))
        .hasMessageContaining("division by zero");
    assertThat(job.query("SELECT symbol FROM Totals WITHIN UNBOUNDED PER 'days'"))
        .extracting(row -> row.getString("symbol"))
        .containsExactly("A", "B");
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void shouldFindRowOfTheLastMomentInItsBuckets() {
    Job job =
        engine.deploy(
            "CREATE STREAM S (v BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts);"
                + "CREATE AGGREGATION A WITH (retention = 'forever') AS SELECT sum(v) AS t FROM S EVERY HOUR ... YEAR;");
    Input<Map<String, ? extends @Nullable Object>> input = job.input("S");
    input.send(Map.of("v", 1, "ts", Instant.EPOCH));
    input.send(Map.of("v", 2, "ts", Instant.ofEpochMilli(RowTimes.LAST)));

    assertThat(job.query("SELECT t FROM A WITHIN UNBOUNDED PER 'days'"))
        .extracting(row -> row.getLong("t"))
        .containsExactly(1L, 2L);
  }

  @Test
  void shouldCloseWindowsByTheClockWhenTimeIsArrival() {
    Job job =
        engine.deploy(
            TRADES
                + "SELECT symbol, count(*) AS n FROM Trades WINDOW TUMBLING (1 SEC) GROUP BY symbol;");
    List<String> rows = collect(job, "result");
    job.input("Trades", Trade.class).send(new Trade("A", 1, 1));

    engine.advanceClock(999);
    assertThat(rows).isEmpty();
    engine.advanceClock(1000);

    assertThat(rows).containsExactly("+I {symbol=A, n=1}");
    assertThat(job.metrics().stateEntries()).isZero();
  }

  @Test
  void shouldGoOnFromASnapshotWhenDeployedAgain() {
    String script =
        TRADES
            + "CREATE STREAM Sums AS SELECT symbol, sum(volume) AS s FROM Trades GROUP BY symbol;";
    Job job = engine.deploy(script);
    job.input("Trades", Trade.class).send(new Trade("A", 1, 40));
    Snapshot snapshot = Snapshot.ofBytes(job.snapshot().toBytes());
    job.close();

    Job again = engine.deploy(Deployment.of(script).restoring(snapshot));
    List<String> rows = collect(again, "Sums");
    again.input("Trades", Trade.class).send(new Trade("A", 1, 2));

    assertThat(rows).containsExactly("+I {symbol=A, s=42}");
    assertThatThrownBy(
            () ->
                engine.deploy(
                    Deployment.of("CREATE STREAM T2 (x INT); SELECT x FROM T2;")
                        .restoring(snapshot)))
        .isInstanceOf(MillraceException.class)
        .hasMessageStartingWith(
            "the script has changed: the snapshot has state of Sums: Aggregate by symbol");
  }

  @Test
  void shouldSayWhatEachOperatorHasDone() {
    Job job =
        engine.deploy(
            """
            CREATE STREAM S (k STRING, v INT, ts TIMESTAMP, WATERMARK FOR ts AS ts - 1 SECOND);
            CREATE STREAM W AS
            SELECT k, sum(v) AS s FROM S WINDOW TUMBLING (10 SEC) WHERE v > 0 GROUP BY k;
            """);
    Input<Map<String, ? extends @Nullable Object>> input = job.input("S");
    for (long second : new long[] {1, 2, 12, 3, 14}) {
      input.send(Map.of("k", "a", "v", second == 14 ? 0 : 1, "ts", Instant.ofEpochSecond(second)));
    }

    assertThat(job.explainAnalyze())
        .isEqualTo(
            """
            W (k STRING, s BIGINT)
              #4 Project k, sum_1 AS s | 1 row, watermark 1970-01-01T00:00:13Z
                #3 TumblingWindow 10000 ms by k [aggregate-2a7dee28d5db966d] | 1 row, 1 late, 2 held, watermark 1970-01-01T00:00:13Z
                  #2 Filter v > 0; Project k, v | 4 rows, watermark 1970-01-01T00:00:13Z
                    #0 Stream S | 5 rows, watermark 1970-01-01T00:00:13Z
            """);
    input.end();
    assertThat(job.explainAnalyze()).contains("#0 Stream S | 5 rows, inputs have ended\n");
  }

  @Test
  void shouldCountRowsOnceWhenAnOperatorAlsoRunsInTasks() {
    Job job =
        engine.deploy(
            Deployment.of(
                    TRADES
                        + "CREATE STREAM Large AS SELECT * FROM Trades WHERE volume > 10;"
                        + "CREATE STREAM Sums AS"
                        + " SELECT symbol, sum(volume) AS s FROM Large GROUP BY symbol;")
                .withSetting("parallelism", "2"));
    Input<Trade> input = job.input("Trades", Trade.class);
    for (long volume : new long[] {5, 20, 30}) {
      input.send(new Trade("A", 1, volume));
    }

    assertThat(job.metrics().operators())
        .filteredOn(it -> it.operator().startsWith("Filter volume > 10"))
        .extracting(OperatorMetrics::rows)
        .containsExactly(2L);
  }

  @Test
  void shouldCallFunctionsOfTheProgramWhenRegistered() {
    Job job = engine.deploy(TRADES + "SELECT twice(price) AS p FROM Trades;");
    List<String> rows = collect(job, "result");

    job.input("Trades", Trade.class).send(new Trade("A", 1.5, 1));

    assertThat(rows).containsExactly("+I {p=3.0}");
  }

  @Test
  void shouldCountFailedRowsAndGoOnWhenExpressionFails() {
    Job job = engine.deploy("CREATE STREAM N (a BIGINT, b BIGINT); SELECT a / b AS q FROM N;");
    List<String> rows = collect(job, "result");
    Input<Map<String, ? extends @Nullable Object>> numbers = job.input("N");

    numbers.sendAll(
        List.of(Map.of("a", 6L, "b", 2L), Map.of("a", 1L, "b", 0L), Map.of("a", 7L, "b", 2L)));

    assertThat(rows).containsExactly("+I {q=3}", "+I {q=3}");
    assertThat(job.metrics().totalErrors()).isEqualTo(1);
  }

  @Test
  void shouldGiveEachOfAThousandFiltersItsRowsWhenTheyShareAnIndex() {
    Job base = engine.deploy(TRADES);
    Map<Integer, List<String>> bySymbol = new HashMap<>();
    for (int i = 0; i < 1000; i++) {
      String column = i % 2 == 0 ? "symbol = 'S" + i + "'" : "price > " + i;
      Job job = engine.deploy("SELECT symbol FROM Trades WHERE " + column + " AND volume > 0;");
      bySymbol.put(i, collect(job, "result"));
    }

    base.input("Trades", Trade.class)
        .sendAll(
            List.of(
                new Trade("S4", 4.5, 1),
                new Trade("S6", 0, 1),
                new Trade("S6", 0, 0),
                new Trade(null, 2, 1)));

    assertThat(bySymbol.get(4)).containsExactly("+I {symbol=S4}");
    assertThat(bySymbol.get(6)).containsExactly("+I {symbol=S6}");
    assertThat(bySymbol.get(1)).containsExactly("+I {symbol=S4}", "+I {symbol=null}");
    assertThat(bySymbol.get(3)).containsExactly("+I {symbol=S4}");
    assertThat(bySymbol.values().stream().mapToInt(List::size).sum()).isEqualTo(5);
  }
}
