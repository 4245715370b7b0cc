package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.time.RowTimes;
import io.millrace.spi.time.VirtualClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Public, so that generated code can name the public record in it. */
public final class InputTest {
  private static final String SCRIPT =
      "CREATE STREAM Trades (symbol STRING, price DOUBLE, volume BIGINT);"
          + "CREATE STREAM Copies AS SELECT symbol, price, volume FROM Trades;";

  private static final List<String> EXPECTED =
      List.of("A, null, 1", "null, null, 2", "C, null, 3", "null, null, 4");

  private final Engine engine = Engine.builder().clock(new VirtualClock(0)).build();

  /** A row of Trades without its price. */
  public record Trade(@Nullable String symbol, long volume) {}

  /** A row of Trades whose symbol cannot be read if it is empty. */
  public record FailingTrade(String symbol, long volume) {
    @Override
    public String symbol() {
      if (symbol.isEmpty()) {
        throw new IllegalStateException("no symbol");
      }
      return symbol;
    }
  }

  private record HiddenTrade(@Nullable String symbol, long volume) {}

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void shouldForgetNullsOfEarlierRowsWhenRecordsAreSent() {
    Job job = engine.deploy(SCRIPT);
    assertSameRows(job, job.input("Trades", Trade.class), Trade::new);
  }

  @Test
  void shouldForgetNullsOfEarlierRowsWhenRecordsAreNotPublic() {
    Job job = engine.deploy(SCRIPT);
    assertSameRows(job, job.input("Trades", HiddenTrade.class), HiddenTrade::new);
  }

  @Test
  void shouldForgetNullsOfEarlierRowsWhenMapsAreSent() {
    Job job = engine.deploy(SCRIPT);
    assertSameRows(job, job.input("Trades"), InputTest::map);
  }

  @Test
  void shouldRefuseRowsWhoseTimeIsOutOfRange() {
    Job job =
        engine.deploy(
            "CREATE STREAM S (id INT, at BIGINT, TIMESTAMP BY at);"
                + "CREATE STREAM Plain (id INT);"
                + "CREATE STREAM Counts AS SELECT count(*) AS n FROM S WINDOW TUMBLING (1 SEC);"
                + "CREATE STREAM Others AS SELECT id FROM Plain;");
    Input<Map<String, ? extends @Nullable Object>> input = job.input("S");
    input.send(Map.of("id", 1, "at", 5L));
    for (long time : new long[] {Long.MAX_VALUE, RowTimes.LAST + 1, RowTimes.FIRST - 1}) {
      assertThatThrownBy(() -> input.send(Map.of("id", 2, "at", time)))
          .hasMessage("a row of 'S' has no time: its time column 'at' " + RowTimes.problem(time));
      assertThatThrownBy(() -> job.input("Plain").send(Map.of("id", 2), time))
          .hasMessageStartingWith("a row of 'Plain' has no time: its time is ");
    }
    List<String> counts = new ArrayList<>();
    job.output("Counts").subscribe(row -> counts.add(row.rowtime() + " " + row.get("n")));
    input.send(Map.of("id", 3, "at", 2_000L));
    assertThat(counts).containsExactly("999 1");
  }

  @Test
  void shouldSendTextsOfRightRowsWhenSomeAreFilteredOut() {
    Job job =
        engine.deploy(
            SCRIPT
                + "CREATE STREAM Large AS SELECT volume, symbol FROM Trades WHERE volume > 1;"
                + "CREATE STREAM Odd AS SELECT symbol, volume FROM Trades WHERE volume % 2 = 1;"
                + "CREATE STREAM Named AS SELECT volume FROM Trades WHERE symbol = 'C';");
    List<String> rows = new ArrayList<>();
    for (String stream : List.of("Large", "Odd", "Copies", "Named")) {
      job.output(stream).subscribeBatches(batch -> addTexts(batch, rows));
    }
    Input<Trade> input = job.input("Trades", Trade.class);
    Trade[] trades = {
      new Trade("left out", 0), new Trade("A", 1), new Trade(null, 2), new Trade("C", 3)
    };

    input.sendAll(trades, 1, 4);

    assertThat(rows)
        .containsExactlyInAnyOrder( // of several streams, each in its order
            "A, null, 1", "null, null, 2", "C, null, 3", "2, null", "3, C", "A, 1", "C, 3", "3");
  }

  @Test
  void shouldSendNoOldTextsWhenOneCannotBeRead() {
    Job job =
        engine.deploy(
            SCRIPT
                + "CREATE STREAM Named AS SELECT volume, symbol FROM Trades WHERE symbol <> '';");
    List<String> rows = new ArrayList<>();
    job.output("Copies").subscribeBatches(batch -> addTexts(batch, rows));
    job.output("Named").subscribeBatches(batch -> addTexts(batch, rows));
    Input<FailingTrade> input = job.input("Trades", FailingTrade.class);
    FailingTrade[] good = {new FailingTrade("A", 1), new FailingTrade("B", 2)};
    FailingTrade[] bad = {new FailingTrade("C", 3), new FailingTrade("", 4)};

    input.sendAll(good, 0, 2);
    assertThatThrownBy(() -> input.sendAll(bad, 0, 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no symbol");
    input.sendAll(bad, 0, 1);

    assertThat(rows)
        .containsExactlyInAnyOrder(
            "A, null, 1", "B, null, 2", "1, A", "2, B", "C, null, 3", "3, C");
  }

  @Test
  void shouldBeOverExactlyWhenNoStateMayFollow() {
    for (JobState state : JobState.values()) {
      boolean mayGoOn = List.of(JobState.values()).stream().anyMatch(state::mayBecome);
      assertThat(state.isTerminal()).as("%s", state).isEqualTo(!mayGoOn);
    }
  }

  private interface Maker<T> {
    T make(@Nullable String symbol, long volume);
  }

  /** Sends the rows one by one, at once, and one by one again. */
  private static <T> void assertSameRows(Job job, Input<T> input, Maker<? extends T> maker) {
    List<String> rows = new ArrayList<>();
    job.output("Copies").subscribeBatches(batch -> addTexts(batch, rows));
    List<T> trades =
        List.of(maker.make("A", 1), maker.make(null, 2), maker.make("C", 3), maker.make(null, 4));

    trades.forEach(input::send);
    input.sendAll(trades);
    trades.forEach(input::send);

    List<String> expected = new ArrayList<>(EXPECTED);
    expected.addAll(EXPECTED);
    expected.addAll(EXPECTED);
    assertThat(rows).isEqualTo(expected);
  }

  private static void addTexts(Batch batch, List<String> rows) {
    for (int row = 0; row < batch.size(); row++) {
      List<String> values = new ArrayList<>();
      for (Column column : batch.columns()) {
        values.add(column.isNull(row) ? "null" : String.valueOf(column.get(row)));
      }
      rows.add(String.join(", ", values));
    }
  }

  private static Map<String, @Nullable Object> map(@Nullable String symbol, long volume) {
    Map<String, @Nullable Object> map = new HashMap<>();
    map.put("symbol", symbol);
    map.put("volume", volume);
    return map;
  }
}
