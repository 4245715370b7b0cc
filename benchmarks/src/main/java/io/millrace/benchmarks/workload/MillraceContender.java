package io.millrace.benchmarks.workload;

import io.millrace.engine.BatchConsumer;
import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Input;
import io.millrace.engine.Job;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.DoubleColumn;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.ObjectColumn;
import java.util.List;

/**
 * Millrace embedded, in its default mode, without a thread of its own. Fed with arrays of records
 * and read by batches, or record by record.
 */
public final class MillraceContender implements Contender {
  private static final String BATCH = "batch";
  private static final String SINGLE = "single";
  static final String TRADES =
      """
      CREATE STREAM Trades (symbol STRING, price DOUBLE, volume BIGINT, ts BIGINT, TIMESTAMP BY ts);
      """;

  /**
   * The input as an application would declare it, but for its time, which moves on from pass to
   * pass: so no event is made while something is measured, as for the other contenders.
   */
  public record Event(String symbol, double price, long volume, long ts) {
    private static long movedMillis;

    @Override
    public long ts() {
      return ts + movedMillis;
    }
  }

  /** A result of {@link Workload#W1} and {@link Workload#W7}. */
  public record Value(String symbol, double v) {}

  /** A result of {@link Workload#W2}. */
  public record Summary(
      String symbol, long n, double total, double mean, double low, double high) {}

  /** A result of {@link Workload#W3}. */
  public record Average(String symbol, double total, double mean) {}

  /** A result of {@link Workload#W4A}, whose symbol is empty, and {@link Workload#W4B}. */
  public record Spread(String symbol, double mean, double dev, double high) {}

  /** A result of {@link Workload#W5}. */
  public record Pair(long id, double lp, double rp) {}

  /** A result of {@link Workload#W6A}. */
  public record Rise(String symbol, double ap, double bp) {}

  /** A result of {@link Workload#W6B}. */
  public record Drop(String symbol, double start, double peak, double bottom) {}

  /** A result of {@link Workload#W8}. */
  public record Total(String symbol, long total) {}

  @Override
  public String name() {
    return "Millrace";
  }

  @Override
  public List<String> variants(Workload workload) {
    return List.of(BATCH, SINGLE);
  }

  @Override
  public Session open(Workload workload, String variant, Checksum results) {
    Engine engine = Engine.create();
    Job job = engine.deploy(TRADES + query(workload));
    if (variant.equals(BATCH)) {
      job.output("Results").subscribeBatches(batchReader(workload, results));
    } else {
      subscribe(job, workload, results);
    }
    return new EngineSession(engine, job.input("Trades", Event.class), variant.equals(BATCH));
  }

  /**
   * A script that reads {@code Trades} and sends {@code Results}, fed in batches.
   *
   * @param parallelism in how many tasks what can be spread runs
   * @param reader takes the results
   */
  static Session open(String query, int parallelism, BatchConsumer reader) {
    Engine engine = Engine.create();
    Job job =
        engine.deploy(
            Deployment.of(TRADES + query).withSetting("parallelism", String.valueOf(parallelism)));
    job.output("Results").subscribeBatches(reader);
    return new EngineSession(engine, job.input("Trades", Event.class), true);
  }

