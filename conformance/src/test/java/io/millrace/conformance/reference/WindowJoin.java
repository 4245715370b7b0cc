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
 * @param areNamed whether the windows have names, those of their streams
 * @param unidirectional the side whose rows alone send something; null for both
 */
record WindowJoin(
    JoinCondition condition,
    JoinOutput output,
    @Nullable JoinedWindow left,
    @Nullable JoinedWindow right,
    boolean areNamed,
    @Nullable Boolean unidirectional) {
  private static final List<Boolean> BOTH = List.of(true, false);

  /** A random join. */
  static WindowJoin random(JoinOutput.JoinType type, Random random) {
    JoinedWindow left = JoinedWindow.random(random);
    JoinedWindow right = JoinedWindow.random(random);
    int without = random.nextInt(6);
    boolean isInner = type == JoinOutput.JoinType.INNER;
    return new WindowJoin(
        JoinCondition.safe(random),
        JoinOutput.random(type, false, random),
        without == 0 ? null : left,
        without == 1 ? null : right,
        random.nextInt(3) == 0,
        (isInner && random.nextInt(3) == 0) ? (Boolean) random.nextBoolean() : null);
  }

  /**
   * The query behind the declarations of its streams.
   *
   * @param streams the declarations, which become those of windows where they have names
   */
  String sql(String streams) {
    return named(named(streams, "L", left), "R", right)
        + output.sql(source("L", left, true), source("R", right, false), condition.sql());
  }

  private String named(String streams, String name, @Nullable JoinedWindow window) {
    if (!areNamed || window == null) {
      return streams;
    }
    String stream = "CREATE STREAM " + name + " ";
    int from = streams.indexOf(stream);
    int end = streams.indexOf(";\n", from);
    boolean retains = window instanceof JoinedWindow.Closing closing && closing.size() % 1_400 == 0;
    String kind = window.sql();
    String kept = kind.substring(0, kind.length() - 1) + ", RETENTION 5 SEC)";
    return streams.substring(0, from)
        + "CREATE WINDOW "
        + streams.substring(from + "CREATE STREAM ".length(), end)
        + " "
        + (retains ? kept : kind)
        + streams.substring(end);
  }

  private String source(String name, @Nullable JoinedWindow window, boolean isLeft) {
    return name
        + (window == null || areNamed ? "" : " WINDOW " + window.sql())
        + (isLeft ? " l" : " r")
        + (unidirectional != null && unidirectional == isLeft ? " UNIDIRECTIONAL" : "");
  }

  /** All rows that it sends, up to the end of both inputs. */
  List<ResultRow> results(List<SidedRow> history, SidedRow.Slacks slacks) {
    boolean isSorted = slacks.left() >= 0;
    Evaluation evaluation = new Evaluation();
    for (SidedRow sided : isSorted ? sorted(history, slacks) : history) {
      if (isSorted) {
        evaluation.advance(BOTH, sided.row().ts());
        evaluation.arrive(sided.isLeft(), sided.row());
      } else {
        evaluation.arriveAsItComes(sided.isLeft(), sided.row());
      }
    }
    if (isSorted) {
      evaluation.advance(BOTH, Long.MAX_VALUE);
    } else {
      evaluation.advance(List.of(true), Long.MAX_VALUE);
      evaluation.advance(List.of(false), Long.MAX_VALUE);
    }
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

  /** The window of a side, as it is. */
  private static final class Held {
    private List<InputRow> rows = List.of();
    private long time = Long.MIN_VALUE;
    private @Nullable Long first;
  }

  /** What happens row by row. */
  private final class Evaluation {
    private final List<ResultRow> rows = new ArrayList<>();
    private final Set<InputRow> matched = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Held heldLeft = new Held();
    private final Held heldRight = new Held();

    private Held held(boolean isLeft) {
      return isLeft ? heldLeft : heldRight;
    }

    private @Nullable JoinedWindow window(boolean isLeft) {
      return isLeft ? left : right;
    }

    /** When a row leaves by itself; one of a side without a window never does. */
    private long end(boolean isLeft, InputRow row) {
      JoinedWindow window = window(isLeft);
      Long first = held(isLeft).first;
      return window == null ? Long.MAX_VALUE : window.end(row, first == null ? row.ts() : first);
    }

    /** Lets rows of some sides leave whose time is over, if it goes on. */
    void advance(List<Boolean> sides, long time) {
      List<Leaving> leaving = new ArrayList<>();
      for (boolean isLeft : sides) {
        Held held = held(isLeft);
        held.time = Math.max(held.time, time);
        List<InputRow> going = new ArrayList<>();
        held.rows.stream().filter(row -> end(isLeft, row) <= held.time).forEach(going::add);
        going.sort(Comparator.comparingLong(InputRow::ts));
        going.forEach(row -> leaving.add(new Leaving(end(isLeft, row), isLeft, row)));
        held.rows =
            held.rows.stream().filter(row -> going.stream().noneMatch(row::isSame)).toList();
      }
      leaving.removeIf(one -> one.time() == Long.MAX_VALUE);
      leaving.sort(Comparator.comparingLong(Leaving::time).thenComparing(one -> !one.isLeft()));
      leaving.forEach(this::leave);
    }

    private void leave(Leaving one) {
      if (output.sendsLeaving(one.isLeft()) && !matched.contains(one.row())) {
        output.sendAlone(one.time(), one.isLeft(), one.row(), false, rows);
      }
    }

    /** Windows that slide go by the time of the row, others by the watermark that it moves. */
    void arriveAsItComes(boolean isLeft, InputRow row) {
      if (window(isLeft) instanceof JoinedWindow.Sliding) {
        advance(List.of(isLeft), row.ts());
      }
      arrive(isLeft, row);
      advance(List.of(isLeft), row.ts());
    }

    void arrive(boolean isLeft, InputRow row) {
      JoinedWindow window = window(isLeft);
      Held held = held(isLeft);
      if (window != null) {
        List<InputRow> before = held.rows;
        List<InputRow> after = end(isLeft, row) <= held.time ? null : window.after(before, row);
        if (after == null) {
          return;
        }
        held.first = held.first == null ? (Long) row.ts() : held.first;
        held.rows = after;
        before.stream()
            .filter(one -> after.stream().noneMatch(one::isSame))
            .forEach(one -> leave(new Leaving(row.ts(), isLeft, one)));
      }
      if (unidirectional == null || unidirectional == isLeft) {
        meet(isLeft, row, window == null);
      }
      if (window != null && window.isFull(held.rows)) {
        held.rows.forEach(one -> leave(new Leaving(row.ts(), isLeft, one)));
        held.rows = List.of();
      }
    }

    private void meet(boolean isLeft, InputRow row, boolean leavesAtOnce) {
      List<InputRow> others = new ArrayList<>(held(!isLeft).rows);
      others.removeIf(other -> end(!isLeft, other) <= row.ts());
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
