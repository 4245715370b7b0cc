package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * EMIT EVERY over groups without a window.
 *
 * @param every milliseconds, or rows
 * @param isTime which of them
 */
record GroupSnapshots(Condition where, Summary summary, long every, boolean isTime)
    implements ReferenceQuery {
  @Override
  public String sql() {
    return "CREATE STREAM O AS SELECT k, "
        + summary.sql()
        + " FROM S WHERE "
        + where.sql()
        + " GROUP BY k EMIT EVERY "
        + every
        + (isTime ? " MS;" : " EVENTS;");
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    List<ResultRow> rows = new ArrayList<>();
    emissions(history, slack).forEach(rows::addAll);
    return rows;
  }

  @Override
  public List<List<ResultRow>> emissions(List<InputRow> history, long slack) {
    return isTime ? new Ticks(slack).run(history) : counted(history);
  }

  private List<List<ResultRow>> counted(List<InputRow> history) {
    List<List<ResultRow>> emissions = new ArrayList<>();
    List<InputRow> taken = new ArrayList<>();
    for (InputRow row : history) {
      if (ReferenceQuery.passes(where, row, summary::evaluate)) {
        taken.add(row);
        if (taken.size() % every == 0) {
          emissions.add(look(row.ts(), taken));
        }
      }
    }
    return emissions;
  }

  /** Groups come in the order of their first rows, by time, then by arrival. */
  private List<ResultRow> look(long time, List<InputRow> taken) {
    List<InputRow> sorted = new ArrayList<>(taken);
    sorted.sort(Comparator.comparingLong(InputRow::ts));
    Map<@Nullable String, List<InputRow>> groups = new LinkedHashMap<>();
    sorted.forEach(row -> groups.computeIfAbsent(row.k(), k -> new ArrayList<>()).add(row));
    List<ResultRow> rows = new ArrayList<>();
    groups.forEach(
        (k, group) -> rows.add(new ResultRow(time, ReferenceQuery.listOf(k, summary.of(group)))));
    return rows;
  }

  /** The snapshots of one history at ticks. */
  private final class Ticks {
    private final long slack;
    private final List<List<ResultRow>> emissions = new ArrayList<>();
    private final List<InputRow> taken = new ArrayList<>();
    private final List<InputRow> held = new ArrayList<>();

    /** Before it nothing is sent any more. */
    private long next = Long.MIN_VALUE;

    Ticks(long slack) {
      this.slack = slack;
    }

    List<List<ResultRow>> run(List<InputRow> history) {
      long watermark = Long.MIN_VALUE;
      for (InputRow row : history) {
        if (ReferenceQuery.passes(where, row, summary::evaluate)) {
          if (slack < 0 || row.ts() < watermark) {
            take(row);
          } else {
            held.add(row);
          }
        }
        watermark = Math.max(watermark, row.ts() - Math.max(0, slack));
        release(watermark);
        tickUpTo(watermark);
      }
      release(Long.MAX_VALUE);
      taken.stream().mapToLong(InputRow::ts).max().ifPresent(last -> tickUpTo(last + every));
      return emissions;
    }

    private void release(long watermark) {
      held.sort(Comparator.comparingLong(InputRow::ts));
      while (!held.isEmpty() && held.get(0).ts() <= watermark) {
        take(held.remove(0));
      }
    }

    private void take(InputRow row) {
      tickUpTo(row.ts());
      taken.add(row);
    }

    private void tickUpTo(long time) {
      long last = Math.floorDiv(time, every) * every;
      for (long tick = next; tick <= last && !taken.isEmpty(); tick += every) {
        emissions.add(look(tick, taken));
      }
      next = Math.max(next, last + every);
    }
  }

  @Override
  public boolean mayDropLateRows(long slack) {
    return false;
  }

  @Override
  public boolean succeeds(InputRow row) {
    return ReferenceQuery.succeeds(where, row, summary::evaluate);
  }
}
