package io.millrace.engine;

import io.millrace.language.expression.Constant;
import io.millrace.language.plan.OnDemandPlan;
import io.millrace.operators.table.TableContents;
import io.millrace.operators.window.HeldContents;
import io.millrace.spi.data.Column;

/** The rows of a table that a question reads: one by its key, or all of them. */
final class AskedTable implements HeldContents {
  private final TableContents table;
  private final int[] numbers;

  AskedTable(OnDemandPlan plan, TableContents table) {
    this.table = table;
    this.numbers = plan.key().isEmpty() ? table.numbers() : numberOf(plan, table);
  }

  private static int[] numberOf(OnDemandPlan plan, TableContents table) {
    Column[] key = new Column[plan.key().size()];
    for (int i = 0; i < key.length; i++) {
      Constant constant = plan.key().get(i);
      key[i] = Column.of(constant.type().layout(), 1);
      key[i].set(0, constant.value());
    }
    int number = table.find(key, 0);
    return number < 0 ? new int[0] : new int[] {number};
  }

  @Override
  public int size() {
    return numbers.length;
  }

  @Override
  public void copy(int from, int to, Column[] into, long[] rowtimes) {
    table.copy(numbers, from, to, into, rowtimes);
  }
}
