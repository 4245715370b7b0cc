package io.millrace.language.analysis;

import io.millrace.language.ast.ArithmeticExpression;
import io.millrace.language.ast.DurationLiteral;
import io.millrace.language.ast.Expression;
import io.millrace.language.ast.IntegerLiteral;
import io.millrace.language.ast.NameExpression;
import io.millrace.language.ast.NegationExpression;
import io.millrace.language.ast.StringLiteral;
import io.millrace.language.ast.TemporalKind;
import io.millrace.language.ast.TemporalLiteral;
import io.millrace.language.ast.WindowArgument;
import io.millrace.language.ast.WindowClause;
import io.millrace.language.ast.WindowParameter;
import io.millrace.spi.error.Span;
import io.millrace.spi.time.CronSchedule;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one window, by name or by position. Reports each that is missing or bad; {@link
 * #isFaulty} says whether any was, and a number that is bad is 1.
 */
final class WindowArguments {
  /** How many fields cron itself has, which knows no seconds. */
  private static final int CRON_FIELDS = 5;

  private final Reporter reporter;
  private final WindowClause window;
  private final Map<WindowParameter, Expression> given = new EnumMap<>(WindowParameter.class);
  private boolean isFaulty;

  /**
   * @param positional what arguments without a name are, in order, as far as none has their name
   * @param named further ones, which are only given by name
   */
  WindowArguments(
      Reporter reporter,
      WindowClause window,
      List<WindowParameter> positional,
      WindowParameter... named) {
    this.reporter = reporter;
    this.window = window;
    List<WindowParameter> unnamed = new ArrayList<>(positional);
    window.arguments().forEach(argument -> unnamed.remove(argument.parameter()));
    for (WindowArgument argument : window.arguments()) {
      WindowParameter parameter = argument.parameter();
      if (parameter == null && !unnamed.isEmpty()) {
        parameter = unnamed.remove(0);
      }
      if (parameter == null
          || (!positional.contains(parameter) && !List.of(named).contains(parameter))) {
        refuse(argument, parameter, positional, List.of(named));
        return;
      }
      if (given.put(parameter, argument.value()) != null) {
        fault(argument.span(), name(parameter) + " is given twice");
        return;
      }
    }
  }

  boolean isFaulty() {
    return isFaulty;
  }

  boolean has(WindowParameter parameter) {
    return given.containsKey(parameter);
  }

  private void refuse(
      WindowArgument argument,
      @Nullable WindowParameter parameter,
      List<WindowParameter> positional,
      List<WindowParameter> named) {
    isFaulty = true;
    Span span = argument.span();
    if (parameter == WindowParameter.RETENTION) {
      reporter.error(
          "bad-window",
          span,
          "RETENTION says how long the rows of a window that has a name can be asked for, and this"
              + " one has none",
          "write it in CREATE WINDOW; how long a table keeps what its query has sent is said by WITH"
              + " ('state.ttl' = '…')");
      return;
    }
    List<String> names = new ArrayList<>();
    positional.forEach(known -> names.add(name(known)));
    named.forEach(known -> names.add(name(known)));
    String first = firstWord(argument.value());
    if (parameter == null && names.contains(first)) {
      reporter.error(
          "bad-window",
          span,
          first + " is followed by a duration such as 10 SECONDS, or -10 SECONDS");
      return;
    }
    reporter.error(
        "bad-window",
        span,
        window.kind().name()
            + " takes no "
            + (parameter == null ? "further argument" : name(parameter)),
        "it takes " + String.join(", ", names));
  }

  /** The name with which an expression begins, which was meant for one of an argument; or "". */
  private static String firstWord(Expression value) {
    if (value instanceof ArithmeticExpression sum) {
      return firstWord(sum.left());
    }
    return value instanceof NameExpression word ? word.name().name().toUpperCase(Locale.ROOT) : "";
  }

  private static String name(WindowParameter parameter) {
    return switch (parameter) {
      case LENGTH -> "a number of events";
      case SCHEDULE -> "a cron expression";
      default -> parameter.name().replace('_', ' ');
    };
  }

  /** Reports what is wrong with an argument, or with the window if it is not given. */
  void fault(WindowParameter parameter, String message) {
    Expression value = given.get(parameter);
    fault(value == null ? window.span() : value.span(), message);
  }

  private void fault(Span span, String message) {
    fault(span, message, Optional.empty());
  }

  private void fault(Span span, String message, Optional<String> hint) {
    if (!isFaulty) {
      reporter.error("bad-window", span, message, hint);
    }
    isFaulty = true;
  }

  /** A duration that must be given and positive. */
  long duration(WindowParameter parameter, String what) {
    Expression value = given.get(parameter);
    if (value == null) {
      fault(window.span(), window.kind() + " needs " + what + " such as 10 SECONDS");
      return 1;
    }
    if (value instanceof DurationLiteral duration && duration.millis() > 0) {
      return duration.millis();
    }
    fault(value.span(), what + " must be a positive duration such as 10 SECONDS");
    return 1;
  }

  /** A duration that may be 0, as it is if it is not given. */
  long durationOrZero(WindowParameter parameter, String what) {
    Expression value = given.get(parameter);
    if (value == null || (value instanceof DurationLiteral zero && zero.millis() == 0)) {
      return 0;
    }
    if (value instanceof DurationLiteral duration && duration.millis() > 0) {
      return duration.millis();
    }
    fault(value.span(), what + " must be a duration such as 10 SECONDS");
    return 0;
  }

  /** A duration of any sign that is shorter than a size; 0 if it is not given. */
  long shift(WindowParameter parameter, String what, long size) {
    Expression value = given.get(parameter);
    if (value == null) {
      return 0;
    }
    OptionalLong shift = signed(value);
    if (shift.isEmpty()) {
      fault(value.span(), what + " must be a duration such as 10 SECONDS, or -10 SECONDS");
    } else if (shift.getAsLong() >= size || shift.getAsLong() <= -size) {
      fault(value.span(), what + " must be shorter than its size");
    } else {
      return shift.getAsLong();
    }
    return 0;
  }

  /** The milliseconds of a duration, with or without a minus before it. */
  private static OptionalLong signed(Expression value) {
    if (value instanceof DurationLiteral duration) {
      return OptionalLong.of(duration.millis());
    }
    return value instanceof NegationExpression minus
            && minus.operand() instanceof DurationLiteral duration
        ? OptionalLong.of(-duration.millis())
        : OptionalLong.empty();
  }

  /** A moment, as a TIMESTAMP or as the time since the epoch; empty if it is not given. */
  OptionalLong moment(WindowParameter parameter, String what) {
    Expression value = given.get(parameter);
    if (value == null) {
      return OptionalLong.empty();
    }
    OptionalLong sinceEpoch = signed(value);
    if (sinceEpoch.isPresent()) {
      return sinceEpoch;
    }
    if (value instanceof TemporalLiteral text && text.kind() == TemporalKind.TIMESTAMP) {
      Optional<Long> millis = TemporalText.parse(text.text(), DataType.TIMESTAMP);
      if (millis.isPresent()) {
        return OptionalLong.of(millis.get());
      }
    }
    fault(
        value.span(),
        what + " must be a TIMESTAMP such as TIMESTAMP '2024-01-01 00:00:00', or a duration");
    return OptionalLong.empty();
  }

  /** A cron expression that must be given; empty after a report. */
  Optional<CronSchedule> schedule(WindowParameter parameter) {
    Expression value = given.get(parameter);
    if (value instanceof StringLiteral text) {
      try {
        return Optional.of(CronSchedule.parse(text.value()));
      } catch (IllegalArgumentException refused) {
        fault(value.span(), String.valueOf(refused.getMessage()), withSeconds(text.value()));
        return Optional.empty();
      }
    }
    fault(
        value == null ? window.span() : value.span(),
        window.kind() + " needs a cron expression such as '0 0/5 * * * ?'");
    return Optional.empty();
  }

  /** What five fields lack, as cron itself has them; it counts the days of the week otherwise. */
  private static Optional<String> withSeconds(String text) {
    List<String> fields = List.of(text.strip().split("\\s+"));
    if (fields.size() != CRON_FIELDS) {
      return Optional.empty();
    }
    String meant = "0 " + text.strip();
    if (fields.get(CRON_FIELDS - 1).chars().anyMatch(Character::isDigit)) {
      return Optional.of("seconds come first, and days of the week count from 1, which is Sunday");
    }
    return Optional.of("seconds come first" + (isSchedule(meant) ? ": '" + meant + "'" : ""));
  }

  private static boolean isSchedule(String text) {
    try {
      CronSchedule.parse(text);
      return true;
    } catch (IllegalArgumentException ignored) {
      // More than the seconds is wrong with it.
      return false;
    }
  }

  /** A number of events that must be given. */
  long events(WindowParameter parameter, String what) {
    Expression value = given.get(parameter);
    if (value == null) {
      fault(window.span(), window.kind() + " needs " + what + " such as 100");
      return 1;
    }
    if (value instanceof IntegerLiteral count
        && count.value().signum() > 0
        && count.value().bitLength() < Integer.SIZE) {
      return count.value().longValueExact();
    }
    fault(value.span(), what + " must be a number of events, from 1 to 2147483647");
    return 1;
  }
}
