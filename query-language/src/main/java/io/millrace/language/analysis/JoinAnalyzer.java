package io.millrace.language.analysis;

import io.millrace.language.ast.DurationLiteral;
import io.millrace.language.ast.Expression;
import io.millrace.language.ast.JoinBound;
import io.millrace.language.ast.JoinRelation;
import io.millrace.language.ast.JoinType;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.JoinBounds;
import io.millrace.language.plan.JoinKind;
import io.millrace.language.plan.JoinMethod;
import io.millrace.language.plan.JoinNode;
import io.millrace.language.plan.JoinTable;
import io.millrace.language.plan.JoinWindows;
import io.millrace.language.plan.JoinWindows.JoinContents;
import io.millrace.language.plan.JoinedEvents;
import io.millrace.language.plan.PlanNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Makes plans of joins (LANGUAGE section 6). Each side is a projection of all its columns, and of
 * its pseudo-columns, so that the time of each event is still known when it has been joined.
 */
final class JoinAnalyzer {
  private static final String CODE = "bad-join";
  private final AnalysisContext context;
  private final Reporter reporter;
  private final JoinRelation relation;

  JoinAnalyzer(AnalysisContext context, JoinRelation relation) {
    this.context = context;
    this.reporter = context.reporter();
    this.relation = relation;
  }

  AnalyzedRelation join(AnalyzedRelation leftInput, AnalyzedRelation rightInput) {
    int before = reporter.errorCount();
    checkNames(leftInput, rightInput);
    if (relation.type() == JoinType.ASOF || relation.type() == JoinType.LEFT_ASOF) {
      reporter.unsupported(UnsupportedFeature.ASOF_JOIN, relation.span());
    }
    if (leftInput.isOpen() || rightInput.isOpen() || reporter.errorCount() > before) {
      return open(leftInput, rightInput);
    }
    JoinSideAnalyzer sides = new JoinSideAnalyzer(context, relation, leftInput, rightInput);
    JoinSide left = sides.left();
    JoinSide right = sides.right();
    List<Scope.Source> sources = new ArrayList<>(left.sources());
    right.sources().forEach(source -> sources.add(moved(source, left.width())));
    RowExpression condition = condition(new Scope(sources));
    JoinKind kind = kind();
    Optional<JoinMethod> method = method(left, right, kind);
    if (method.isEmpty() || reporter.errorCount() > before) {
      return open(leftInput, rightInput);
    }
    boolean takesFailing = !(method.get() instanceof JoinWindows);
    JoinTerms terms = new JoinTerms(condition, left.width(), takesFailing);
    RowExpression rest = terms.rest();
    return AnalyzedRelation.of(
        new JoinNode(
            left.plan(),
            right.plan(),
            kind,
            method.get() instanceof JoinBounds bounds
                ? counted(bounds, left, condition)
                : method.get(),
            terms.leftKeys(),
            terms.rightKeys(),
            rest == null || rest.equals(Constant.TRUE) ? null : rest,
            JoinNode.Unmatched.WHEN_GONE),
        sources);
  }

  private AnalyzedRelation open(AnalyzedRelation left, AnalyzedRelation right) {
    List<Scope.Source> sources = new ArrayList<>();
    left.sources().forEach(source -> sources.add(Scope.open(source.name())));
    right.sources().forEach(source -> sources.add(Scope.open(source.name())));
    return new AnalyzedRelation(left.plan(), sources, left.window(), 0, LateRows.DROPPED, true);
  }

  private void checkNames(AnalyzedRelation left, AnalyzedRelation right) {
    Set<String> names = new HashSet<>();
    left.sources().forEach(source -> names.add(key(source)));
    for (Scope.Source source : right.sources()) {
      if (source.name() != null && names.contains(key(source))) {
        reporter.error(
            "duplicate-name",
            relation.right().span(),
            "two sources are called '" + source.name() + "'",
            "give one another name, as in " + source.name() + " AS other");
      }
    }
  }

  private static String key(Scope.Source source) {
    String name = source.name();
    return name == null ? "" : name.toLowerCase(Locale.ROOT);
  }

  /** A source whose columns are so much further behind. */
  private static Scope.Source moved(Scope.Source source, int by) {
    List<Scope.Column> columns = new ArrayList<>();
    for (Scope.Column column : source.columns()) {
      ColumnReference value = (ColumnReference) column.value();
      columns.add(
          new Scope.Column(
              column.name(),
              new ColumnReference(value.index() + by, value.type(), value.name()),
              column.isPseudo()));
    }
    return new Scope.Source(source.name(), columns, source.isOpen());
  }

  private RowExpression condition(Scope scope) {
    Expression written = relation.condition();
    if (relation.type() == JoinType.CROSS) {
      if (written != null) {
        reporter.error(CODE, written.span(), "CROSS JOIN has no ON", "write JOIN … ON …");
      }
      return Constant.TRUE;
    }
    return written == null
        ? reporter.error(
            CODE,
            relation.span(),
            "JOIN needs a condition: which rows belong together?",
            "write ON a.id = b.id, or CROSS JOIN if all do")
        : new ExpressionAnalyzer(context, scope, Clause.plain("ON")).condition(written, "ON");
  }

  private JoinKind kind() {
    return switch (relation.type()) {
      case LEFT, LEFT_ASOF -> JoinKind.LEFT;
      case RIGHT -> JoinKind.RIGHT;
      case FULL -> JoinKind.FULL;
      case INNER, CROSS, ASOF -> JoinKind.INNER;
    };
  }

