package io.millrace.language.plan;

import io.millrace.language.expression.ExpressionPrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes windows as the language does; nothing for no window. */
public final class WindowPrinter implements WindowVisitor<String> {
  private static final WindowPrinter PRINTER = new WindowPrinter();

  private WindowPrinter() {}

  /** A window in words. */
  public static String print(WindowSpec window) {
    return window.accept(PRINTER);
  }

  private static String call(String kind, List<String> arguments) {
    return kind + " (" + String.join(", ", arguments) + ")";
  }

  private static String duration(long millis) {
    return ExpressionPrinter.duration(millis);
  }

  private static String closing(String kind, List<Long> sizes, long offset, long grace) {
    List<String> arguments = new ArrayList<>();
    sizes.forEach(size -> arguments.add(duration(size)));
    if (offset > 0) {
      arguments.add("OFFSET " + duration(offset));
    }
    if (grace > 0) {
      arguments.add("GRACE PERIOD " + duration(grace));
    }
    return call(kind, arguments);
  }

  @Override
  public String visitUnbounded(WindowSpec.Unbounded window) {
    return "";
  }

  @Override
  public String visitSnapshots(WindowSpec.Snapshots window) {
    return "EVERY " + PlanPrinter.interval(window.every());
  }

  @Override
  public String visitSlidingSnapshots(SlidingSnapshots window) {
    return print(window.of())
        + " EVERY "
        + PlanPrinter.interval(window.every())
        + (window.countsWanted() ? " wanted" : "");
  }

  @Override
  public String visitTumbling(WindowSpec.Tumbling window) {
    return closing(
        "TUMBLING", List.of(window.sizeMillis()), window.offsetMillis(), window.graceMillis());
  }

  @Override
  public String visitHopping(WindowSpec.Hopping window) {
    return closing(
        "HOPPING",
        List.of(window.sizeMillis(), window.slideMillis()),
        window.offsetMillis(),
        window.graceMillis());
  }

  @Override
  public String visitCumulate(WindowSpec.Cumulate window) {
    return closing(
        "CUMULATE",
        List.of(window.stepMillis(), window.maxMillis()),
        window.offsetMillis(),
        window.graceMillis());
  }

  @Override
  public String visitSession(WindowSpec.Session window) {
    return closing("SESSION", List.of(window.gapMillis()), 0, window.graceMillis());
  }

  @Override
  public String visitTimeBatch(WindowSpec.TimeBatch window) {
    List<String> arguments = new ArrayList<>(List.of(duration(window.sizeMillis())));
    window.offsetMillis().ifPresent(offset -> arguments.add(duration(offset)));
    return call("TIME_BATCH", arguments);
  }

  /** How long buckets are kept says nothing about what is in them. */
  @Override
  public String visitRollup(RollupWindow window) {
    String units =
        window.granularities().stream()
            .map(granularity -> granularity.unit().name())
            .collect(Collectors.joining(", "));
    return "EVERY " + units + (window.zone() == null ? "" : " in " + window.zone());
  }

  @Override
  public String visitCron(WindowSpec.Cron window) {
    return call("CRON", List.of("'" + window.schedule() + "'"));
  }

  @Override
  public String visitExpression(ExpressionWindow window) {
    List<String> arguments = new ArrayList<>(List.of(ExpressionPrinter.print(window.condition())));
    for (AggregateCall call : window.aggregates()) {
      arguments.add(call.name() + ": " + PlanPrinter.call(call));
    }
    return call("EXPRESSION", arguments);
  }

  @Override
  public String visitRevised(WindowSpec.Revised window) {
    return print(window.of());
  }

  @Override
  public String visitRetained(RetainedWindow window) {
    String text = print(window.of());
    return text.substring(0, text.length() - 1)
        + ", RETENTION "
        + duration(window.retentionMillis())
        + ")";
  }

  @Override
  public String visitLengthBatch(WindowSpec.LengthBatch window) {
    return call("LENGTH_BATCH", List.of(Long.toString(window.rows())))
        + (window.numbersRows() ? " numbering rows" : "")
        + (window.element() == null ? "" : " of rows of elements");
  }

  @Override
  public String visitTime(WindowSpec.Time window) {
    return call("TIME", List.of(duration(window.sizeMillis())));
  }

  @Override
  public String visitTimeSlide(WindowSpec.TimeSlide window) {
    return call("TIME", List.of(duration(window.sizeMillis()), duration(window.slideMillis())));
  }

  @Override
  public String visitLength(WindowSpec.Length window) {
    return call("LENGTH", List.of(Long.toString(window.rows())));
  }

  @Override
  public String visitLengthSlide(WindowSpec.LengthSlide window) {
    return call("LENGTH", List.of(Long.toString(window.rows()), Long.toString(window.slide())));
  }

  @Override
  public String visitUnique(WindowSpec.Unique window) {
    String kind = window.isFirst() ? "FIRST_UNIQUE" : "UNIQUE";
    return call(kind, window.keys().stream().map(ExpressionPrinter::print).toList());
  }

  @Override
  public String visitTimeLength(WindowSpec.TimeLength window) {
    return call(
        "TIME_LENGTH", List.of(duration(window.sizeMillis()), Long.toString(window.rows())));
  }

  @Override
  public String visitSorted(SortedWindow window) {
    List<String> arguments = new ArrayList<>(List.of(Long.toString(window.rows())));
    for (int i = 0; i < window.columns().size(); i++) {
      String column = ExpressionPrinter.print(window.columns().get(i));
      arguments.add(window.descending().get(i) ? column + " DESC" : column);
    }
    return call("SORTED", arguments);
  }
}
