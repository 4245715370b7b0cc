package io.millrace.language.analysis;

import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.LateClause;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowtimeReference;
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
import org.jspecify.annotations.Nullable;

/**
 * LATE INTO: which stream takes the late rows of a source, and how they fit its columns. A column
 * gets the source's column of its name, {@code LATE_BY} how much behind the watermark the row was.
 */
final class LateIntoAnalyzer {
  private static final String LATE_BY = "LATE_BY";
  private static final String SET = "grouping_set";
  private static final String ELEMENT = "element_number";

  private final AnalysisContext context;
  private final Reporter reporter;

  LateIntoAnalyzer(AnalysisContext context) {
    this.context = context;
    this.reporter = context.reporter();
  }

  /** Reports that no row is late where a query says what becomes of those that are. */
  static void refuse(Reporter reporter, LateClause clause) {
    Identifier name = clause.into();
    reporter.error(
        "bad-late-into",
        name == null ? clause.span() : name.span(),
        (name == null ? "LATE DROP" : "LATE INTO")
            + " needs a WINDOW: where rows are taken as they come, none is late",
        "write WINDOW … before it; without one, rows are late for OVER (… ORDER BY ROWTIME), a"
            + " PATTERN, and a join WITHIN a time");
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
    return Optional.of(new LateTarget(stream, name.span(), name.span(), null));
  }

  /**
   * Sends late rows of a source into streams.
   *
   * @param rows those of the source, filtered
   * @param late what becomes of late ones among them
   * @param word where the query may say it itself
   * @return puts what is needed for it below a node that finds rows late
   */
  UnaryOperator<PlanNode> into(LateRows late, PlanNode rows, LateWord word) {
    return into(late, rows, word, GroupingSets.none(), Optional.empty());
  }

  /**
   * As {@link #into(LateRows, PlanNode, LateWord)}, of a window over a source of groups.
   *
   * @param sets by which they are grouped: with several a window finds each copy of a row late
   * @param above which of the rows that enter a window are wanted; empty if all are
   */
  UnaryOperator<PlanNode> into(
      LateRows late, PlanNode rows, GroupingSets sets, Optional<ContentsFilter> above) {
    return into(late, rows, LateWord.BEHIND_WINDOW, sets, above);
  }

  private UnaryOperator<PlanNode> into(
      LateRows late,
      PlanNode rows,
      LateWord word,
      GroupingSets sets,
      Optional<ContentsFilter> above) {
    late.unrouted().forEach(stream -> context.inheritedLate().use(stream, word));
    List<UnaryOperator<PlanNode>> all = new ArrayList<>();
    for (LateRoute route : late.routes()) {
      LateRoute once =
          sets.areSeveral()
              ? route.ofShare(new LateRoute.Share(SET, sets.first(), sets.first()))
              : route;
      into(once, rows, word, above).ifPresent(all::add);
    }
    return node -> {
      PlanNode routed = node;
      for (UnaryOperator<PlanNode> one : all) {
        routed = one.apply(routed);
      }
      return routed;
    };
  }

  /** One of them; empty after a report. */
  private Optional<UnaryOperator<PlanNode>> into(
      LateRoute route, PlanNode rows, LateWord word, Optional<ContentsFilter> above) {
    int number = context.nextLateRows();
    LateTarget target = route.target();
    Fitting fitting = new Fitting(target, route.columns(), word);
    Optional<List<NamedExpression>> fitted = fitting.fit();
    if (fitted.isEmpty()) {
      return Optional.empty();
    }
    context.inheritedLate().use(target, word);
    above.ifPresent(filter -> fitting.wanted.add(filter.column()));
    int ofFilter = fitting.wanted.size();
    for (LateRoute.Share share : route.shares()) {
      fitting.wanted.add(new NamedExpression(share.name(), share.number()));
    }
    PlanNode late = new LateRowsNode(number, rows, fitting.schema());
    int place = ofFilter;
    for (LateRoute.Share share : route.shares()) {
      late = share.in(late, ++place);
    }
    PlanNode once = late;
    PlanNode kept = above.<PlanNode>map(filter -> filter.overLate(once, ofFilter)).orElse(once);
    context.addLateFeed(
        new LateFeed(target.stream(), new ProjectNode(kept, fitted.get()), target.span()));
    return Optional.of(
        node -> new LateIntoNode(node, number, target.stream().name(), fitting.wanted));
  }

  /** Late rows of a source whose elements may be rows of the window, and of which they are none. */
  static LateRows ofElements(LateRows late) {
    Constant row = new Constant(0L, DataType.BIGINT);
    return late.map(route -> route.ofShare(new LateRoute.Share(ELEMENT, row, row)));
  }

  /** The rows without what is wanted of late ones on top. */
  static PlanNode withoutLate(PlanNode rows) {
    return rows instanceof LateIntoNode late ? withoutLate(late.input()) : rows;
  }

  /**
   * Sends late rows of a source also into its streams where they are found behind a projection.
   *
   * @param rows of the source, with what is wanted of late ones on top, if anything is
   * @param projected the columns; those that are wanted beside them are added behind
   * @return puts what is needed for it on the projection
   */
  static UnaryOperator<PlanNode> behind(PlanNode rows, List<NamedExpression> projected) {
    if (!(rows instanceof LateIntoNode late)) {
      return UnaryOperator.identity();
    }
    UnaryOperator<PlanNode> below = behind(late.input(), projected);
    List<NamedExpression> columns = new ArrayList<>();
    for (NamedExpression column : late.columns()) {
      columns.add(
          new NamedExpression(
              column.name(), LateRoute.place(projected, column.name(), column.expression())));
    }
    return node -> new LateIntoNode(below.apply(node), late.number(), late.stream(), columns);
  }

  /**
   * What is wanted of late rows, where a node has a copy of each row for each set, or element.
   *
   * @param rows of the source, with what is wanted of late ones on top, if anything is
   * @param number the column with the number of the set, or the element
   */
  static PlanNode ofCopies(PlanNode rows, PlanNode copies, ColumnReference number) {
    if (!(rows instanceof LateIntoNode late)) {
      return copies;
    }
    List<NamedExpression> columns = new ArrayList<>(late.columns());
    int last = columns.size() - 1;
    columns.set(last, new NamedExpression(columns.get(last).name(), number));
    return new LateIntoNode(
        ofCopies(late.input(), copies, number), late.number(), late.stream(), columns);
  }

  /** Fits the columns of a source, and how late a row was, to those of a stream. */
  private final class Fitting {
    private final StreamDeclaration stream;
    private final @Nullable String derived;
    private final Span span;
    private final Scope scope;
    private final LateWord word;
    private final List<NamedExpression> wanted = new ArrayList<>();
    private DataType lateBy = DataType.INTERVAL;

    Fitting(LateTarget target, Scope scope, LateWord word) {
      this.word = word;
      this.stream = target.stream();
      this.derived = target.derived();
      this.span = target.place();
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

    private Optional<String> hint(Field field) {
      return derived == null
          ? NearestName.hint(field.name(), scope.names())
          : Optional.of(
              "late rows of '"
                  + derived
                  + "' go where those of its source go, as LATE INTO there says: select the column"
                  + " in the query that feeds it"
                  + word.hint(", or ", "LATE INTO or LATE DROP"));
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
                  + "', and "
                  + (derived == null ? "the source of the late rows" : "'" + derived + "'")
                  + " has none of this name",
              hint(field))
          : reporter.error(
              "ambiguous-column",
              span,
              "column '" + field.name() + "' of '" + stream.name() + "' is ambiguous",
              "name the columns of the source apart");
    }
  }
}
