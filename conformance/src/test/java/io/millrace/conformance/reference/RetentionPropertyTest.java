package io.millrace.conformance.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Input;
import io.millrace.engine.Job;
import io.millrace.engine.Row;
import io.millrace.engine.Snapshot;
import io.millrace.spi.time.VirtualClock;
import io.millrace.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a window with a name and a RETENTION holds does not depend on how it is run. */
class RetentionPropertyTest {
  private static final int WINDOWS = 40;
  private static final int MOST_ROWS = 60;
  private static final int[] BATCH_SIZES = {1, 7, 1024};

  private int step;

  /**
   * A window that a row of each time is in last.
   *
   * @param slack how far the watermark stays behind the times of rows
   */
  private record Window(long size, long slide, long grace, long retention, long slack) {
    static Window random(Random random) {
      long slide = 500L * (1 + random.nextInt(6));
      long grace = 1_000L * random.nextInt(4);
      return new Window(
          slide * (1 + random.nextInt(3)),
          slide,
          grace,
          Math.max(1, grace + 2_500L * random.nextInt(5)),
          1_500L * random.nextInt(3));
    }

    String sql() {
      return "CREATE WINDOW W (k STRING, a INT, b BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts - "
          + slack
          + " MILLISECONDS) HOPPING ("
          + size
          + " MS, "
          + slide
          + " MS, GRACE PERIOD "
          + grace
          + " MS, RETENTION "
          + retention
          + " MS);";
    }

    private long end(InputRow row) {
      return Math.floorDiv(row.ts(), slide) * slide + size;
    }

    /** What it holds after rows, in the order in which they came. */
    List<List<@Nullable Object>> held(List<InputRow> rows) {
      long watermark = Long.MIN_VALUE;
      List<InputRow> taken = new ArrayList<>();
      for (InputRow row : rows) {
        if (end(row) + grace > watermark) {
          taken.add(row);
        }
        watermark = Math.max(watermark, row.ts() - slack);
      }
      long last = watermark;
      List<List<@Nullable Object>> held = new ArrayList<>();
      taken.stream()
          .filter(row -> end(row) + retention > last)
          .forEach(
              row ->
                  held.add(
                      ReferenceQuery.listOf(row.k(), ReferenceQuery.listOf(row.b(), List.of()))));
      return held;
    }
  }

  @Test
  void shouldHoldWhatItRetains() {
    for (int number = 0; number < WINDOWS; number++) {
      Window window = Window.random(new Random(59L * QuerySeeds.of(number)));
      step = 0;
      Property.check(1, MOST_ROWS, r -> InputRow.random(r, step++), rows -> check(window, rows));
    }
  }

  private static void check(Window window, List<InputRow> rows) {
    for (int batchSize : BATCH_SIZES) {
      List<InputRow> first = rows.subList(0, rows.size() / 2);
      Play half = Play.of(window, first, batchSize, null);
      Play restored =
          Play.of(window, rows.subList(rows.size() / 2, rows.size()), batchSize, half.snapshot);
      Play whole = Play.of(window, rows, batchSize, null);
      String how = window.sql() + ", batch size " + batchSize;
      assertThat(half.held).as(how + ", half of the rows").isEqualTo(window.held(first));
      assertThat(whole.held).as(how).isEqualTo(window.held(rows));
      assertThat(restored.held).as(how + ", restored").isEqualTo(whole.held);
    }
  }

  /** What is held at the end, and the snapshot. */
  private record Play(List<List<@Nullable Object>> held, Snapshot snapshot) {
    static Play of(Window window, List<InputRow> rows, int batchSize, @Nullable Snapshot from) {
      try (Engine engine =
          Engine.builder().clock(new VirtualClock(0)).batchSize(batchSize).build()) {
        Deployment deployment = Deployment.of(window.sql());
        Job job = engine.deploy(from == null ? deployment : deployment.restoring(from));
        Input<Map<String, ? extends @Nullable Object>> input = job.input("W");
        input.sendAll(rows.stream().map(InputRow::toMap).toList());
        List<List<@Nullable Object>> held =
            job.query("SELECT k, b FROM W").stream().map(Row::values).toList();
        return new Play(held, job.snapshot());
      }
    }
  }
}
