package io.millrace.language.analysis;

import io.millrace.language.ast.Identifier;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowtimeReference;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.LateIntoNode;
import io.millrace.language.plan.LateRowsNode;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * LATE INTO: which stream takes the late rows of a source, and how they fit its columns. A column
 * gets the source's column of its name, {@code LATE_BY} how much behind the watermark the row was.
 */
final class LateIntoAnalyzer {
  private static final String LATE_BY = "LATE_BY";
  private static final String SET = "grouping_set";

  /**
   * Which rows are meant of those that a node finds late: of the copies for several sets those of
   * the first, among them those that nothing has copied yet; of the rows of several streams those
   * of one.
   *
   * @param number what a row says of this
   * @param wanted what those say that are meant
   */
  record Share(String name, RowExpression number, Constant wanted) {

    /**
     * These of the late rows.
     *
     * @param late with the number as their last column
     */
    private PlanNode in(PlanNode late) {
      ColumnReference there = new ColumnReference(late.schema().size() - 1, wanted.type(), name);
      return new FilterNode(late, new Comparison(ComparisonOperator.EQUAL, there, wanted));
    }
  }

  private final AnalysisContext context;
  private final Reporter reporter;

  LateIntoAnalyzer(AnalysisContext context) {
    this.context = context;
    this.reporter = context.reporter();
  }

  /** The stream of this name, which must be one of the script; empty after a report. */
  Optional<LateTarget> target(Identifier name, Streams streams) {
    Optional<StreamSymbol> found = streams.get(name);
    if (found.isEmpty() || found.get().isOpen()) {
      return Optional.empty();
    }
    StreamDeclaration stream = found.get().declaration();
    boolean isElsewhere =
        context.catalog().existing().stream()
            .anyMatch(known -> known.name().equalsIgnoreCase(stream.name()));
    if (stream.isTable() || stream.rollup() != null || isElsewhere) {
      reporter.error(
          "bad-target",
          name.span(),
          !isElsewhere || stream.isTable()
              ? "late rows go into a stream, and '"
                  + stream.name()
                  + "' is "
                  + (stream.isTable() ? "a table" : "an aggregation")
              : "'" + stream.name() + "' belongs to a script that runs already",
          "declare a stream for them in this script");
      return Optional.empty();
    }
    return Optional.of(new LateTarget(stream, name.span()));
  }

  /** Sends the late rows of a source, of which each is there once, into a stream. */
  Optional<UnaryOperator<PlanNode>> into(LateTarget target, PlanNode rows, Scope scope) {
    return into(target, rows, scope, Optional.empty());
  }

  /** As {@link #into(LateTarget, PlanNode, Scope)}, of a share of the rows, or of all. */
  Optional<UnaryOperator<PlanNode>> into(
      LateTarget target, PlanNode rows, Scope scope, Optional<Share> share) {
    return into(target, rows, scope, share, Optional.empty());
  }

  /**
   * Sends the late rows of a source of groups into a stream.
   *
   * @param rows the rows of the source, filtered
   * @param scope their columns
   * @param sets by which they are grouped: with several a window finds each copy of a row late
   * @param above which of the rows that enter a window are wanted; empty if all are
   * @return puts what is needed for it below a node that finds rows late; empty after a report
   */
  Optional<UnaryOperator<PlanNode>> into(
      LateTarget target,
      PlanNode rows,
      Scope scope,
      GroupingSets sets,
      Optional<ContentsFilter> above) {
    Optional<Share> share =
        sets.areSeveral()
            ? Optional.of(new Share(SET, sets.first(), sets.first()))
            : Optional.empty();
    return into(target, rows, scope, share, above);
  }

