package io.millrace.state.heap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.state.StateCapture;
import io.millrace.spi.state.StateCodec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import io.millrace.testkit.state.SavedState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Slices of captures of a table, some of whose slots hold much. */
class GreatObjectCaptureTest {
  private static final int SLOTS = 400;
  private static final int ROWS = 64;
  private static final String MUCH = "much ".repeat(20_000);

  private final WrittenTexts codec = new WrittenTexts();
  private final SlotTableSpec spec =
      new SlotTableSpec("t", 1, List.of(DataType.BIGINT), List.of(StateType.object("text", codec)));
  private final StateBackend backend = new HeapStateBackend();
  private final SlotTable table = backend.slotTable(spec);

  private void fill() {
    LongColumn keys = new LongColumn(SLOTS);
    int[] slots = new int[SLOTS];
    for (int i = 0; i < SLOTS; i++) {
      keys.put(i, i);
    }
    table.resolve(new Column[] {keys}, 0, SLOTS, slots);
    for (int slot : slots) {
      table.field(0).set(slot, new StringBuilder(text(slot)));
    }
  }

  private static String text(int slot) {
    return (slot < SLOTS / 2 ? "little " : MUCH) + slot;
  }

  @Test
  void shouldTakeFewSlotsAtOnceWhenTheyHoldMuch() {
    fill();
    StateCapture capture = backend.beginCapture(true);
    int most = 0;
    int slices = 0;
    boolean isWhole = false;
    for (; !isWhole; slices++) {
      codec.written = 0;
      isWhole = capture.takeMore(ROWS) < ROWS;
      most = Math.max(most, codec.written);
    }

    assertThat(most).isBetween(MUCH.length(), 10 * MUCH.length());
    assertThat(slices).isBetween(SLOTS / 2 - 8, SLOTS / 2 + SLOTS / ROWS);
    StateBackend restored = new HeapStateBackend();
    SlotTable copy = restored.slotTable(spec);
    SavedState.of(capture).restore(restored);
    for (int slot = 0; slot < SLOTS; slot++) {
      assertThat(copy.field(0).get(slot)).hasToString(text(slot));
    }
  }

  /** Counts the characters that it writes. */
  private static final class WrittenTexts implements StateCodec<StringBuilder> {
    private int written;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(StringBuilder value, DataOutput out) throws IOException {
      written += value.length();
      byte[] bytes = value.toString().getBytes(US_ASCII);
      out.writeInt(bytes.length);
      out.write(bytes);
    }

    @Override
    public StringBuilder read(int version, DataInput in) throws IOException {
      byte[] bytes = new byte[in.readInt()];
      in.readFully(bytes);
      return new StringBuilder(new String(bytes, US_ASCII));
    }
  }
}
