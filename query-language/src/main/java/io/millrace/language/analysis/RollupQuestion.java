package io.millrace.language.analysis;

import io.millrace.language.ast.CalendarUnit;
import io.millrace.language.ast.Expression;
import io.millrace.language.ast.IntegerLiteral;
import io.millrace.language.ast.RollupRange;
import io.millrace.language.ast.SourceModifiers;
import io.millrace.language.ast.SourceRelation;
import io.millrace.language.ast.StreamReference;
import io.millrace.language.ast.StringLiteral;
import io.millrace.language.ast.TableAlias;
import io.millrace.language.ast.TemporalKind;
import io.millrace.language.ast.TemporalLiteral;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.Rollup;
import io.millrace.language.plan.RollupGranularity;
import io.millrace.language.plan.RollupSlice;
import io.millrace.language.plan.ScanNode;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a question to an aggregation reads: the buckets of WITHIN … PER, as rows. */
final class RollupQuestion {
  private static final String CODE = "bad-question";
  private static final String EXAMPLE = "write WITHIN '2024-03-01', '2024-04-01' PER 'hours'";

  private final Reporter reporter;
  private final RelationAnalyzer relations;
  private final StreamDeclaration aggregation;
  private final Rollup rollup;
  private final ZoneId zone;

  RollupQuestion(
      AnalysisContext context, RelationAnalyzer relations, StreamDeclaration aggregation) {
    this.reporter = context.reporter();
    this.relations = relations;
    this.aggregation = aggregation;
    this.rollup = Objects.requireNonNull(aggregation.rollup());
    ZoneId named = rollup.window().zone();
    this.zone = named == null ? ZoneOffset.UTC : named;
  }

  /** The columns of the aggregation, and WINDOW_START and WINDOW_END of its buckets. */
  AnalyzedRelation source(@Nullable TableAlias alias) {
    Schema kept = rollup.kept();
    PlanNode scan = new ScanNode(aggregation.ofKept(), List.of(), kept);
    RowExpression condition = rollup.condition();
    PlanNode shown = condition == null ? scan : new FilterNode(scan, condition);
    List<NamedExpression> columns = new ArrayList<>(rollup.columns());
    int visible = columns.size();
    for (int i = kept.size() - 2; i < kept.size(); i++) {
      String name = kept.name(i);
      columns.add(new NamedExpression(name, new ColumnReference(i, kept.type(i), name)));
    }
    ProjectNode rows = new ProjectNode(shown, columns);
    AnalyzedRelation source =
        AnalyzedRelation.of(
            rows, List.of(Scope.source(aggregation.name(), rows.schema().fields(), visible)));
    return alias == null ? source : relations.renamed(source, alias);
  }

  /** The buckets that are asked for; empty after a report. */
  Optional<RollupSlice> slice(StreamReference name, @Nullable SourceRelation relation) {
    RollupRange range = relation == null ? null : relation.modifiers().range();
    if (relation == null || range == null) {
      reporter.error(
          CODE,
          name.span(),
          "'" + aggregation.name() + "' is an aggregation: say which of its buckets you ask for",
          EXAMPLE);
      return Optional.empty();
    }
    refuseModifiers(relation.modifiers(), relation.span());
    Optional<CalendarUnit> unit = unit(range.unit());
    Optional<PeriodText.Period> bounds = bounds(range);
    return unit.isPresent() && bounds.isPresent()
        ? Optional.of(new RollupSlice(unit.get(), bounds.get().start(), bounds.get().end()))
        : Optional.empty();
  }

  private void refuseModifiers(SourceModifiers modifiers, Span span) {
    if (modifiers.window() != null
        || modifiers.late() != null
        || modifiers.asOf() != null
        || modifiers.isUnidirectional()) {
      reporter.error(
          CODE, span, "behind an aggregation stands WITHIN … PER, and perhaps an alias, only");
    }
  }

  private Optional<CalendarUnit> unit(Expression written) {
    List<String> kept =
        rollup.window().granularities().stream()
            .map(RollupGranularity::unit)
            .map(unit -> unit.name().toLowerCase(Locale.ROOT) + "s")
            .toList();
    String all = "'" + aggregation.name() + "' keeps " + String.join(", ", kept);
    if (!(written instanceof StringLiteral text)) {
      reporter.error(CODE, written.span(), "PER takes a text such as 'hours'", all);
      return Optional.empty();
    }
    String name = text.value().strip().toLowerCase(Locale.ROOT);
    for (RollupGranularity granularity : rollup.window().granularities()) {
      String unit = granularity.unit().name().toLowerCase(Locale.ROOT);
      if (name.equals(unit) || name.equals(unit + "s")) {
        return Optional.of(granularity.unit());
      }
    }
    reporter.error(
        CODE,
        written.span(),
        "'" + aggregation.name() + "' keeps no '" + text.value() + "'",
        NearestName.hint(name, kept).orElse(all));
    return Optional.empty();
  }

  private Optional<PeriodText.Period> bounds(RollupRange range) {
    Expression from = range.from();
    Expression to = range.to();
    if (range.isPeriod()) {
      return from == null
          ? Optional.of(new PeriodText.Period(Long.MIN_VALUE, Long.MAX_VALUE))
          : period(from);
    }
    Optional<Long> start =
        from == null ? Optional.of(Long.MIN_VALUE) : time(from).map(PeriodText.Period::start);
    Optional<Long> end =
        to == null ? Optional.of(Long.MAX_VALUE) : time(to).map(PeriodText.Period::start);
    if (start.isEmpty() || end.isEmpty()) {
      return Optional.empty();
    }
    if (start.get() >= end.get()) {
      reporter.error(
          CODE,
          range.span(),
          "nothing lies WITHIN a time and one that is not after it",
          "the first bound is part of the range, the second is not");
      return Optional.empty();
    }
    return Optional.of(new PeriodText.Period(start.get(), end.get()));
  }

  /** What one bound alone says; empty after a report. */
  private Optional<PeriodText.Period> period(Expression written) {
    boolean isPeriod =
        written instanceof StringLiteral
            || (written instanceof TemporalLiteral literal && literal.kind() == TemporalKind.DATE);
    if (!isPeriod) {
      reporter.error(
          CODE,
          written.span(),
          "one moment says no range",
          "write a period, such as WITHIN '2024-03', or two bounds; UNBOUNDED is none");
      return Optional.empty();
    }
    return time(written);
  }

  /** A bound as a period, whose start is meant where two bounds stand; empty after a report. */
  private Optional<PeriodText.Period> time(Expression written) {
    Optional<PeriodText.Period> time = Optional.empty();
    if (written instanceof StringLiteral text) {
      time = PeriodText.parse(text.value(), zone);
    } else if (written instanceof TemporalLiteral literal) {
      time =
          switch (literal.kind()) {
            case DATE -> PeriodText.parse(literal.text(), zone);
            case TIMESTAMP ->
                TemporalText.parse(literal.text(), DataType.TIMESTAMP).map(RollupQuestion::moment);
            case TIME -> Optional.empty();
          };
    } else if (written instanceof IntegerLiteral literal
        && literal.value().bitLength() < Long.SIZE) {
      time = Optional.of(moment(literal.value().longValue()));
    }
    if (time.isEmpty()) {
      reporter.error(
          CODE,
          written.span(),
          "WITHIN takes times: this is none",
          "such as '2024-03-01 10:00', '2024-03', TIMESTAMP '2024-03-01 10:00:00', or milliseconds"
              + " since the epoch");
    }
    return time;
  }

  private static PeriodText.Period moment(long millis) {
    return new PeriodText.Period(millis, millis);
  }
}
