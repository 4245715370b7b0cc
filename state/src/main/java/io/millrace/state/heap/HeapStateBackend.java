package io.millrace.state.heap;

import io.millrace.spi.error.MillraceException;
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
import io.millrace.state.codec.StateReader;
import io.millrace.state.codec.StateSignature;
import io.millrace.state.codec.StateWriter;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * State in arrays on the heap. Saved are a version of the form, the number of states, and for each,
 * in the order of their declaration, its signature and its content.
 */
public final class HeapStateBackend implements StateBackend {
  private static final int FORM = 1;
  private final Map<String, HeapState> states = new LinkedHashMap<>();

  @Override
  public SlotTable slotTable(SlotTableSpec spec) {
    return declare(new HeapSlotTable(spec));
  }

  @Override
  public Panes panes(PanesSpec spec) {
    return declare(new HeapPanes(spec.table()));
  }

  @Override
  public RowLog rowLog(RowLogSpec spec) {
    return declare(new HeapRowLog(spec));
  }

  @Override
  public SortBuffer sortBuffer(SortBufferSpec spec) {
    return declare(new HeapSortBuffer(spec));
  }

  @Override
  public LongValue longValue(String name) {
    return declare(new HeapLongValue(name));
  }

  @Override
  public StateCapture capture(boolean full) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      save(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new WholeCapture(bytes.toByteArray());
  }

  private void save(DataOutput out) throws IOException {
    StateWriter writer = new StateWriter(out);
    writer.writeUnsigned(FORM);
    writer.writeUnsigned(states.size());
    for (HeapState state : states.values()) {
      state.signature().write(writer);
      state.save(writer);
    }
    writer.flush();
  }

  @Override
  public void restore(DataInput in) throws IOException {
    StateReader reader = new StateReader(in);
    int form = reader.readInt();
    if (form != FORM) {
      throw new MillraceException(
          "saved state has form "
              + form
              + ", this version of Millrace reads form "
              + FORM
              + "; restore it with the version that saved it");
    }
    Set<String> missing = new LinkedHashSet<>(states.keySet());
    int count = reader.readInt();
    for (int i = 0; i < count; i++) {
      StateSignature saved = StateSignature.read(reader);
      HeapState state = states.get(saved.name());
      if (state == null || !missing.remove(saved.name())) {
        throw new MillraceException(
            "saved state '"
                + saved.name()
                + "' ("
                + saved.describe()
                + ") is not declared by the query, which has "
                + states.keySet()
                + "; restore it with the query that saved it, or start without it");
      }
      saved.requireFits(state.signature());
      state.restore(saved, reader);
    }
    if (!missing.isEmpty()) {
      throw new MillraceException(
          "the query declares state that was not saved: "
              + missing
              + "; restore it with the query that saved it, or start without it");
    }
  }

  @Override
  public long entries() {
    long entries = 0;
    for (HeapState state : states.values()) {
      entries += state.entries();
    }
    return entries;
  }

  private <S extends HeapState> S declare(S state) {
    String name = state.signature().name();
    if (states.putIfAbsent(name, state) != null) {
      throw new IllegalArgumentException("state '" + name + "' is declared twice");
    }
    return state;
  }
}
