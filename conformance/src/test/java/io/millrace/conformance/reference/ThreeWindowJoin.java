package io.millrace.conformance.reference;

import io.millrace.conformance.reference.ThreeWayJoin.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * An inner join of windows over {@code A}, {@code B} and {@code C} that rows leave by their times:
 * so three rows meet if the first to leave is still there when the last one comes, whichever two
 * are joined first.
 *
 * @param windows of A, B and C
 * @param isPairFirst whether the pairs of A and B stand on the left of C
 * @param isSorted whether rows are put in order; else they come in the order of their times
 */
record ThreeWindowJoin(List<JoinedWindow> windows, boolean isPairFirst, boolean isSorted) {
  private static final List<String> STREAMS = List.of("A", "B", "C");

  static ThreeWindowJoin random(Random random) {
    return new ThreeWindowJoin(
        STREAMS.stream().map(stream -> byTime(random)).toList(),
        random.nextBoolean(),
        random.nextBoolean());
  }

  private static JoinedWindow byTime(Random random) {
    return Stream.generate(() -> JoinedWindow.random(random))
        .filter(window -> window instanceof JoinedWindow.Closing || isOfTime(window))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isOfTime(JoinedWindow window) {
    return window instanceof JoinedWindow.Sliding sliding
        && sliding.contents() instanceof SlidingRows.Time;
  }

  String sql() {
    StringBuilder script = new StringBuilder();
    for (String stream : STREAMS) {
      script.append("CREATE STREAM ").append(stream).append(SidedRow.STREAM);
      script.append(isSorted ? "WATERMARK FOR ts AS ts - 1 MIN);\n" : "TIMESTAMP BY ts);\n");
    }
    String pair = side(0) + " JOIN " + side(1) + " ON a.k = b.k";
    return script
        + "CREATE STREAM O AS SELECT a.a AS aa, a.b AS ab, b.a AS ba, b.b AS bb, c.a AS ca, c.b AS cb"
        + " FROM "
        + (isPairFirst ? pair + " JOIN " + side(2) : side(2) + " JOIN (" + pair + ")")
        + " ON c.k = b.k;";
  }

  private String side(int stream) {
    String name = STREAMS.get(stream);
    return name + " WINDOW " + windows.get(stream).sql() + " " + name.toLowerCase(Locale.ROOT);
  }

  /** Rows as they come. */
  List<Row> history(List<Row> rows) {
    return isSorted
        ? rows
        : rows.stream().sorted(Comparator.comparingLong(row -> row.row().ts())).toList();
  }

  /** All that meet, in any order. */
  List<ResultRow> results(List<Row> given) {
    List<ResultRow> rows = new ArrayList<>();
    for (InputRow a : of("A", given)) {
      for (InputRow b : of("B", given)) {
        for (InputRow c : of("C", given)) {
          long last = Math.max(a.ts(), Math.max(b.ts(), c.ts()));
          boolean areOfOne = a.k() != null && a.k().equals(b.k()) && a.k().equals(c.k());
          if (areOfOne && end(0, a) > last && end(1, b) > last && end(2, c) > last) {
            rows.add(new ResultRow(last, Arrays.asList(a.a(), a.b(), b.a(), b.b(), c.a(), c.b())));
          }
        }
      }
    }
    return rows;
  }

  private long end(int stream, InputRow row) {
    return windows.get(stream).end(row, 0);
  }

  private static List<InputRow> of(String stream, List<Row> given) {
    return given.stream().filter(row -> row.stream().equals(stream)).map(Row::row).toList();
  }
}