  private Optional<JoinMethod> method(JoinSide left, JoinSide right, JoinKind kind) {
    if (left.isTable() && right.isTable()) {
      reporter.unsupported(UnsupportedFeature.JOIN_OF_TABLES, relation.span());
      return Optional.empty();
    }
    if (left.isTable() || right.isTable()) {
      if (left.isTable()) {
        checkTable(left, kind.keepsLeft(), "RIGHT JOIN");
      } else {
        checkTable(right, kind.keepsRight(), "LEFT JOIN");
      }
      return Optional.of(new JoinTable(left.isTable() ? left.key() : right.key()));
    }
    JoinContents ofLeft = left.contents();
    JoinContents ofRight = right.contents();
    return ofLeft != null && ofRight != null
        ? Optional.of(windows(ofLeft, ofRight, kind))
        : bounds(left);
  }

  private JoinWindows windows(JoinContents left, JoinContents right, JoinKind kind) {
    JoinBound written = relation.bound();
    if (written != null) {
      reporter.error(
          CODE,
          written.span(),
          "WITHIN is for streams without a WINDOW: an event meets what is in the window",
          "leave one of them out");
    }
    if ((!left.triggers() && kind.keepsLeft()) || (!right.triggers() && kind.keepsRight())) {
      reporter.error(
          CODE,
          relation.span(),
          kind + " JOIN would send rows of a side that sends none beside UNIDIRECTIONAL",
          "only rows of the UNIDIRECTIONAL side send something");
    }
    return new JoinWindows(left, right, true, false);
  }

  private Optional<JoinMethod> bounds(JoinSide left) {
    JoinBound written = relation.bound();
    if (JoinedEvents.areJoined(left.plan(), JoinWindows.class::isInstance)) {
      reporter.unsupported(UnsupportedFeature.WITHIN_BEHIND_WINDOWS, relation.right().span());
      return Optional.empty();
    }
    if (written == null) {
      reporter.error(
          CODE,
          relation.right().span(),
          "two streams are joined WITHIN a time, or by the contents of a WINDOW",
          "write WITHIN 10 MINUTES before ON; WITHIN UNBOUNDED keeps all events for ever");
      return Optional.empty();
    }
    DurationLiteral grace = relation.grace();
    long graceMillis = grace == null ? 0 : millis(grace);
    return Optional.of(
        written instanceof JoinBound.Interval interval
            ? new JoinBounds(
                millis(interval.before()),
                millis(interval.after()),
                graceMillis,
                JoinBounds.ROWTIME)
            : new JoinBounds(
                JoinBounds.UNBOUNDED, JoinBounds.UNBOUNDED, graceMillis, JoinBounds.ROWTIME));
  }

  private long millis(DurationLiteral duration) {
    if (duration.millis() < 0) {
      reporter.error(CODE, duration.span(), "a duration of a join cannot be negative");
    }
    return duration.millis();
  }

  /** The event of a stream meets what a table has now, so the table has no rows without a match. */
  private void checkTable(JoinSide table, boolean keepsTable, String keepingStream) {
    String name = table.sources().get(0).name();
    String shown = name == null ? "one side" : "'" + name + "'";
    JoinBound written = relation.bound();
    if (written != null) {
      reporter.error(
          CODE,
          written.span(),
          "WITHIN is for two streams, and "
              + shown
              + " is a table: its rows are there until they are replaced or deleted",
          "leave it out");
    }
    if (keepsTable) {
      reporter.error(
          CODE,
          relation.span(),
          relation.type()
              + " JOIN would send rows of the table "
              + shown
              + " that no event meets, but there is no last event",
          "only the stream's rows send something: write " + keepingStream);
    }
  }

  /**
   * The bounds, counted from the first event that has been joined before and that the condition
   * names.
   */
  private static JoinBounds counted(JoinBounds bounds, JoinSide left, RowExpression condition) {
    if (bounds.isUnbounded()
        || !JoinedEvents.areJoined(left.plan(), JoinBounds.class::isInstance)) {
      return bounds;
    }
    Optional<JoinBounds> first = Optional.empty();
    for (Scope.Source source : left.sources()) {
      Optional<JoinBounds> ofSource = countedFrom(source, bounds, left.plan());
      if (ofSource.isPresent() && reads(condition, source)) {
        return ofSource.get();
      }
      first = first.or(() -> ofSource);
    }
    return first.orElse(bounds);
  }

  private static Optional<JoinBounds> countedFrom(
      Scope.Source source, JoinBounds bounds, PlanNode left) {
    for (Scope.Column column : source.columns()) {
      if (column.isPseudo()
          && column.name().equals(Scope.ROWTIME)
          && column.value() instanceof ColumnReference time) {
        return JoinedEvents.delay(left, time.index(), 0).isEmpty()
            ? Optional.empty()
            : Optional.of(bounds.withLeftTime(time.index()));
      }
    }
    return Optional.empty();
  }

  private static boolean reads(RowExpression expression, Scope.Source source) {
    if (expression instanceof ColumnReference column) {
      return source.columns().stream()
          .anyMatch(
              it -> it.value() instanceof ColumnReference own && own.index() == column.index());
    }
    return expression.operands().stream().anyMatch(operand -> reads(operand, source));
  }
}
