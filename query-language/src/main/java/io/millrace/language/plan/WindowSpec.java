package io.millrace.language.plan;

import io.millrace.language.expression.RowExpression;
import io.millrace.spi.time.CronSchedule;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A window. A closed family; sizes are milliseconds or numbers of rows, and positive. */
public sealed interface WindowSpec {

  /** When it sends rows unless EMIT says otherwise. */
  Emission usualEmission();

  /** Whether it has a start and an end, which stand behind the aggregates. */
  boolean hasBounds();

  /** Whether rows come and go, so that there is a newest one that a column may be taken from. */
  boolean isSliding();

  /** Whether it takes rows in the order of time where their stream declares disorder. */
  boolean isOrdered();

  /**
   * Whether rows of other groups, of the same partition, decide nothing about a group's results.
   */
  boolean keepsGroupsApart();

  /**
   * Whether two of its emissions may have the same moment and the same keys, so that behind the
   * aggregates stands a number that tells them apart (BIGINT).
   */
  boolean numbersEmissions();

  /** How long behind its end late rows are taken. */
  long graceMillis();

  /** Whether groups end by themselves, so that a window's start does not say where it ends. */
  default boolean endsByGroup() {
    return false;
  }

  /**
   * Whether every row enters, so that a query without aggregates passes all of them on; others send
   * those that enter.
   */
  default boolean takesEveryRow() {
    return true;
  }

  /** Whether it sends snapshots at ticks of time, the last one behind its last row. */
  default boolean hasTicks() {
    return false;
  }

  /** What it evaluates of its rows, over the columns of its input. */
  default List<RowExpression> expressions() {
    return List.of();
  }

  /** The window with its expressions changed. */
  default WindowSpec mapExpressions(UnaryOperator<RowExpression> change) {
    return this;
  }

  <R> R accept(WindowVisitor<R> visitor);

  /** Whether it covers everything since the start. */
  default boolean coversAll() {
    return false;
  }

  /** A window that closes and sends its groups then. */
  sealed interface Closing extends WindowSpec
      permits Tumbling, Hopping, Cumulate, Session, TimeBatch, Cron, RollupWindow {
    @Override
    default Emission usualEmission() {
      return Emission.FINAL;
    }

    @Override
    default boolean numbersEmissions() {
      return false;
    }

    @Override
    default boolean hasBounds() {
      return true;
    }

    @Override
    default boolean isSliding() {
      return false;
    }

    @Override
    default boolean isOrdered() {
      return false;
    }

    @Override
    default boolean keepsGroupsApart() {
      return true;
    }
  }

  /** A window that rows enter and leave. */
  sealed interface Sliding extends WindowSpec
      permits Arriving, Time, TimeSlide, Length, LengthSlide, SlidingSnapshots {
    @Override
    default boolean numbersEmissions() {
      return false;
    }

    @Override
    default boolean hasBounds() {
      return false;
    }

    @Override
    default boolean isSliding() {
      return true;
    }

    @Override
    default boolean isOrdered() {
      return true;
    }

    @Override
    default long graceMillis() {
      return 0;
    }
  }

  /** A sliding window of each partition that not every row enters; those that do send a row. */
  sealed interface Arriving extends Sliding
      permits Unique, TimeLength, SortedWindow, ExpressionWindow {
    @Override
    default Emission usualEmission() {
      return Emission.EACH_ROW;
    }

    @Override
    default boolean keepsGroupsApart() {
      return false;
    }

    @Override
    default boolean takesEveryRow() {
      return false;
    }
  }

  /** The window of a name, with what is said of its rows alone. */
  sealed interface Named extends WindowSpec permits RetainedWindow {}

  /** Everything since the start. */
  sealed interface All extends WindowSpec {
    @Override
    default boolean coversAll() {
      return true;
    }

    @Override
    default boolean hasBounds() {
      return false;
    }

    @Override
    default boolean isSliding() {
      return false;
    }

    @Override
    default long graceMillis() {
      return 0;
    }
  }

  /** Everything since the start, looked at now and then. */
  record Snapshots(EmissionInterval every) implements All {
    /** Whether rows are counted, of each partition; else there are ticks. */
    public boolean countsRows() {
      return every instanceof EmissionInterval.Rows;
    }

    @Override
    public Emission usualEmission() {
      return Emission.LOOKS;
    }

    @Override
    public boolean numbersEmissions() {
      return countsRows();
    }

    @Override
    public boolean hasTicks() {
      return !countsRows();
    }

    @Override
    public boolean isOrdered() {
      return !countsRows();
    }

