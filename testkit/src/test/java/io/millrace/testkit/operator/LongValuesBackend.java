package io.millrace.testkit.operator;

import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.Panes;
import io.millrace.spi.state.PanesSpec;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.SortBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.state.StateCapture;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A back end of numbers only, each of which is an entry while it is not 0. */
final class LongValuesBackend implements StateBackend {
  private final Map<String, Long> values = new TreeMap<>();

  @Override
  public LongValue longValue(String name) {
    values.put(name, 0L);
    return new LongValue() {
      @Override
      public long get() {
        return values.getOrDefault(name, 0L);
      }

      @Override
      public void set(long value) {
        values.put(name, value);
      }
    };
  }

  @Override
  public StateCapture capture(boolean full) {
    List<Long> captured = List.copyOf(values.values());
    return new StateCapture() {
      @Override
      public boolean isFull() {
        return true;
      }

      @Override
      public boolean isEmpty() {
        return false;
      }

      @Override
      public void write(DataOutput out) throws IOException {
        for (long value : captured) {
          out.writeLong(value);
        }
      }
    };
  }

  @Override
  public void restore(DataInput in) throws IOException {
    for (Map.Entry<String, Long> entry : values.entrySet()) {
      entry.setValue(in.readLong());
    }
  }

  @Override
  public long entries() {
    return values.values().stream().filter(value -> value != 0).count();
  }

  @Override
  public void close() {}

  @Override
  public SlotTable slotTable(SlotTableSpec spec) {
    throw new AssertionError("numbers only: " + spec);
  }

  @Override
  public Panes panes(PanesSpec spec) {
    throw new AssertionError("numbers only: " + spec);
  }

  @Override
  public RowLog rowLog(RowLogSpec spec) {
    throw new AssertionError("numbers only: " + spec);
  }

  @Override
  public SortBuffer sortBuffer(SortBufferSpec spec) {
    throw new AssertionError("numbers only: " + spec);
  }
}
