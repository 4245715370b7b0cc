package io.millrace.conformance.reference;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A row of one of the streams that patterns read, each {@code (k STRING, v INT, id BIGINT, ts
 * TIMESTAMP)}.
 *
 * @param id another one for each row of a history
 */
record PatternEvent(String stream, @Nullable String k, @Nullable Long v, long id, long ts) {
  static final int STREAMS = 3;

  private static final long GRID = 1_000;
  private static final long STEP = 600;

  /**
   * A random row. Times are multiples of a second, so that rows meet deadlines to the millisecond,
   * and several have the same.
   *
   * @param most how far times go back at times; 0 if they never do
   */
  static PatternEvent random(Random random, int step, long most) {
    long back = most > 0 && random.nextInt(3) == 0 ? random.nextInt((int) most) : 0;
    long ts = Math.floorDiv(step * STEP - back, GRID) * GRID;
    return new PatternEvent(
        stream(random.nextInt(STREAMS)),
        random.nextInt(6) == 0 ? null : String.valueOf((char) ('x' + random.nextInt(2))),
        random.nextInt(9) == 0 ? null : (Long) (long) random.nextInt(5),
        step,
        ts);
  }

  static String stream(int number) {
    return String.valueOf((char) ('A' + number));
  }

  JoinRun.Event event() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("k", k);
    values.put("v", v);
    values.put("id", id);
    values.put("ts", Instant.ofEpochMilli(ts));
    return new JoinRun.Event(stream, false, values, ts);
  }
}