    /** The last row of all groups decides which tick is the last. */
    @Override
    public boolean keepsGroupsApart() {
      return false;
    }

    @Override
    public <R> R accept(WindowVisitor<R> visitor) {
      return visitor.visitSnapshots(this);
    }
  }

  /** No window: everything since the start. */
  record Unbounded() implements All {
    @Override
    public Emission usualEmission() {
      return Emission.EACH_ROW;
    }

    @Override
    public boolean numbersEmissions() {
      return false;
    }

    @Override
    public boolean isOrdered() {
      return false;
    }

    @Override
    public boolean keepsGroupsApart() {
      return true;
    }

    @Override
    public <R> R accept(WindowVisitor<R> visitor) {
      return visitor.visitUnbounded(this);
    }
  }

  /**
   * {@code [start, start + size)}, starts at {@code offset + k * size}; may begin before the epoch.
   *
   * @param sizeMillis the length
   * @param offsetMillis shifts the starts, {@code 0 <= offset < size}
   * @param graceMillis how long behind the end late rows are taken
   */
  record Tumbling(long sizeMillis, long offsetMillis, long graceMillis) implements Closing {
    @Override
    public <R> R accept(WindowVisitor<R> visitor) {
      return visitor.visitTumbling(this);
    }
  }

  /**
   * {@code [start, start + size)}, starts at {@code offset + k * slide}.
   *
   * @param slideMillis at most the size
   * @param offsetMillis shifts the starts, {@code 0 <= offset < slide}
   */
  record Hopping(long sizeMillis, long slideMillis, long offsetMillis, long graceMillis)
      implements Closing {
    @Override
    public <R> R accept(WindowVisitor<R> visitor) {
      return visitor.visitHopping(this);
    }
  }

  /**
   * {@code [start, start + k * step)}, starts at {@code offset + i * max}, {@code k} up to {@code
   * max / step}.
   *
   * @param maxMillis a multiple of the step
   * @param offsetMillis shifts the starts, {@code 0 <= offset < max}
   */
  record Cumulate(long stepMillis, long maxMillis, long offsetMillis, long graceMillis)
      implements Closing {
    @Override
    public <R> R accept(WindowVisitor<R> visitor) {
      return visitor.visitCumulate(this);
    }
  }

  /**
   * Rows of a group no more than a gap apart: from the first to the last plus the gap.
   *
   * @param gapMillis exactly so far apart is not too far
   */
  record Session(long gapMillis, long graceMillis) implements Closing {
    @Override
    public boolean endsByGroup() {
      return true;
    }

    @Override
    public <R> R accept(WindowVisitor<R> visitor) {
      return visitor.visitSession(this);
    }
  }

  /**
   * {@code [start, start + size)}, as {@link Tumbling}, but with rows in order.
   *
   * @param offsetMillis where windows start; empty for those that are counted from the first row of
   *     each partition
   */
  record TimeBatch(long sizeMillis, OptionalLong offsetMillis) implements Closing {
    @Override
    public boolean isOrdered() {
      return true;
    }

    @Override
    public boolean keepsGroupsApart() {
      return offsetMillis.isPresent();
    }

    @Override
    public long graceMillis() {
      return 0;
    }

    @Override
    public <R> R accept(WindowVisitor<R> visitor) {
      return visitor.visitTimeBatch(this);
    }
  }

  /** {@code [firing, next firing)} of a schedule, with rows in order. */
  record Cron(CronSchedule schedule) implements Closing {
    @Override
    public boolean isOrdered() {
      return true;
    }

    @Override
    public long graceMillis() {
      return 0;
    }

    @Override
    public <R> R accept(WindowVisitor<R> visitor) {
      return visitor.visitCron(this);
    }
  }

  /**
   * A window that closes and sends more than its last word, so that behind its bounds stand PANE
   * (STRING) and REVISION (BIGINT), and ROW_KIND (STRING) where it takes rows back.
   */
  record Revised(Closing of, Revisions revisions) implements WindowSpec {
    @Override
    public Emission usualEmission() {
      return Emission.REVISIONS;
    }

    @Override
    public boolean hasBounds() {
      return true;
    }

    @Override
    public boolean endsByGroup() {
      return of.endsByGroup();
    }

    @Override
    public boolean isSliding() {
      return false;
    }

    @Override
    public boolean isOrdered() {
      return of.isOrdered();
    }

    @Override
    public boolean keepsGroupsApart() {
      return of.keepsGroupsApart();
    }

    @Override
    public boolean numbersEmissions() {
      return false;
    }

    @Override
    public long graceMillis() {
      return of.graceMillis();
    }

