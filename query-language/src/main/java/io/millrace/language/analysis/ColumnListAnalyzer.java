package io.millrace.language.analysis;

import io.millrace.language.ast.ColumnDefinition;
import io.millrace.language.ast.ColumnKey;
import io.millrace.language.ast.DecimalLiteral;
import io.millrace.language.ast.DoubleLiteral;
import io.millrace.language.ast.DurationLiteral;
import io.millrace.language.ast.Expression;
import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.IntegerLiteral;
import io.millrace.language.ast.TimeClause;
import io.millrace.language.plan.TimeAttribute;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.time.Slack;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Makes schema, key and time of a column list. */
final class ColumnListAnalyzer {
  private final Reporter reporter;
  private final TypeAnalyzer types;

  ColumnListAnalyzer(AnalysisContext context) {
    this.reporter = context.reporter();
    this.types = context.types();
  }

  Schema schema(List<ColumnDefinition> columns) {
    List<Field> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ColumnDefinition column : columns) {
      DataType type = types.analyze(column.type());
      if (!names.add(column.name().name().toLowerCase(Locale.ROOT))) {
        reporter.error(
            "duplicate-name",
            column.name().span(),
            "there is already a column '" + column.name().name() + "'");
        continue;
      }
      if (column.isNotNull()) {
        reporter.unsupported(UnsupportedFeature.NOT_NULL, column.span());
      }
      fields.add(new Field(column.name().name(), type));
    }
    return new Schema(fields);
  }

  List<Integer> keys(List<ColumnDefinition> columns, Schema schema) {
    List<Integer> keys = new ArrayList<>();
    for (ColumnDefinition column : columns) {
      int index = schema.indexOf(column.name().name());
      if (column.key() != ColumnKey.NONE && !keys.contains(index)) {
        keys.add(index);
      }
    }
    return keys;
  }

  /** The time of the rows. A later clause of the same kind is an error. */
  TimeAttribute time(List<TimeClause> clauses, Schema schema) {
    TimeAttribute time = new TimeAttribute.Undeclared();
    for (TimeClause clause : clauses) {
      Optional<TimeAttribute> next = time(clause, schema);
      if (next.isPresent() && !(time instanceof TimeAttribute.Undeclared)) {
        reporter.error(
            "duplicate-time",
            clause.span(),
            "the time of the rows is declared already",
            "a stream has one WATERMARK or one TIMESTAMP BY");
      } else {
        time = next.orElse(time);
      }
    }
    return time;
  }

  /**
   * What IDLE TIMEOUT says, in milliseconds; 0 without one.
   *
   * @param time what the other clauses say
   * @param hasConnector whether the rows may come with times that a connector gives them
   */
  long idleMillis(List<TimeClause> clauses, TimeAttribute time, boolean hasConnector) {
    long millis = 0;
    for (TimeClause clause : clauses) {
      if (clause instanceof TimeClause.IdleTimeout idle) {
        if (millis > 0) {
          reporter.error("duplicate-time", clause.span(), "IDLE TIMEOUT is given twice");
        } else if (idle.timeout().millis() == 0) {
          reporter.error(
              "invalid-argument", idle.timeout().span(), "IDLE TIMEOUT must be longer than 0");
        } else if (time instanceof TimeAttribute.Undeclared
            && !hasConnector
            && clauses.stream().noneMatch(TimeClause.MarkWatermark.class::isInstance)) {
          reporter.error(
              "bad-idle-timeout",
              clause.span(),
              "the rows have the time of their arrival, so that a silent input holds nothing up",
              "write IDLE TIMEOUT behind a WATERMARK or TIMESTAMP BY");
        }
        millis = idle.timeout().millis();
      }
    }
    return millis;
  }

  private Optional<TimeAttribute> time(TimeClause clause, Schema schema) {
    if (clause instanceof TimeClause.FixedWatermark watermark) {
      long slack = watermark.slack() == null ? 0 : watermark.slack().millis();
      return timeColumn(watermark.column(), schema)
          .map(column -> new TimeAttribute.Watermark(column, new Slack.Fixed(slack)));
    }
    if (clause instanceof TimeClause.AdaptiveWatermark watermark) {
      return timeColumn(watermark.column(), schema)
          .flatMap(
              column -> slack(watermark).map(slack -> new TimeAttribute.Watermark(column, slack)));
    }
    if (clause instanceof TimeClause.TimestampBy by) {
      return timeColumn(by.column(), schema).map(TimeAttribute.Column::new);
    }
    return Optional.empty();
  }

  private Optional<Slack> slack(TimeClause.AdaptiveWatermark watermark) {
    DurationLiteral max = watermark.max();
    if (max != null && max.millis() == 0) {
      reporter.error(
          "invalid-argument",
          max.span(),
          "the largest slack must be longer than 0",
          "leave MAX out for a slack as large as the disorder, or write WATERMARK FOR "
              + watermark.column().name()
              + " AS "
              + watermark.column().name()
              + " for rows that come in order");
      return Optional.empty();
    }
    long most = max == null ? Long.MAX_VALUE : max.millis();
    Expression quality = watermark.quality();
    if (quality == null) {
      return Optional.of(new Slack.Adaptive(most));
    }
    double share = number(quality);
    if (share > 0 && share <= 1) {
      return Optional.of(new Slack.Quality(share, most));
    }
    reporter.error(
        "invalid-argument",
        quality.span(),
        "QUALITY is the share of the events that shall be in order: above 0 and up to 1",
        "write QUALITY 0.99 for 99 % of them");
    return Optional.empty();
  }

  private static double number(Expression literal) {
    if (literal instanceof IntegerLiteral integer) {
      return integer.value().doubleValue();
    }
    return literal instanceof DecimalLiteral decimal
        ? decimal.value().doubleValue()
        : ((DoubleLiteral) literal).value();
  }

  private Optional<Integer> timeColumn(Identifier name, Schema schema) {
    int index = -1;
    for (int i = 0; i < schema.size(); i++) {
      index = name.matches(schema.name(i)) ? i : index;
    }
    if (index < 0) {
      reporter.error(
          "unknown-column",
          name.span(),
          "unknown column '" + name.name() + "'",
          NearestName.hint(name.name(), schema.names()));
      return Optional.empty();
    }
    DataType type = schema.type(index);
    if (type != DataType.TIMESTAMP && type != DataType.BIGINT && type != DataType.NULL) {
      reporter.error(
          "type-mismatch",
          name.span(),
          "the time of the rows must be a TIMESTAMP, or a BIGINT of milliseconds; '"
              + schema.name(index)
              + "' is "
              + type.sql());
      return Optional.empty();
    }
    return type == DataType.NULL ? Optional.empty() : Optional.of(index);
  }
}
