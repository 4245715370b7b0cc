package io.millrace.language.plan;

import io.millrace.language.expression.ColumnReference;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Changes by key with all columns of the key, also where the query does not select them.
 *
 * @param plan gives the same rows, and behind their columns those of the key that were missing
 * @param keys indexes of the key columns
 */
public record KeyedChanges(PlanNode plan, List<Integer> keys) {
  public KeyedChanges {
    keys = List.copyOf(keys);
  }

  /**
   * The changes of a plan, whose filters, projections and sorting lie over a table or over groups.
   */
  public static KeyedChanges of(PlanNode plan) {
    if (plan instanceof FilterNode filter) {
      KeyedChanges input = of(filter.input());
      return new KeyedChanges(new FilterNode(input.plan, filter.predicate()), input.keys);
    }
    if (plan instanceof OrderNode order) {
      KeyedChanges input = of(order.input());
      return new KeyedChanges(order.withInputs(List.of(input.plan)), input.keys);
    }
    if (plan instanceof ExplodeNode exploded) {
      return of(exploded);
    }
    return plan instanceof ProjectNode project
        ? of(project)
        : new KeyedChanges(plan, KeyColumns.of(plan, true).columns());
  }

  /** The elements come behind the columns that were missing, and go before them again. */
  private static KeyedChanges of(ExplodeNode exploded) {
    KeyedChanges input = of(exploded.input());
    int given = exploded.input().schema().size();
    int more = input.plan.schema().size() - given;
    int added = exploded.schema().size() - given;
    List<Integer> keys = new ArrayList<>();
    input.keys.forEach(key -> keys.add(key < given ? key : key + added));
    for (int i = exploded.isNumbered() ? added - 1 : 0; i < added; i++) {
      keys.add(given + i);
    }
    if (more == 0) {
      return new KeyedChanges(exploded, keys);
    }
    List<Field> fields = new ArrayList<>(input.plan.schema().fields());
    fields.addAll(exploded.schema().fields().subList(given, given + added));
    Schema there = new Schema(fields);
    List<NamedExpression> columns = new ArrayList<>();
    for (int i = 0; i < there.size(); i++) {
      int from = i < given ? i : i < given + added ? i + more : i - added;
      columns.add(
          new NamedExpression(
              there.name(from), new ColumnReference(from, there.type(from), there.name(from))));
    }
    PlanNode rows = new ExplodeNode(input.plan, exploded.arrays(), exploded.isNumbered(), there);
    return new KeyedChanges(new ProjectNode(rows, columns), keys);
  }

  private static KeyedChanges of(ProjectNode project) {
    KeyedChanges input = of(project.input());
    Schema there = input.plan.schema();
    List<NamedExpression> columns = new ArrayList<>(project.expressions());
    List<Integer> keys = new ArrayList<>();
    for (int key : input.keys) {
      int selected = indexOf(project.expressions(), key);
      if (selected < 0) {
        selected = columns.size();
        columns.add(
            new NamedExpression(
                unusedName(there.name(key), columns),
                new ColumnReference(key, there.type(key), there.name(key))));
      }
      keys.add(selected);
    }
    return new KeyedChanges(new ProjectNode(input.plan, columns), keys);
  }

  private static int indexOf(List<NamedExpression> columns, int source) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).expression() instanceof ColumnReference column
          && column.index() == source) {
        return i;
      }
    }
    return -1;
  }

  /** A name that no column has: the wanted one, or that with a number behind it. */
  public static String unusedName(String wanted, List<NamedExpression> columns) {
    Set<String> used = new HashSet<>();
    columns.forEach(column -> used.add(column.name().toLowerCase(Locale.ROOT)));
    String name = wanted;
    for (int number = 2; used.contains(name.toLowerCase(Locale.ROOT)); number++) {
      name = wanted + "_" + number;
    }
    return name;
  }
}
