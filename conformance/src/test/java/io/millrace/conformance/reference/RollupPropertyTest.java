package io.millrace.conformance.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.conformance.functions.UserAggregateExamples;
import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Input;
import io.millrace.engine.Job;
import io.millrace.engine.Row;
import io.millrace.engine.Snapshot;
import io.millrace.spi.time.VirtualClock;
import io.millrace.testkit.Property;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random aggregations of random rows hold what is computed of all rows, however they are run. */
class RollupPropertyTest {
  private static final int AGGREGATIONS = 60;
  private static final int MOST_ROWS = 60;
  private static final int[] BATCH_SIZES = {1, 7, 1024};
  private static final List<ZoneId> ZONES =
      List.of(ZoneId.of("UTC"), ZoneId.of("Europe/Berlin"), ZoneId.of("Asia/Kolkata"));

  /** How much faster than in other tests time goes: seconds, minutes, hours, days. */
  private static final List<Long> FACTORS = List.of(1L, 47L, 2_311L, 61_733L);

  /** A moment shortly before clocks are put forward in Berlin. */
  private static final long ORIGIN = 1_711_845_900_000L;

  private int step;

  @Test
  void shouldHoldInEachBucketWhatItsRowsGive() {
    for (int number = 0; number < AGGREGATIONS; number++) {
      Random random = new Random(53L * QuerySeeds.of(number));
      Buckets buckets = Buckets.random(random, ZONES.get(random.nextInt(ZONES.size())));
      long factor = FACTORS.get(random.nextInt(FACTORS.size()));
      long slack = random.nextBoolean() ? -1 : 3_000L * random.nextInt(3) * factor;
      step = 0;
      Property.check(
          1, MOST_ROWS, r -> row(r, step++, factor), rows -> check(buckets, slack, rows));
    }
  }

  private static InputRow row(Random random, int step, long factor) {
    InputRow row = InputRow.random(random, step);
    return new InputRow(row.k(), row.a(), row.b(), ORIGIN + factor * row.ts());
  }

  private static void check(Buckets buckets, long slack, List<InputRow> rows) {
    String time =
        slack < 0 ? "TIMESTAMP BY ts" : "WATERMARK FOR ts AS ts - " + slack + " MILLISECONDS";
    String script =
        "CREATE STREAM S (k STRING, a INT, b BIGINT, ts TIMESTAMP, "
            + time
            + ");\n"
            + buckets.sql();
    for (int batchSize : BATCH_SIZES) {
      for (int parts = 1; parts <= 2; parts++) {
        Map<String, List<List<@Nullable Object>>> held =
            play(script, buckets, rows, batchSize, parts);
        for (String unit : buckets.units()) {
          assertThat(held.get(unit))
              .as(script + "\nper " + unit + ", batch size " + batchSize + ", starts: " + parts)
              .isEqualTo(buckets.held(unit, rows, Math.max(slack, 0)));
        }
      }
    }
  }

  /** What is held at the end, by granularity. */
  private static Map<String, List<List<@Nullable Object>>> play(
      String script, Buckets buckets, List<InputRow> rows, int batchSize, int parts) {
    Snapshot snapshot = null;
    for (int i = 0; i < parts - 1; i++) {
      snapshot = play(script, rows.subList(0, rows.size() / 2), batchSize);
    }
    List<InputRow> rest = snapshot == null ? rows : rows.subList(rows.size() / 2, rows.size());
    try (Engine engine = engine(batchSize)) {
      Deployment deployment = Deployment.of(script);
      Job job = engine.deploy(snapshot == null ? deployment : deployment.restoring(snapshot));
      send(job, rest);
      Map<String, List<List<@Nullable Object>>> held = new HashMap<>();
      for (String unit : buckets.units()) {
        List<List<@Nullable Object>> answer = new ArrayList<>();
        job.query(buckets.question(unit)).forEach(row -> answer.add(withLongs(row)));
        held.put(unit, answer);
      }
      return held;
    }
  }

  private static Snapshot play(String script, List<InputRow> rows, int batchSize) {
    try (Engine engine = engine(batchSize)) {
      Job job = engine.deploy(script);
      send(job, rows);
      return job.snapshot();
    }
  }

  private static Engine engine(int batchSize) {
    return Engine.builder()
        .functions(UserAggregateExamples.classes())
        .clock(new VirtualClock(0))
        .batchSize(batchSize)
        .build();
  }

  private static void send(Job job, List<InputRow> rows) {
    Input<Map<String, ? extends @Nullable Object>> input = job.input("S");
    input.sendAll(rows.stream().map(InputRow::toMap).toList());
  }

  private static List<@Nullable Object> withLongs(Row row) {
    List<@Nullable Object> values = new ArrayList<>();
    row.values().forEach(value -> values.add(withLongs(value)));
    return values;
  }

  private static @Nullable Object withLongs(@Nullable Object value) {
    if (value instanceof List<?> list) {
      List<@Nullable Object> longs = new ArrayList<>();
      list.forEach(element -> longs.add(withLongs(element)));
      return longs;
    }
    return value instanceof Integer number ? (Object) number.longValue() : value;
  }
}