  static String query(Workload workload) {
    return switch (workload) {
      case W1 ->
          """
          CREATE STREAM Results AS
            SELECT symbol, price * volume AS v FROM Trades WHERE price > 800 AND volume % 2 = 0;
          """;
      case W2 ->
          """
          CREATE STREAM Results AS
            SELECT symbol, count(*) AS n, sum(price) AS total, avg(price) AS mean,
                   min(price) AS low, max(price) AS high
            FROM Trades WINDOW TUMBLING (1 SEC) GROUP BY symbol;
          """;
      case W3 ->
          """
          CREATE STREAM Results AS
            SELECT symbol, sum(price) AS total, avg(price) AS mean
            FROM Trades WINDOW TIME (10 SEC) GROUP BY symbol;
          """;
      case W4A ->
          """
          CREATE STREAM Results AS
            SELECT '' AS symbol, avg(price) AS mean, stddev_pop(price) AS dev, max(price) AS high
            FROM Trades WINDOW LENGTH (1000);
          """;
      case W4B ->
          """
          CREATE STREAM Results AS
            SELECT symbol, avg(price) AS mean, stddev_pop(price) AS dev, max(price) AS high
            FROM Trades WINDOW LENGTH (1000) PARTITION BY symbol;
          """;
      case W5 ->
          """
          CREATE STREAM L AS SELECT volume, price FROM Trades WHERE CAST(price * 64 AS BIGINT) % 2 = 0;
          CREATE STREAM R AS SELECT volume, price FROM Trades WHERE CAST(price * 64 AS BIGINT) % 2 = 1;
          CREATE STREAM Results AS
            SELECT l.volume AS id, l.price AS lp, r.price AS rp
            FROM L WINDOW TIME (10 SEC) l JOIN R WINDOW TIME (10 SEC) r ON l.volume = r.volume;
          """;
      case W6A, W6B, W7 -> pattern(workload);
      case W8 ->
          """
          CREATE STREAM Results AS
            SELECT symbol, sum(volume) AS total FROM Trades WINDOW HOPPING (10 SEC, 1 SEC)
            GROUP BY symbol ORDER BY total DESC, symbol LIMIT 10;
          """;
    };
  }

  private static String pattern(Workload workload) {
    return switch (workload) {
      case W6A ->
          """
          CREATE STREAM Results AS
            SELECT symbol, a.price AS ap, b.price AS bp
            FROM PATTERN (
              EVERY a = Trades (price > 900) -> b = Trades (price > a.price * 1.01)
              WITHIN 10 SEC 1 MS)
            PARTITION BY symbol;
          """;
      case W6B ->
          """
          CREATE STREAM Results AS
            SELECT symbol, a.price AS start, b[last].price AS peak, c.price AS bottom
            FROM PATTERN (
              EVERY a = Trades
              , b = Trades (price >= coalesce(b[last].price, a.price))+
              , c = Trades (price < b[last].price))
            PARTITION BY symbol;
          """;
      case W7 ->
          """
          CREATE STREAM Results AS
            SELECT symbol, a.price AS v
            FROM PATTERN (EVERY a = Trades (price > 990) -> NOT Trades (volume < 16) FOR 60 SEC)
            PARTITION BY symbol;
          """;
      default -> throw new IllegalArgumentException("no pattern: " + workload);
    };
  }

  private static void subscribe(Job job, Workload workload, Checksum results) {
    switch (workload) {
      case W1, W7 ->
          job.output("Results", Value.class).subscribe(row -> results.add(row.symbol(), row.v()));
      case W2 ->
          job.output("Results", Summary.class)
              .subscribe(
                  row ->
                      results.add(
                          row.symbol(), row.n(), row.total(), row.mean(), row.low(), row.high()));
      case W3 ->
          job.output("Results", Average.class)
              .subscribe(row -> results.add(row.symbol(), row.total(), row.mean()));
      case W4A, W4B ->
          job.output("Results", Spread.class)
              .subscribe(row -> results.add(row.symbol(), row.mean(), row.dev(), row.high()));
      case W5 ->
          job.output("Results", Pair.class)
              .subscribe(row -> results.add(row.id(), row.lp(), row.rp()));
      case W6A ->
          job.output("Results", Rise.class)
              .subscribe(row -> results.add(row.symbol(), row.ap(), row.bp()));
      case W6B ->
          job.output("Results", Drop.class)
              .subscribe(
                  row -> results.addRun(row.symbol(), row.start(), row.peak(), row.bottom()));
      case W8 ->
          job.output("Results", Total.class)
              .subscribe(row -> results.add(row.symbol(), row.total()));
    }
  }

  private static BatchConsumer batchReader(Workload workload, Checksum results) {
    return switch (workload) {
      case W1, W7 -> batch -> readValues(batch, results);
      case W2 -> batch -> readSummaries(batch, results);
      case W3, W6A -> batch -> readTwoValues(batch, results);
      case W4A, W4B -> batch -> readSpreads(batch, results);
      case W5 -> batch -> readPairs(batch, results);
      case W6B -> batch -> readDrops(batch, results);
      case W8 -> batch -> readTotals(batch, results);
    };
  }

  private static void readTwoValues(Batch batch, Checksum results) {
    Object[] symbols = ((ObjectColumn) batch.column(0)).values();
    double[] firsts = doubles(batch, 1);
    double[] seconds = doubles(batch, 2);
    for (int i = 0; i < batch.size(); i++) {
      results.add((String) symbols[i], firsts[i], seconds[i]);
    }
  }

