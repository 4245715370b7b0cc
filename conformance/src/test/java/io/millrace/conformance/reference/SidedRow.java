package io.millrace.conformance.reference;

import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A row of one of the streams {@code L} and {@code R}, which have the columns of {@code S}. */
record SidedRow(boolean isLeft, InputRow row) {
  static final String STREAM = " (k STRING, a INT, b BIGINT, ts TIMESTAMP, ";

  private static final long GRID = 1_400;

  /**
   * A random row. Times go back at times, and several rows have the same.
   *
   * @param lag how much the times of R are behind those of L
   */
  static SidedRow random(Random random, int step, long lag) {
    InputRow row = InputRow.random(random, step);
    boolean isLeft = random.nextBoolean();
    long ts = row.ts() - Math.floorMod(row.ts(), GRID) - (isLeft ? 0 : lag);
    return new SidedRow(isLeft, new InputRow(row.k(), few(row.a()), few(row.b()), ts));
  }

  /** One of few values, so that many are equal; those that are rare stay so. */
  private static @Nullable Long few(@Nullable Long value) {
    return (value == null || value > GRID) ? value : (Long) Math.floorMod(value, 3L);
  }

  JoinRun.Event event() {
    Map<String, @Nullable Object> values = row.toMap();
    return new JoinRun.Event(isLeft ? "L" : "R", false, values, row.ts());
  }

  /**
   * The declarations of both streams.
   *
   * @param slacks of L and of R: how far the watermark stays behind; negative for TIMESTAMP BY
   * @param rest what follows the WATERMARK, such as LATE INTO
   */
  static String streams(Slacks slacks, String rest) {
    return "CREATE STREAM L"
        + STREAM
        + time(slacks.left(), rest)
        + ");\nCREATE STREAM R"
        + STREAM
        + time(slacks.right(), rest)
        + ");\n";
  }

  private static String time(long slack, String rest) {
    return slack < 0
        ? "TIMESTAMP BY ts"
        : "WATERMARK FOR ts AS ts - " + slack + " MILLISECONDS" + rest;
  }

  /** How far the watermarks stay behind; negative for streams that are TIMESTAMP BY. */
  record Slacks(long left, long right) {
    static Slacks random(Random random, int most) {
      return new Slacks(random(random, most, 0), random(random, most, 0));
    }

    /** Of declared disorder. */
    static Slacks declared(Random random, int most) {
      return new Slacks(random(random, most, 1), random(random, most, 1));
    }

    private static long random(Random random, int most, int least) {
      int kind = least + random.nextInt(4 - least);
      return kind == 0 ? -1 : kind == 1 ? 0 : random.nextInt(most);
    }

    long of(boolean isLeft) {
      return Math.max(0, isLeft ? left : right);
    }
  }
}
