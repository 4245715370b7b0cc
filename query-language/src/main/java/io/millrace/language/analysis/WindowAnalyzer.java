package io.millrace.language.analysis;

import io.millrace.language.ast.WindowArgument;
import io.millrace.language.ast.WindowClause;
import io.millrace.language.ast.WindowParameter;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.SortedWindow;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.time.CronSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes windows of WINDOW clauses: which arguments a kind takes, and what they may be. */
final class WindowAnalyzer {
  private static final String SIZE = "the size of a window";
  private static final String SLIDE = "the slide of a window";

  private final AnalysisContext context;
  private final Reporter reporter;
  private final Scope scope;

  /**
   * @param scope the columns of the source, which the arguments of some kinds read
   */
  WindowAnalyzer(AnalysisContext context, Scope scope) {
    this.context = context;
    this.reporter = context.reporter();
    this.scope = scope;
  }

  /** The window, which is no DELAY; empty after a report. */
  Optional<WindowSpec> analyze(WindowClause window) {
    if (window.isUnknown()) {
      return Optional.empty();
    }
    return switch (window.kind()) {
      case TUMBLING -> tumbling(window);
      case HOPPING -> hopping(window);
      case CUMULATE -> cumulate(window);
      case SESSION -> session(window);
      case TIME -> time(window);
      case TIME_BATCH -> timeBatch(window);
      case LENGTH_BATCH -> lengthBatch(window);
      case LENGTH -> length(window);
      case UNIQUE -> unique(window, false);
      case FIRST_UNIQUE -> unique(window, true);
      case TIME_LENGTH -> timeLength(window);
      case SORTED -> sorted(window);
      case CRON -> cron(window);
      case EXPRESSION -> new WindowCondition(context, scope).analyze(window);
      case DELAY -> throw new IllegalArgumentException("a delay");
    };
  }

  /** The delay of WINDOW DELAY; empty after a report. */
  OptionalLong delay(WindowClause window) {
    WindowArguments arguments =
        new WindowArguments(reporter, window, List.of(WindowParameter.SIZE));
    long delay = arguments.duration(WindowParameter.SIZE, "the delay of a window");
    return arguments.isFaulty() ? OptionalLong.empty() : OptionalLong.of(delay);
  }

  private static Optional<WindowSpec> unlessFaulty(WindowArguments arguments, WindowSpec window) {
    return arguments.isFaulty() ? Optional.empty() : Optional.of(window);
  }

  private Optional<WindowSpec> tumbling(WindowClause window) {
    WindowArguments arguments =
        new WindowArguments(
            reporter,
            window,
            List.of(WindowParameter.SIZE),
            WindowParameter.OFFSET,
            WindowParameter.GRACE_PERIOD);
    long size = arguments.duration(WindowParameter.SIZE, SIZE);
    return unlessFaulty(
        arguments, new WindowSpec.Tumbling(size, offset(arguments, size, size), grace(arguments)));
  }

  private Optional<WindowSpec> hopping(WindowClause window) {
    WindowArguments arguments =
        new WindowArguments(
            reporter,
            window,
            List.of(WindowParameter.SIZE, WindowParameter.ADVANCE_BY),
            WindowParameter.OFFSET,
            WindowParameter.GRACE_PERIOD);
    long size = arguments.duration(WindowParameter.SIZE, SIZE);
    long slide = arguments.duration(WindowParameter.ADVANCE_BY, SLIDE);
    checkSlide(arguments, size, slide);
    long offset = offset(arguments, size, slide);
    return unlessFaulty(arguments, new WindowSpec.Hopping(size, slide, offset, grace(arguments)));
  }

  private Optional<WindowSpec> cumulate(WindowClause window) {
    WindowArguments arguments =
        new WindowArguments(
            reporter,
            window,
            List.of(WindowParameter.ADVANCE_BY, WindowParameter.SIZE),
            WindowParameter.OFFSET,
            WindowParameter.GRACE_PERIOD);
    long step = arguments.duration(WindowParameter.ADVANCE_BY, "the step of a window");
    long max = arguments.duration(WindowParameter.SIZE, "the greatest size of a window");
    if (max % step != 0) {
      arguments.fault(
          WindowParameter.SIZE,
          "the greatest size of a CUMULATE window must be a multiple of its step");
    }
    long offset = offset(arguments, max, max);
    return unlessFaulty(arguments, new WindowSpec.Cumulate(step, max, offset, grace(arguments)));
  }

  private Optional<WindowSpec> session(WindowClause window) {
    WindowArguments arguments =
        new WindowArguments(
            reporter, window, List.of(WindowParameter.GAP), WindowParameter.GRACE_PERIOD);
    long gap = arguments.duration(WindowParameter.GAP, "the gap between sessions");
    return unlessFaulty(arguments, new WindowSpec.Session(gap, grace(arguments)));
  }