  private Optional<UnaryOperator<PlanNode>> into(
      LateTarget target,
      PlanNode rows,
      Scope scope,
      Optional<Share> share,
      Optional<ContentsFilter> above) {
    int number = context.nextLateRows();
    Fitting fitting = new Fitting(target, scope);
    Optional<List<NamedExpression>> fitted = fitting.fit();
    if (fitted.isEmpty()) {
      return Optional.empty();
    }
    above.ifPresent(filter -> fitting.wanted.add(filter.column()));
    int ofFilter = fitting.wanted.size();
    share.ifPresent(of -> fitting.wanted.add(new NamedExpression(of.name(), of.number())));
    PlanNode late = new LateRowsNode(number, rows, fitting.schema());
    PlanNode once = share.<PlanNode>map(of -> of.in(late)).orElse(late);
    PlanNode kept = above.<PlanNode>map(filter -> filter.overLate(once, ofFilter)).orElse(once);
    context.addLateFeed(
        new LateFeed(target.stream(), new ProjectNode(kept, fitted.get()), target.span()));
    return Optional.of(
        node -> new LateIntoNode(node, number, target.stream().name(), fitting.wanted));
  }

  /**
   * The late rows of a node that has a copy of each row for each set.
   *
   * @param late what is wanted of those that are not copied
   * @param number the column with the number of the set
   */
  static LateIntoNode ofSets(LateIntoNode late, PlanNode copies, ColumnReference number) {
    List<NamedExpression> columns = new ArrayList<>(late.columns());
    columns.set(columns.size() - 1, new NamedExpression(SET, number));
    return new LateIntoNode(copies, late.number(), late.stream(), columns);
  }

  /** Fits the columns of a source, and how late a row was, to those of a stream. */
  private final class Fitting {
    private final StreamDeclaration stream;
    private final Span span;
    private final Scope scope;
    private final List<NamedExpression> wanted = new ArrayList<>();
    private DataType lateBy = DataType.INTERVAL;

    Fitting(LateTarget target, Scope scope) {
      this.stream = target.stream();
      this.span = target.span();
      this.scope = scope;
    }

    /** What the stream's columns are of the late rows; empty after a report. */
    Optional<List<NamedExpression>> fit() {
      int before = reporter.errorCount();
      List<NamedExpression> fitted = new ArrayList<>();
      for (Field field : stream.schema().fields()) {
        RowExpression value =
            field.name().equalsIgnoreCase(LATE_BY) ? lateBy(field) : columnOf(field);
        String purpose = "column '" + field.name() + "' of '" + stream.name() + "'";
        fitted.add(
            new NamedExpression(
                field.name(), context.coercion().coerce(value, field.type(), span, purpose)));
      }
      return reporter.errorCount() > before ? Optional.empty() : Optional.of(fitted);
    }

    /** What the late rows have: how late they were, then the wanted columns. */
    Schema schema() {
      List<Field> fields = new ArrayList<>();
      fields.add(new Field(LATE_BY, lateBy));
      for (NamedExpression column : wanted) {
        fields.add(new Field(column.name(), column.expression().type()));
      }
      return new Schema(fields);
    }

    private RowExpression lateBy(Field field) {
      if (field.type() == DataType.INTERVAL || field.type() == DataType.BIGINT) {
        lateBy = field.type();
        return new ColumnReference(0, lateBy, LATE_BY);
      }
      return reporter.error(
          "type-mismatch",
          span,
          "'"
              + field.name()
              + "' is how late a row was, an INTERVAL or a BIGINT of milliseconds; in '"
              + stream.name()
              + "' it is "
              + field.type().sql());
    }

    private RowExpression columnOf(Field field) {
      RowExpression value = find(field);
      if (value instanceof RowtimeReference || Reporter.isFaulty(value)) {
        return value;
      }
      wanted.add(new NamedExpression(field.name(), value));
      return new ColumnReference(wanted.size(), value.type(), field.name());
    }

    private RowExpression find(Field field) {
      List<Scope.Column> found = scope.find(new Identifier(field.name(), false, span));
      if (found.size() == 1) {
        return found.get(0).value();
      }
      return found.isEmpty()
          ? reporter.error(
              "unknown-column",
              span,
              "'"
                  + stream.name()
                  + "' has a column '"
                  + field.name()
                  + "', and the source of the late rows has none of this name",
              NearestName.hint(field.name(), scope.names()))
          : reporter.error(
              "ambiguous-column",
              span,
              "column '" + field.name() + "' of '" + stream.name() + "' is ambiguous",
              "name the columns of the source apart");
    }
  }
}
