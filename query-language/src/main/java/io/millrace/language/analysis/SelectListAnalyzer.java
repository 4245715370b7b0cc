package io.millrace.language.analysis;

import io.millrace.language.ast.Expression;
import io.millrace.language.ast.FieldExpression;
import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.NameExpression;
import io.millrace.language.ast.Select;
import io.millrace.language.ast.SelectItem;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.FieldAccess;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes the columns of a select list: expands stars, gives names, refuses equal ones. */
final class SelectListAnalyzer {
  private final AnalysisContext context;
  private final Reporter reporter;
  private final Scope scope;
  private final ExpressionAnalyzer expressions;

  SelectListAnalyzer(AnalysisContext context, Scope scope, ExpressionAnalyzer expressions) {
    this.context = context;
    this.reporter = context.reporter();
    this.scope = scope;
    this.expressions = expressions;
  }

  /** The columns; of equal names, and of no type, it reports those that are not wanted so. */
  List<ResultColumn> analyze(List<SelectItem> items, WantedColumns wanted) {
    List<ResultColumn> columns = typed(analyze(items), wanted.types());
    check(columns, wanted.areNamed());
    return columns;
  }

  /** A NULL is of the type of the column for which it is. */
  private static List<ResultColumn> typed(List<ResultColumn> columns, List<DataType> types) {
    if (columns.size() != types.size()) {
      return columns;
    }
    List<ResultColumn> typed = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      ResultColumn column = columns.get(i);
      boolean isNull = column.expression().equals(Constant.nullOf(DataType.NULL));
      typed.add(isNull ? column.with(Constant.nullOf(types.get(i))) : column);
    }
    return typed;
  }

  private List<ResultColumn> analyze(List<SelectItem> items) {
    List<ResultColumn> columns = new ArrayList<>();
    for (SelectItem item : items) {
      if (item instanceof SelectItem.Column column) {
        columns.add(column(column, columns.size() + 1));
      } else if (item instanceof SelectItem.Star star) {
        columns.addAll(star(star));
      }
    }
    return columns;
  }

  private ResultColumn column(SelectItem.Column item, int position) {
    RowExpression value = expressions.analyze(item.expression());
    Identifier alias = item.alias();
    String name = alias == null ? ownName(item.expression(), value, position) : alias.name();
    return new ResultColumn(name, value, item.expression().span());
  }

  /** The declared spelling of a column or field; as written where that is not known. */
  private static String ownName(Expression expression, RowExpression value, int position) {
    boolean isName = expression instanceof NameExpression || expression instanceof FieldExpression;
    if (isName && value instanceof ColumnReference column) {
      return column.name();
    }
    if (isName
        && value instanceof FieldAccess access
        && access.struct().type() instanceof DataType.StructOf struct) {
      return struct.fields().get(access.field()).name();
    }
    return ValueAnalyzer.ownName(expression).orElse("col_" + position);
  }

  private List<ResultColumn> star(SelectItem.Star star) {
    Expression qualifier = star.qualifier();
    if (qualifier == null) {
      return allColumns(star.span());
    }
    Optional<Scope.Source> source =
        qualifier instanceof NameExpression name ? scope.findSource(name.name()) : Optional.empty();
    return source.isPresent()
        ? columnsOf(source.get(), star.span(), List.of())
        : fieldsOf(qualifier, star.span());
  }

  private List<ResultColumn> allColumns(Span span) {
    List<ResultColumn> columns = new ArrayList<>();
    for (int i = 0; i < scope.sources().size(); i++) {
      List<Scope.Source> others = new ArrayList<>(scope.sources());
      Scope.Source source = others.remove(i);
      columns.addAll(columnsOf(source, span, others));
    }
    return columns;
  }

  /** Names that are in another source, too, get their source in front. */
  private List<ResultColumn> columnsOf(Scope.Source source, Span span, List<Scope.Source> others) {
    List<ResultColumn> columns = new ArrayList<>();
    for (Scope.Column column : source.declared()) {
      boolean clashes =
          others.stream()
              .flatMap(other -> other.declared().stream())
              .anyMatch(other -> other.name().equalsIgnoreCase(column.name()));
      String name =
          clashes && source.name() != null ? source.name() + "_" + column.name() : column.name();
      RowExpression value =
          column.value() instanceof ColumnReference reference
              ? context.referenceAt(reference, span)
              : column.value();
      columns.add(new ResultColumn(name, value, span));
    }
    return columns;
  }

  private List<ResultColumn> fieldsOf(Expression qualifier, Span span) {
    RowExpression struct = expressions.analyze(qualifier);
    if (Reporter.isFaulty(struct)) {
      return List.of(new ResultColumn("*", struct, span));
    }
    if (!(struct.type() instanceof DataType.StructOf type)) {
      RowExpression faulty =
          reporter.error(
              "type-mismatch",
              qualifier.span(),
              ".* takes the fields of a struct, found " + struct.type().sql());
      return List.of(new ResultColumn("*", faulty, span));
    }
    List<ResultColumn> columns = new ArrayList<>();
    for (int i = 0; i < type.fields().size(); i++) {
      columns.add(
          new ResultColumn(
              type.fields().get(i).name(),
              new FieldAccess(struct, i, type.fields().get(i).type()),
              span));
    }
    return columns;
  }

  /** What a select list gives a name, by this name in lower case. */
  static Map<String, Expression> aliases(Select select) {
    Map<String, Expression> aliases = new HashMap<>();
    for (SelectItem item : select.items()) {
      if (item instanceof SelectItem.Column column) {
        Identifier alias = column.alias();
        if (alias != null) {
          aliases.putIfAbsent(alias.name().toLowerCase(Locale.ROOT), column.expression());
        }
      }
    }
    return aliases;
  }

  /** Reports columns whose names are equal, and those without a type. */
  private void check(List<ResultColumn> columns, boolean needsNames) {
    Map<String, ResultColumn> seen = new HashMap<>();
    for (ResultColumn column : columns) {
      RowExpression value = column.expression();
      if (Reporter.isFaulty(value)) {
        continue;
      }
      if (Reporter.isUnknown(value.type())) {
        reporter.error(
            "unknown-column-type",
            column.span(),
            "the type of column '" + column.name() + "' is not known",
            "write CAST(… AS type) around it");
      }
      ResultColumn first = seen.putIfAbsent(column.name().toLowerCase(Locale.ROOT), column);
      if (needsNames && first != null) {
        reporter.error(
            "duplicate-name",
            column.span(),
            "two columns of the result are called '" + column.name() + "'",
            "the other is at "
                + first.span().line()
                + ":"
                + first.span().column()
                + "; give one another name with AS");
      }
    }
  }
}