  private Optional<WindowSpec> time(WindowClause window) {
    WindowArguments arguments =
        new WindowArguments(
            reporter, window, List.of(WindowParameter.SIZE, WindowParameter.ADVANCE_BY));
    long size = arguments.duration(WindowParameter.SIZE, SIZE);
    if (!arguments.has(WindowParameter.ADVANCE_BY)) {
      return unlessFaulty(arguments, new WindowSpec.Time(size));
    }
    long slide = arguments.duration(WindowParameter.ADVANCE_BY, SLIDE);
    checkSlide(arguments, size, slide);
    return unlessFaulty(arguments, new WindowSpec.TimeSlide(size, slide));
  }

  private Optional<WindowSpec> timeBatch(WindowClause window) {
    WindowArguments arguments =
        new WindowArguments(
            reporter, window, List.of(WindowParameter.SIZE, WindowParameter.OFFSET));
    long size = arguments.duration(WindowParameter.SIZE, SIZE);
    OptionalLong start = arguments.moment(WindowParameter.OFFSET, "the start of a batch");
    OptionalLong offset =
        start.isEmpty() ? start : OptionalLong.of(Math.floorMod(start.getAsLong(), size));
    return unlessFaulty(arguments, new WindowSpec.TimeBatch(size, offset));
  }

  private Optional<WindowSpec> cron(WindowClause window) {
    WindowArguments arguments =
        new WindowArguments(reporter, window, List.of(WindowParameter.SCHEDULE));
    Optional<CronSchedule> schedule = arguments.schedule(WindowParameter.SCHEDULE);
    return arguments.isFaulty() ? Optional.empty() : schedule.map(WindowSpec.Cron::new);
  }

  private Optional<WindowSpec> lengthBatch(WindowClause window) {
    WindowArguments arguments =
        new WindowArguments(reporter, window, List.of(WindowParameter.SIZE));
    long rows = arguments.events(WindowParameter.SIZE, "the size of a LENGTH_BATCH window");
    return unlessFaulty(arguments, new WindowSpec.LengthBatch(rows, false));
  }

  private Optional<WindowSpec> length(WindowClause window) {
    WindowArguments arguments =
        new WindowArguments(
            reporter, window, List.of(WindowParameter.SIZE, WindowParameter.ADVANCE_BY));
    long rows = arguments.events(WindowParameter.SIZE, "the size of a LENGTH window");
    if (!arguments.has(WindowParameter.ADVANCE_BY)) {
      return unlessFaulty(arguments, new WindowSpec.Length(rows));
    }
    long slide = arguments.events(WindowParameter.ADVANCE_BY, SLIDE);
    checkSlide(arguments, rows, slide);
    return unlessFaulty(arguments, new WindowSpec.LengthSlide(rows, slide));
  }

  private Optional<WindowSpec> timeLength(WindowClause window) {
    WindowArguments arguments =
        new WindowArguments(
            reporter, window, List.of(WindowParameter.SIZE, WindowParameter.LENGTH));
    long size = arguments.duration(WindowParameter.SIZE, SIZE);
    long rows = arguments.events(WindowParameter.LENGTH, "the length of a TIME_LENGTH window");
    return unlessFaulty(arguments, new WindowSpec.TimeLength(size, rows));
  }

  /** The size, by name or else in front, then columns. */
  private Optional<WindowSpec> sorted(WindowClause window) {
    List<WindowArgument> columns = new ArrayList<>(window.arguments());
    List<WindowArgument> sizes = new ArrayList<>();
    for (WindowArgument argument : window.arguments()) {
      if (argument.parameter() != null && columns.remove(argument)) {
        sizes.add(argument);
      }
    }
    if (sizes.isEmpty() && !columns.isEmpty()) {
      sizes.add(columns.remove(0));
    }
    WindowArguments arguments =
        new WindowArguments(reporter, window.with(sizes), List.of(WindowParameter.SIZE));
    long rows = arguments.events(WindowParameter.SIZE, "the size of a SORTED window");
    WindowColumns ofWindow = new WindowColumns(context, scope, window);
    List<RowExpression> order = arguments.isFaulty() ? List.of() : ofWindow.order(columns);
    return arguments.isFaulty() || ofWindow.isFaulty()
        ? Optional.empty()
        : Optional.of(
            new SortedWindow(
                rows, order, columns.stream().map(WindowArgument::isDescending).toList()));
  }

  private Optional<WindowSpec> unique(WindowClause window, boolean isFirst) {
    WindowColumns columns = new WindowColumns(context, scope, window);
    List<RowExpression> keys = columns.keys(window.arguments());
    return columns.isFaulty()
        ? Optional.empty()
        : Optional.of(new WindowSpec.Unique(keys, isFirst));
  }

  private static void checkSlide(WindowArguments arguments, long size, long slide) {
    if (slide > size) {
      arguments.fault(
          WindowParameter.ADVANCE_BY,
          "the slide of a window must not be greater than its size: rows would be left out");
    }
  }

  /** The first start since the epoch of windows that begin every so often. */
  private static long offset(WindowArguments arguments, long size, long distance) {
    return Math.floorMod(
        arguments.shift(WindowParameter.OFFSET, "the offset of a window", size), distance);
  }

  private static long grace(WindowArguments arguments) {
    return arguments.durationOrZero(WindowParameter.GRACE_PERIOD, "a grace period");
  }
}