  private static void readSpreads(Batch batch, Checksum results) {
    Object[] symbols = ((ObjectColumn) batch.column(0)).values();
    double[] means = doubles(batch, 1);
    double[] deviations = doubles(batch, 2);
    double[] highs = doubles(batch, 3);
    for (int i = 0; i < batch.size(); i++) {
      results.add((String) symbols[i], means[i], deviations[i], highs[i]);
    }
  }

  private static void readPairs(Batch batch, Checksum results) {
    long[] ids = ((LongColumn) batch.column(0)).values();
    double[] lefts = doubles(batch, 1);
    double[] rights = doubles(batch, 2);
    for (int i = 0; i < batch.size(); i++) {
      results.add(ids[i], lefts[i], rights[i]);
    }
  }

  private static void readDrops(Batch batch, Checksum results) {
    Object[] symbols = ((ObjectColumn) batch.column(0)).values();
    double[] starts = doubles(batch, 1);
    double[] peaks = doubles(batch, 2);
    double[] bottoms = doubles(batch, 3);
    for (int i = 0; i < batch.size(); i++) {
      results.addRun((String) symbols[i], starts[i], peaks[i], bottoms[i]);
    }
  }

  private static void readTotals(Batch batch, Checksum results) {
    Object[] symbols = ((ObjectColumn) batch.column(0)).values();
    long[] totals = ((LongColumn) batch.column(1)).values();
    for (int i = 0; i < batch.size(); i++) {
      results.add((String) symbols[i], totals[i]);
    }
  }

  private static void readValues(Batch batch, Checksum results) {
    Object[] symbols = ((ObjectColumn) batch.column(0)).values();
    double[] values = doubles(batch, 1);
    for (int i = 0; i < batch.size(); i++) {
      results.add((String) symbols[i], values[i]);
    }
  }

  private static void readSummaries(Batch batch, Checksum results) {
    Object[] symbols = ((ObjectColumn) batch.column(0)).values();
    long[] counts = ((LongColumn) batch.column(1)).values();
    double[] totals = doubles(batch, 2);
    double[] means = doubles(batch, 3);
    double[] lows = doubles(batch, 4);
    double[] highs = doubles(batch, 5);
    for (int i = 0; i < batch.size(); i++) {
      results.add((String) symbols[i], counts[i], totals[i], means[i], lows[i], highs[i]);
    }
  }

  private static double[] doubles(Batch batch, int column) {
    return ((DoubleColumn) batch.column(column)).values();
  }

  /** Feeds records that were made before, two sets of them in turn. */
  private static final class EngineSession implements Session {
    private final Engine engine;
    private final Input<Event> input;
    private final boolean inBatches;
    private final Event[][] sets = new Event[2][];

    EngineSession(Engine engine, Input<Event> input, boolean inBatches) {
      this.engine = engine;
      this.input = input;
      this.inBatches = inBatches;
    }

    @Override
    public void prepare(int set, Trade[] trades) {
      if (sets[set] == null) {
        sets[set] = create(trades);
      }
      Event.movedMillis = trades[0].time - sets[set][0].ts;
      if (walk(sets[set]) < 0) {
        throw new IllegalStateException("volumes are not negative");
      }
    }

    /**
     * Reads the events once, unmeasured: the trades of the hand-written loop have just been written
     * to for their new times, so that it finds them in a cache.
     */
    private static long walk(Event[] events) {
      long sum = 0;
      for (Event event : events) {
        sum += event.volume;
      }
      return sum;
    }

    private static Event[] create(Trade[] trades) {
      Event[] events = new Event[trades.length];
      for (int i = 0; i < events.length; i++) {
        Trade trade = trades[i];
        events[i] = new Event(trade.symbol, trade.price, trade.volume, trade.time);
      }
      return events;
    }

    @Override
    public void feed(int set, int from, int to) {
      Event[] events = sets[set];
      if (inBatches) {
        input.sendAll(events, from, to);
        return;
      }
      for (int i = from; i < to; i++) {
        input.send(events[i]);
      }
    }

    @Override
    public void close() {
      engine.close();
    }
  }
}
