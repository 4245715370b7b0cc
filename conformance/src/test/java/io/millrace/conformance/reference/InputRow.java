package io.millrace.conformance.reference;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A row of the stream {@code S (k STRING, a INT, b BIGINT, ts TIMESTAMP)}. */
record InputRow(@Nullable String k, @Nullable Long a, @Nullable Long b, long ts) {

  /** A random row; times wander about, {@code step} after {@code step}, and go back at times. */
  static InputRow random(Random random, int step) {
    return random(random, step, 3);
  }

  /** The same with one of so many keys, or none. */
  static InputRow random(Random random, int step, int keys) {
    long ts = step * 700L - (random.nextInt(4) == 0 ? random.nextInt(9_000) : 0);
    return new InputRow(
        random.nextInt(8) == 0
            ? null
            : String.valueOf((char) ('z' + 1 - keys + random.nextInt(keys))),
        random.nextInt(8) == 0 ? null : number(random, Integer.MAX_VALUE),
        random.nextInt(8) == 0 ? null : number(random, 1_000_000_007L),
        ts);
  }

  private static long number(Random random, long rare) {
    return random.nextInt(10) == 0 ? rare : random.nextInt(7) - 2;
  }

  /** Whether it is this very row; several may be equal. */
  @SuppressWarnings("ReferenceEquality")
  boolean isSame(InputRow other) {
    return this == other;
  }

  Instant time() {
    return Instant.ofEpochMilli(ts);
  }

  @Nullable Object value(String column) {
    return switch (column) {
      case "k" -> k;
      case "a" -> a;
      case "b" -> b;
      default -> throw new IllegalArgumentException(column);
    };
  }

  Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("k", k);
    map.put("a", a);
    map.put("b", b);
    map.put("ts", time());
    return map;
  }
}
