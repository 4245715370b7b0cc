package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A query with analytic functions in any orders, and what its result is after each change: all is
 * computed anew.
 *
 * @param least what QUALIFY wants of the first function at least; 0 for nothing
 */
record OverQuery(Condition where, List<OverFunction> functions, boolean selectsId, long least) {

  static OverQuery random(Random random, boolean isOfTable) {
    List<OverFunction> functions = new ArrayList<>();
    boolean mayBeSpread = random.nextBoolean();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      OverFunction function = OverFunction.random(random);
      functions.add(mayBeSpread ? function.partitioned() : function);
    }
    // rankings alone are queries of their own
    functions.add(new OverFunction("count(*)", mayBeSpread, List.of(), frameOfAll()));
    return new OverQuery(
        Condition.random(random, 1),
        functions,
        isOfTable && random.nextInt(3) > 0,
        random.nextInt(3) == 0 ? random.nextInt(4) : 0);
  }

  private static OverFunction.FrameText frameOfAll() {
    return new OverFunction.FrameText(false, false, null, null);
  }

  String sql(String source) {
    List<String> list = new ArrayList<>(List.of(selectsId ? "id" : "k", "a"));
    for (OverFunction function : functions) {
      list.add(function.sql() + " AS f" + list.size());
    }
    return "SELECT "
        + String.join(", ", list)
        + " FROM "
        + source
        + " WHERE "
        + where.sql()
        + (least == 0 ? "" : " QUALIFY f2 >= " + least)
        + ";";
  }

  /** The key of a row of the result: the key of the table, or the whole row. */
  List<@Nullable Object> keyOf(List<@Nullable Object> values) {
    return selectsId ? values.subList(0, 1) : values;
  }

  /** The rows of the result by their keys, after each change. */
  List<Map<List<@Nullable Object>, List<@Nullable Object>>> contents(List<TableChange> history) {
    List<Map<List<@Nullable Object>, List<@Nullable Object>>> contents = new ArrayList<>();
    Map<InputRow, Long> ids = new IdentityHashMap<>();
    List<List<InputRow>> rows = new ArrayList<>();
    functions.forEach(function -> rows.add(new ArrayList<>()));
    for (TableChange change : history) {
      InputRow row = change.row();
      boolean isThere = !change.isDeletion() && ReferenceQuery.passes(where, row, InputRow::a);
      for (int i = 0; i < functions.size(); i++) {
        List<InputRow> there = rows.get(i);
        int before = 0;
        while (before < there.size() && !Objects.equals(ids.get(there.get(before)), change.id())) {
          before++;
        }
        boolean keepsPlace =
            isThere && before < there.size() && functions.get(i).keepsPlace(there.get(before), row);
        if (keepsPlace) {
          there.set(before, row);
          continue;
        }
        if (before < there.size()) {
          there.remove(before);
        }
        if (isThere) {
          there.add(row);
        }
      }
      ids.put(row, change.id());
      contents.add(result(rows, ids));
    }
    return contents;
  }

  private Map<List<@Nullable Object>, List<@Nullable Object>> result(
      List<List<InputRow>> rows, Map<InputRow, Long> ids) {
    Map<List<@Nullable Object>, List<@Nullable Object>> result = new HashMap<>();
    for (InputRow row : rows.get(0)) {
      List<@Nullable Object> values =
          new ArrayList<>(Arrays.asList(selectsId ? ids.get(row) : row.k(), row.a()));
      for (int i = 0; i < functions.size(); i++) {
        values.add(functions.get(i).value(rows.get(i), row));
      }
      if (least == 0 || (values.get(2) instanceof Long first && first >= least)) {
        result.put(keyOf(values), values);
      }
    }
    return result;
  }
}