    @Override
    public <R> R accept(WindowVisitor<R> visitor) {
      return visitor.visitRevised(this);
    }
  }

  /**
   * Each {@code rows} rows of a partition key.
   *
   * @param numbersRows whether each row is sent with the number of its batch, by which batches of a
   *     partition key differ; else what is sent together has one
   * @param element which element of its row a row is: 0 says that the row, which is the one that is
   *     counted, has no more of them; null if each row is counted
   */
  record LengthBatch(long rows, boolean numbersRows, @Nullable RowExpression element)
      implements WindowSpec {
    /** In which each row is counted. */
    public LengthBatch(long rows, boolean numbersRows) {
      this(rows, numbersRows, null);
    }

    @Override
    public List<RowExpression> expressions() {
      return element == null ? List.of() : List.of(element);
    }

    @Override
    public WindowSpec mapExpressions(UnaryOperator<RowExpression> change) {
      return element == null ? this : new LengthBatch(rows, numbersRows, change.apply(element));
    }

    @Override
    public Emission usualEmission() {
      return Emission.FINAL;
    }

    @Override
    public boolean hasBounds() {
      return false;
    }

    @Override
    public boolean isSliding() {
      return false;
    }

    @Override
    public boolean numbersEmissions() {
      return true;
    }

    @Override
    public boolean isOrdered() {
      return true;
    }

    @Override
    public boolean keepsGroupsApart() {
      return false;
    }

    @Override
    public long graceMillis() {
      return 0;
    }

    @Override
    public <R> R accept(WindowVisitor<R> visitor) {
      return visitor.visitLengthBatch(this);
    }
  }

  /** The rows with {@code t - size < rowtime <= t}, at any time t. */
  record Time(long sizeMillis) implements Sliding {
    @Override
    public Emission usualEmission() {
      return Emission.EACH_ROW;
    }

    @Override
    public boolean keepsGroupsApart() {
      return true;
    }

    @Override
    public <R> R accept(WindowVisitor<R> visitor) {
      return visitor.visitTime(this);
    }
  }

  /**
   * The rows with {@code t - size < rowtime <= t}, looked at at ticks {@code t = k * slide} at
   * which a row has come or gone.
   *
   * @param slideMillis at most the size
   */
  record TimeSlide(long sizeMillis, long slideMillis) implements Sliding {
    @Override
    public Emission usualEmission() {
      return Emission.LOOKS;
    }

    @Override
    public boolean keepsGroupsApart() {
      return false;
    }

    @Override
    public <R> R accept(WindowVisitor<R> visitor) {
      return visitor.visitTimeSlide(this);
    }
  }

  /** The last rows of each partition key, {@code rows} of them at most. */
  record Length(long rows) implements Sliding {
    @Override
    public Emission usualEmission() {
      return Emission.EACH_ROW;
    }

    @Override
    public boolean keepsGroupsApart() {
      return false;
    }

    @Override
    public <R> R accept(WindowVisitor<R> visitor) {
      return visitor.visitLength(this);
    }
  }

  /**
   * The rows of {@link Length}, looked at after every {@code slide} rows of the partition key.
   *
   * @param slide after how many rows it is looked at: of what is written as LENGTH (n, m) at most
   *     the number of rows
   */
  record LengthSlide(long rows, long slide) implements Sliding {
    @Override
    public Emission usualEmission() {
      return Emission.LOOKS;
    }

    @Override
    public boolean keepsGroupsApart() {
      return false;
    }

    @Override
    public <R> R accept(WindowVisitor<R> visitor) {
      return visitor.visitLengthSlide(this);
    }
  }

  /**
   * A row of each key.
   *
   * @param keys at least one
   * @param isFirst whether it is the first row of the key, which stays; else the newest one
   */
  record Unique(List<RowExpression> keys, boolean isFirst) implements Arriving {
    public Unique {
      keys = List.copyOf(keys);
    }

    @Override
    public List<RowExpression> expressions() {
      return keys;
    }

    @Override
    public WindowSpec mapExpressions(UnaryOperator<RowExpression> change) {
      return new Unique(keys.stream().map(change).toList(), isFirst);
    }

    @Override
    public <R> R accept(WindowVisitor<R> visitor) {
      return visitor.visitUnique(this);
    }
  }

  /** Of the rows of {@link Time} the last ones of each partition key, {@code rows} at most. */
  record TimeLength(long sizeMillis, long rows) implements Arriving {
    @Override
    public <R> R accept(WindowVisitor<R> visitor) {
      return visitor.visitTimeLength(this);
    }
  }
}
