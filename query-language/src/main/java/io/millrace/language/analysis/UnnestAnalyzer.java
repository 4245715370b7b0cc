package io.millrace.language.analysis;

import io.millrace.language.ast.Expression;
import io.millrace.language.ast.Relation;
import io.millrace.language.ast.SourceModifiers;
import io.millrace.language.ast.SourceRelation;
import io.millrace.language.ast.TableAlias;
import io.millrace.language.ast.UnnestRelation;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes rows of arrays: {@code CROSS JOIN UNNEST(arrays) AS u(x, …)}. */
final class UnnestAnalyzer {
  private final AnalysisContext context;
  private final UnnestRelation unnest;
  private final @Nullable TableAlias alias;

  private UnnestAnalyzer(
      AnalysisContext context, UnnestRelation unnest, @Nullable TableAlias alias) {
    this.context = context;
    this.unnest = unnest;
    this.alias = alias;
  }

  /** For the right side of a join, if it is an UNNEST. */
  static Optional<UnnestAnalyzer> of(AnalysisContext context, Relation right) {
    if (right instanceof UnnestRelation unnest) {
      return Optional.of(new UnnestAnalyzer(context, unnest, null));
    }
    return right instanceof SourceRelation source
            && source.input() instanceof UnnestRelation unnest
            && hasOnlyAlias(source.modifiers())
        ? Optional.of(new UnnestAnalyzer(context, unnest, source.modifiers().alias()))
        : Optional.empty();
  }

  private static boolean hasOnlyAlias(SourceModifiers modifiers) {
    return modifiers.window() == null
        && modifiers.asOf() == null
        && modifiers.range() == null
        && modifiers.late() == null
        && !modifiers.isUnidirectional();
  }

  AnalyzedRelation over(AnalyzedRelation left) {
    String source = alias == null ? null : alias.name().name();
    List<NamedExpression> arrays = new ArrayList<>();
    List<Scope.Column> columns = new ArrayList<>();
    int width = left.plan().schema().size();
    ExpressionAnalyzer expressions =
        new ExpressionAnalyzer(context, new Scope(left.sources()), Clause.plain("UNNEST"));
    boolean isFaulty = false;
    for (Expression syntax : unnest.arrays()) {
      RowExpression array = expressions.analyze(syntax);
      String name = name(arrays.size());
      if (array.type() instanceof DataType.Array type && !Reporter.isUnknown(type)) {
        int index = width + arrays.size();
        arrays.add(new NamedExpression(name, array));
        columns.add(
            new Scope.Column(name, new ColumnReference(index, type.element(), name), false));
      } else {
        isFaulty = true;
        refuse(array, syntax);
      }
    }
    boolean isNumbered = unnest.isWithOrdinality() || left.plan().isChangelog();
    String number = numberName();
    if (unnest.isWithOrdinality()) {
      int index = width + arrays.size();
      columns.add(
          new Scope.Column(number, new ColumnReference(index, DataType.BIGINT, number), false));
    }
    List<Scope.Source> sources = new ArrayList<>(left.sources());
    Scope.Source element = isFaulty ? Scope.open(source) : new Scope.Source(source, columns, false);
    sources.add(element);
    return new AnalyzedRelation(
        isFaulty ? left.plan() : exploded(left.plan(), arrays, isNumbered, number),
        sources,
        left.window(),
        left.delayMillis(),
        left.late().isSaid()
            ? left.late().map(route -> route.beside(element))
            : LateRows.DROPPED, // an element is no row of the stream
        left.isWindowFaulty());
  }

  private static PlanNode exploded(
      PlanNode rows, List<NamedExpression> arrays, boolean isNumbered, String number) {
    return isNumbered
        ? Explosions.numbered(rows, arrays, number)
        : Explosions.explode(rows, arrays);
  }

  /** The number of an element is called as the alias says behind the elements. */
  private String numberName() {
    int position = unnest.arrays().size();
    return alias != null && position < alias.columns().size()
        ? alias.columns().get(position).name()
        : "ordinality";
  }

  private void refuse(RowExpression array, Expression syntax) {
    if (!Reporter.isFaulty(array)) {
      context
          .reporter()
          .error(
              "type-mismatch", syntax.span(), "UNNEST takes arrays, found " + array.type().sql());
    }
  }

  private String name(int position) {
    if (alias == null) {
      return "unnest_" + (position + 1);
    }
    return position < alias.columns().size()
        ? alias.columns().get(position).name()
        : unnest.arrays().size() == 1 ? alias.name().name() : "unnest_" + (position + 1);
  }
}
