package io.millrace.language.analysis;

import io.millrace.language.ast.DurationLiteral;
import io.millrace.language.ast.Expression;
import io.millrace.language.ast.IntegerLiteral;
import io.millrace.language.ast.WindowArgument;
import io.millrace.language.ast.WindowClause;
import io.millrace.language.ast.WindowKind;
import io.millrace.language.ast.WindowParameter;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.error.Span;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes windows of WINDOW clauses: which arguments a kind takes, and what they may be. */
final class WindowAnalyzer {
  private final Reporter reporter;

  WindowAnalyzer(Reporter reporter) {
    this.reporter = reporter;
  }

  /** The window; empty after a report. */
  Optional<WindowSpec> analyze(WindowClause window) {
    return switch (window.kind()) {
      case TUMBLING -> tumbling(window);
      case LENGTH -> length(window);
      default -> {
        reporter.unsupported(feature(window.kind()), window.span());
        yield Optional.empty();
      }
    };
  }

  private static UnsupportedFeature feature(WindowKind kind) {
    return UnsupportedFeature.valueOf("WINDOW_" + kind.name());
  }

  private Optional<WindowSpec> tumbling(WindowClause window) {
    Optional<Map<WindowParameter, Expression>> arguments =
        arguments(
            window,
            List.of(WindowParameter.SIZE),
            List.of(WindowParameter.SIZE, WindowParameter.OFFSET, WindowParameter.GRACE_PERIOD));
    if (arguments.isEmpty()) {
      return Optional.empty();
    }
    Expression size = arguments.get().get(WindowParameter.SIZE);
    if (size == null) {
      return missing(window, "TUMBLING", "a size such as 10 SECONDS");
    }
    Optional<Long> sizeMillis = duration(size, "the size of a window", 1);
    Optional<Long> offset =
        optionalDuration(arguments.get().get(WindowParameter.OFFSET), "the offset of a window");
    Optional<Long> grace =
        optionalDuration(arguments.get().get(WindowParameter.GRACE_PERIOD), "a grace period");
    if (sizeMillis.isEmpty() || offset.isEmpty() || grace.isEmpty()) {
      return Optional.empty();
    }
    if (offset.get() >= sizeMillis.get()) {
      Expression written = arguments.get().getOrDefault(WindowParameter.OFFSET, size);
      reporter.error(
          "bad-window", written.span(), "the offset of a window must be less than its size");
      return Optional.empty();
    }
    return Optional.of(new WindowSpec.Tumbling(sizeMillis.get(), offset.get(), grace.get()));
  }

  private Optional<WindowSpec> length(WindowClause window) {
    if (window.arguments().size() == 2
        && window.arguments().stream().allMatch(argument -> argument.parameter() == null)) {
      reporter.unsupported(UnsupportedFeature.WINDOW_LENGTH_SLIDE, window.span());
      return Optional.empty();
    }
    Optional<Map<WindowParameter, Expression>> arguments =
        arguments(window, List.of(WindowParameter.SIZE), List.of(WindowParameter.SIZE));
    if (arguments.isEmpty()) {
      return Optional.empty();
    }
    Expression size = arguments.get().get(WindowParameter.SIZE);
    if (size == null) {
      return missing(window, "LENGTH", "a number of events such as 100");
    }
    if (!(size instanceof IntegerLiteral count)
        || count.value().signum() <= 0
        || count.value().bitLength() >= Integer.SIZE) {
      reporter.error(
          "bad-window",
          size.span(),
          "the size of a LENGTH window must be a number of events, from 1 to 2147483647");
      return Optional.empty();
    }
    return Optional.of(new WindowSpec.Length(count.value().longValueExact()));
  }

  private Optional<WindowSpec> missing(WindowClause window, String kind, String what) {
    reporter.error("bad-window", window.span(), kind + " needs " + what);
    return Optional.empty();
  }

  /** The arguments by name, given so or by position; empty after a report. */
  private Optional<Map<WindowParameter, Expression>> arguments(
      WindowClause window, List<WindowParameter> positional, List<WindowParameter> known) {
    Map<WindowParameter, Expression> found = new EnumMap<>(WindowParameter.class);
    int position = 0;
    for (WindowArgument argument : window.arguments()) {
      WindowParameter parameter = argument.parameter();
      if (parameter == null && position < positional.size()) {
        parameter = positional.get(position++);
      }
      if (parameter == null || !known.contains(parameter)) {
        return refused(window, argument.span(), parameter, known);
      }
      if (found.put(parameter, argument.value()) != null) {
        reporter.error("bad-window", argument.span(), name(parameter) + " is given twice");
        return Optional.empty();
      }
    }
    return Optional.of(found);
  }

  private Optional<Map<WindowParameter, Expression>> refused(
      WindowClause window,
      Span span,
      @Nullable WindowParameter parameter,
      List<WindowParameter> known) {
    if (parameter == WindowParameter.RETENTION) {
      reporter.unsupported(UnsupportedFeature.WINDOW_RETENTION, span);
      return Optional.empty();
    }
    String what = parameter == null ? "further argument" : name(parameter);
    List<String> names = known.stream().map(WindowAnalyzer::name).toList();
    reporter.error(
        "bad-window",
        span,
        window.kind().name() + " takes no " + what,
        "it takes " + String.join(", ", names));
    return Optional.empty();
  }

  private static String name(WindowParameter parameter) {
    return parameter.name().replace('_', ' ');
  }

  private Optional<Long> optionalDuration(@Nullable Expression value, String what) {
    return value == null ? Optional.of(0L) : duration(value, what, 0);
  }

  private Optional<Long> duration(Expression value, String what, long least) {
    if (value instanceof DurationLiteral duration && duration.millis() >= least) {
      return Optional.of(duration.millis());
    }
    reporter.error(
        "bad-window",
        value.span(),
        what
            + (least > 0 ? " must be a positive duration" : " must be a duration")
            + " such as 10 SECONDS");
    return Optional.empty();
  }
}
