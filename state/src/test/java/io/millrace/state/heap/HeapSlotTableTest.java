package io.millrace.state.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapSlotTableTest {
  private final HeapSlotTable table =
      new HeapSlotTable(
          new SlotTableSpec(
              "t", 1, List.of(DataType.BIGINT), List.of(StateType.of("f", DataType.BIGINT))));

  @Test
  void shouldFindEveryKeyWhenThereAreMany() {
    int count = 1_000_000;
    resolve(0, count);

    assertThat(table.size()).isEqualTo(count);
    for (int key = 0; key < count; key += 997) {
      assertThat(resolve(key, 1)[0]).isEqualTo(key);
    }
    for (int slot = 0; slot < count; slot += 2) {
      table.remove(slot);
    }
    for (int key = 1; key < count; key += 998) {
      assertThat(resolve(key, 1)[0]).isEqualTo(key);
    }
    assertThat(table.find(keys(2, 1), 0)).isEqualTo(-1);
  }

  @Test
  void shouldGiveMemoryBackWhenFewKeysFollowMany() {
    resolve(0, 100_000);
    for (int i = 0; i < 20; i++) {
      table.clear();
      assertThat(resolve(i, 3)).containsExactly(0, 1, 2);
    }

    assertThat(table.key(0).capacity()).isLessThan(100);
    assertThat(((LongColumn) table.key(0)).values()).startsWith(19, 20, 21);
  }

  @Test
  void shouldBeUnchangedWhenKeysAreOnlyLookedUp() {
    resolve(0, 100);
    table.capture(false);
    table.find(keys(7, 1), 0);
    resolve(0, 0);

    assertThat(table.isChanged()).isFalse();
    table.touch(99);
    assertThat(table.isChanged()).isTrue();
  }

  private int[] resolve(int first, int count) {
    int[] slots = new int[count];
    table.resolve(keys(first, count), 0, count, slots);
    return slots;
  }

  private static Column[] keys(int first, int count) {
    LongColumn column = new LongColumn(count);
    for (int i = 0; i < count; i++) {
      column.values()[i] = (long) first + i;
    }
    return new Column[] {column};
  }
}
