package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A join of what is in windows of {@code L} and {@code R}; a side without a window holds nothing.
 *
 * @param unidirectional the side whose rows alone send something; null for both
 */
record WindowJoin(
    JoinCondition condition,
    JoinOutput output,
    SlidingRows.@Nullable Contents left,
    SlidingRows.@Nullable Contents right,
    @Nullable Boolean unidirectional) {

  /**
   * A random join.
   *
   * @param isSorted whether rows come in the order of their times, so that windows may go by it
   */
  static WindowJoin random(JoinOutput.JoinType type, boolean isSorted, Random random) {
    SlidingRows.Contents left = contents(isSorted, random);
    SlidingRows.Contents right = contents(isSorted, random);
    int without = random.nextInt(6);
    boolean isInner = type == JoinOutput.JoinType.INNER;
    return new WindowJoin(
        JoinCondition.safe(random),
        JoinOutput.random(type, false, random),
        without == 0 ? null : left,
        without == 1 ? null : right,
        (isInner && random.nextInt(3) == 0) ? (Boolean) random.nextBoolean() : null);
  }

  private static SlidingRows.Contents contents(boolean isSorted, Random random) {
    return switch (random.nextInt(isSorted ? 4 : 2)) {
      case 0 -> new SlidingRows.Length(1 + random.nextInt(5), 0);
      case 1 -> {
        boolean isA = random.nextBoolean();
        yield new SlidingRows.Unique(new Term.Column(isA ? "a" : "b", isA), false);
      }
      default -> new SlidingRows.Time(700L * (1 + random.nextInt(12)));
    };
  }

  String sql() {
    return output.sql(source("L", left, true), source("R", right, false), condition.sql());
  }

  private String source(String name, SlidingRows.@Nullable Contents contents, boolean isLeft) {
    return name
        + (contents == null ? "" : " WINDOW " + contents.sql())
        + (isLeft ? " l" : " r")
        + (unidirectional != null && unidirectional == isLeft ? " UNIDIRECTIONAL" : "");
  }

  /** All rows that it sends, up to the end of both inputs. */
  List<ResultRow> results(List<SidedRow> history, SidedRow.Slacks slacks) {
    boolean isSorted = slacks.left() >= 0;
    Evaluation evaluation = new Evaluation();
    for (SidedRow sided : isSorted ? sorted(history, slacks) : history) {
      if (isSorted) {
        evaluation.advance(sided.row().ts());
      }
      evaluation.arrive(sided.isLeft(), sided.row());
    }
    evaluation.advance(Long.MAX_VALUE);
    return evaluation.rows;
  }

  /** What is not late, by time, then by the order of FROM, then by arrival. */
  private static List<SidedRow> sorted(List<SidedRow> history, SidedRow.Slacks slacks) {
    List<SidedRow> inTime = new ArrayList<>();
    for (WithinJoin.Arrival arrival : WithinJoin.arrivals(history, slacks)) {
      if (arrival.row().ts() >= arrival.watermark()) {
        inTime.add(new SidedRow(arrival.isLeft(), arrival.row()));
      }
    }
    inTime.sort(
        Comparator.comparingLong((SidedRow sided) -> sided.row().ts())
            .thenComparing(sided -> !sided.isLeft()));
    return inTime;
  }

  /** A row that leaves. */
  private record Leaving(long time, boolean isLeft, InputRow row) {}

  /** What happens row by row. */
  private final class Evaluation {
    private final List<ResultRow> rows = new ArrayList<>();
    private final Set<InputRow> matched = Collections.newSetFromMap(new IdentityHashMap<>());
    private List<InputRow> heldLeft = List.of();
    private List<InputRow> heldRight = List.of();

    private List<InputRow> held(boolean isLeft) {
      return isLeft ? heldLeft : heldRight;
    }

    private void hold(boolean isLeft, List<InputRow> held) {
      if (isLeft) {
        heldLeft = held;
      } else {
        heldRight = held;
      }
    }

    /** Lets rows leave whose time is over. */
    void advance(long time) {
      List<Leaving> leaving = new ArrayList<>();
      for (boolean isLeft : List.of(true, false)) {
        if ((isLeft ? left : right) instanceof SlidingRows.Time window) {
          List<InputRow> staying = new ArrayList<>();
          for (InputRow row : held(isLeft)) {
            if (row.ts() + window.size() <= time) {
              leaving.add(new Leaving(row.ts() + window.size(), isLeft, row));
            } else {
              staying.add(row);
            }
          }
          hold(isLeft, staying);
        }
      }
      leaving.sort(Comparator.comparingLong(Leaving::time).thenComparing(one -> !one.isLeft()));
      leaving.forEach(this::leave);
    }

    private void leave(Leaving one) {
      if (output.sendsLeaving(one.isLeft()) && !matched.contains(one.row())) {
        output.sendAlone(one.time(), one.isLeft(), one.row(), false, rows);
      }
    }

    void arrive(boolean isLeft, InputRow row) {
      SlidingRows.Contents contents = isLeft ? left : right;
      if (contents != null) {
        List<InputRow> held = held(isLeft);
        List<InputRow> after = contents.after(held, row);
        if (after == null) {
          throw new IllegalStateException(contents + " does not take " + row);
        }
        hold(isLeft, after);
        held.stream()
            .filter(one -> after.stream().noneMatch(one::isSame))
            .forEach(one -> leave(new Leaving(row.ts(), isLeft, one)));
      }
      if (unidirectional == null || unidirectional == isLeft) {
        meet(isLeft, row, contents == null);
      }
    }

    private void meet(boolean isLeft, InputRow row, boolean leavesAtOnce) {
      List<InputRow> others = new ArrayList<>(held(!isLeft));
      others.sort(Comparator.comparingLong(InputRow::ts));
      for (InputRow other : others) {
        if (!condition.matches(isLeft ? row : other, isLeft ? other : row)) {
          continue;
        }
        if (output.takesBack(!isLeft) && !matched.contains(other)) {
          output.sendAlone(Math.max(row.ts(), other.ts()), !isLeft, other, true, rows);
        }
        matched.add(row);
        matched.add(other);
        output.sendJoined(isLeft ? row : other, isLeft ? other : row, rows);
      }
      if (!matched.contains(row)
          && (output.sendsAtOnce(isLeft) || (leavesAtOnce && output.sendsLeaving(isLeft)))) {
        output.sendAlone(row.ts(), isLeft, row, false, rows);
      }
    }
  }
}
