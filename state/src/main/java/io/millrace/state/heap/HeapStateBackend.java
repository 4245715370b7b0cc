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
import java.io.DataInput;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * State in arrays on the heap. A capture copies what has changed, or refers to what never changes;
 * it is encoded when it is written.
 */
public final class HeapStateBackend implements StateBackend {
  private final Map<String, HeapState> states = new LinkedHashMap<>();

  /** Whether there is a full capture that the next one can continue. */
  private boolean captured;

  /** The number of the state as it was last captured or restored. */
  private long number;

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
    boolean isFull = full || !captured;
    List<HeapState> changed = states.values().stream().filter(HeapState::isChanged).toList();
    long before = number;
    if (!changed.isEmpty()) {
      number++;
    }
    Collection<HeapState> taken = isFull ? states.values() : changed;
    HeapCapture capture =
        new HeapCapture(new SavedForm.Header(isFull, isFull ? number : before, taken.size()));
    for (HeapState state : taken) {
      capture.add(state.signature(), state.capture(isFull));
    }
    captured = true;
    return capture;
  }

  @Override
  public void restore(DataInput in) throws IOException {
    StateReader reader = new StateReader(in);
    SavedForm.Header header = SavedForm.Header.read(reader);
    requireContinues(header);
    Set<String> missing = new LinkedHashSet<>(states.keySet());
    for (int i = 0; i < header.sections(); i++) {
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
    if (header.isFull() && !missing.isEmpty()) {
      throw new MillraceException(
          "the query declares state that was not saved: "
              + missing
              + "; restore it with the query that saved it, or start without it");
    }
    captured = true;
    number = header.numberBehind();
  }

  private void requireContinues(SavedForm.Header header) {
    if (header.isFull() && captured) {
      throw new IllegalStateException("a full state is restored first, and once");
    }
    if (!header.isFull() && !(captured && header.number() == number)) {
      throw new MillraceException(
          "a part of the saved state is missing: what is to be restored continues state "
              + header.number()
              + ", but "
              + (captured ? "state " + number + " was restored" : "nothing was restored")
              + " before it; restore an earlier snapshot");
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
