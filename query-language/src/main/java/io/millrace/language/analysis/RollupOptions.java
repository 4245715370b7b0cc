package io.millrace.language.analysis;

import io.millrace.language.ast.CalendarUnit;
import io.millrace.language.ast.CreateAggregation;
import io.millrace.language.plan.RollupGranularity;
import io.millrace.language.plan.RollupWindow;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.option.OptionType;
import io.millrace.spi.option.OptionValues;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which buckets an aggregation keeps, how long, and in whose calendar: EVERY, and WITH. */
final class RollupOptions {
  private static final String ZONE = "time.zone";
  private static final String RETENTION = "retention";
  private static final String FOREVER = "forever";

  private final Reporter reporter;
  private final OptionsAnalyzer options;

  RollupOptions(AnalysisContext context) {
    this.reporter = context.reporter();
    this.options = new OptionsAnalyzer(context.catalog(), reporter);
  }

  /** How long a bucket is kept behind its end, as an option would say it. */
  private static String usualRetention(CalendarUnit unit) {
    return switch (unit) {
      case SECOND -> "2 MINUTES";
      case MINUTE -> "1 DAY";
      case HOUR -> "30 DAYS";
      case DAY, WEEK -> "366 DAYS";
      case MONTH, QUARTER, YEAR -> FOREVER;
    };
  }

  private static String retentionOf(CalendarUnit unit) {
    return RETENTION + "." + unit.name().toLowerCase(Locale.ROOT);
  }

  private static List<OptionSpec> specs(List<CalendarUnit> units) {
    List<OptionSpec> specs = new ArrayList<>();
    specs.add(
        OptionSpec.optional(
            ZONE, OptionType.STRING, null, "the zone in whose calendar the buckets are"));
    specs.add(
        OptionSpec.optional(
            RETENTION, OptionType.STRING, null, "how long behind its end a bucket is kept"));
    for (CalendarUnit unit : units) {
      specs.add(
          OptionSpec.optional(
              retentionOf(unit), OptionType.STRING, usualRetention(unit), "the same, for " + unit));
    }
    return specs;
  }

  RollupWindow window(CreateAggregation statement) {
    List<CalendarUnit> units =
        Arrays.stream(CalendarUnit.values())
            .filter(unit -> unit.compareTo(statement.finest()) >= 0)
            .filter(unit -> unit.compareTo(statement.coarsest()) <= 0)
            .toList();
    Map<String, OptionsAnalyzer.Given> given =
        options.plain(statement.options(), specs(units), "the options of this aggregation are ");
    List<RollupGranularity> granularities = new ArrayList<>();
    for (CalendarUnit unit : units) {
      OptionsAnalyzer.Given own = given.get(retentionOf(unit));
      OptionsAnalyzer.Given said = own == null ? given.get(RETENTION) : own;
      long retention = said == null ? millis(usualRetention(unit)).orElseThrow() : retention(said);
      granularities.add(new RollupGranularity(unit, retention));
    }
    return new RollupWindow(granularities, zone(given.get(ZONE)));
  }

  private static Optional<Long> millis(String text) {
    return text.strip().equalsIgnoreCase(FOREVER)
        ? Optional.of(RollupGranularity.FOREVER)
        : OptionValues.parseDuration(text).map(Duration::toMillis);
  }

  private long retention(OptionsAnalyzer.Given given) {
    Optional<Long> millis = millis(given.value());
    if (millis.isEmpty()) {
      reporter.error(
          "bad-option",
          given.assignment().value().span(),
          "option '"
              + given.assignment().key()
              + "' must be a duration such as 30 DAYS, or 'forever', not '"
              + given.value()
              + "'");
    }
    return millis.orElse(RollupGranularity.FOREVER);
  }

  private @Nullable ZoneId zone(OptionsAnalyzer.@Nullable Given given) {
    if (given == null) {
      return null;
    }
    try {
      return ZoneId.of(given.value().strip());
    } catch (DateTimeException ignored) { // the answer is "no such zone"
      reporter.error(
          "bad-option",
          given.assignment().value().span(),
          "option '"
              + given.assignment().key()
              + "' must be a time zone such as 'Europe/Berlin', not '"
              + given.value()
              + "'");
      return null;
    }
  }
}
