package io.millrace.operators.window;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Windows that are made of the panes of a grid. There is at most one for each end, and a later end
 * has no earlier start. Windows are named by the pane before which they end. Pure arithmetic.
 */
public sealed interface PaneWindows {
  /** Where the panes are. */
  PaneGrid grid();

  /** The first pane of the window that ends before a pane. */
  long first(long end);

  /**
   * The end of the first window that ends behind a pane's start; of those that have it, the first.
   */
  long nextEnd(long pane);

  /** The end of the window before the one that ends at {@code end}. */
  long previousEnd(long end);

  /** The end of the last window that has a pane. */
  long lastEnd(long pane);

  /** The number of panes in the greatest window. */
  long most();

  /** The windows in one line, for EXPLAIN. */
  String describe();

  /**
   * {@code [start, start + size)} for starts at {@code offset + k * slide}.
   *
   * @param sizeMillis positive
   * @param slideMillis positive, at most the size
   * @param offsetMillis {@code 0 <= offset < slide}
   */
  final class Hopping implements PaneWindows {
    private final long sizeMillis;
    private final long slideMillis;
    private final long offsetMillis;

    /** How many panes a slide has, one or two, as a power of two. */
    private final int shift;

    private final long most;

    public Hopping(long sizeMillis, long slideMillis, long offsetMillis) {
      if (slideMillis <= 0 || slideMillis > sizeMillis) {
        throw new IllegalArgumentException(
            "no windows of " + sizeMillis + " ms every " + slideMillis + " ms");
      }
      this.sizeMillis = sizeMillis;
      this.slideMillis = slideMillis;
      this.offsetMillis = offsetMillis;
      shift = sizeMillis % slideMillis == 0 ? 0 : 1;
      most = ((sizeMillis / slideMillis) << shift) + shift;
    }

    public long sizeMillis() {
      return sizeMillis;
    }

    public long slideMillis() {
      return slideMillis;
    }

    public long offsetMillis() {
      return offsetMillis;
    }

    @Override
    public PaneGrid grid() {
      return new PaneGrid(slideMillis, sizeMillis % slideMillis, offsetMillis);
    }

    @Override
    public long most() {
      return most;
    }

    @Override
    public long first(long end) {
      return end - most;
    }

    @Override
    public long nextEnd(long pane) {
      return ((((pane - most) >> shift) + 1) << shift) + most;
    }

    @Override
    public long previousEnd(long end) {
      return end - (1L << shift);
    }

    @Override
    public long lastEnd(long pane) {
      return ((pane >> shift) << shift) + most;
    }

    @Override
    public String describe() {
      return "HoppingWindow " + sizeMillis + " ms every " + slideMillis + " ms";
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Hopping that
          && sizeMillis == that.sizeMillis
          && slideMillis == that.slideMillis
          && offsetMillis == that.offsetMillis;
    }

    @Override
    public int hashCode() {
      return Objects.hash(sizeMillis, slideMillis, offsetMillis);
    }

    @Override
    public String toString() {
      return describe() + " from " + offsetMillis;
    }
  }

  /**
   * {@code [start, start + k * step)} for starts at {@code offset + i * max} and {@code k} up to
   * {@code max / step}.
   *
   * @param stepMillis positive
   * @param maxMillis a multiple of the step
   * @param offsetMillis {@code 0 <= offset < max}
   */
  record Cumulating(long stepMillis, long maxMillis, long offsetMillis) implements PaneWindows {
    public Cumulating {
      if (stepMillis <= 0 || maxMillis <= 0 || maxMillis % stepMillis != 0) {
        throw new IllegalArgumentException(
            "no windows up to " + maxMillis + " ms in steps of " + stepMillis + " ms");
      }
    }

    @Override
    public PaneGrid grid() {
      return new PaneGrid(stepMillis, 0, Math.floorMod(offsetMillis, stepMillis));
    }

    @Override
    public long most() {
      return maxMillis / stepMillis;
    }

    /** How many panes of the grid are between its origin and that of the windows. */
    private long shift() {
      return offsetMillis / stepMillis;
    }

    private long firstOf(long pane) {
      return Math.floorDiv(pane - shift(), most()) * most() + shift();
    }

    @Override
    public long first(long end) {
      return firstOf(end - 1);
    }

    @Override
    public long nextEnd(long pane) {
      return pane + 1;
    }

    @Override
    public long previousEnd(long end) {
      return end - 1;
    }

    @Override
    public long lastEnd(long pane) {
      return firstOf(pane) + most();
    }

    @Override
    public String describe() {
      return "CumulatingWindow " + stepMillis + " ms up to " + maxMillis + " ms";
    }
  }
}
