package io.millrace.runtime.rescale;

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
import io.millrace.spi.state.StateContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The states of one instance of an operator, as it has declared them, in their order. */
public final class StateInventory implements StateContext {
  private final StateBackend backend;
  private final Map<String, Declared<SlotTableSpec, SlotTable>> tables = new LinkedHashMap<>();
  private final Map<String, Declared<PanesSpec, Panes>> panes = new LinkedHashMap<>();
  private final Map<String, Declared<RowLogSpec, RowLog>> logs = new LinkedHashMap<>();
  private final Map<String, Declared<SortBufferSpec, SortBuffer>> buffers = new LinkedHashMap<>();
  private final Map<String, LongValue> values = new LinkedHashMap<>();

  /** A state, and what was said of it. */
  record Declared<D, S>(D spec, S state) {}

  /**
   * @param backend gives the states
   */
  public StateInventory(StateBackend backend) {
    this.backend = backend;
  }

  public StateBackend backend() {
    return backend;
  }

  @Override
  public SlotTable slotTable(SlotTableSpec spec) {
    SlotTable state = backend.slotTable(spec);
    tables.put(spec.name(), new Declared<>(spec, state));
    return state;
  }

  @Override
  public Panes panes(PanesSpec spec) {
    Panes state = backend.panes(spec);
    panes.put(spec.table().name(), new Declared<>(spec, state));
    return state;
  }

  @Override
  public RowLog rowLog(RowLogSpec spec) {
    RowLog state = backend.rowLog(spec);
    logs.put(spec.name(), new Declared<>(spec, state));
    return state;
  }

  @Override
  public SortBuffer sortBuffer(SortBufferSpec spec) {
    SortBuffer state = backend.sortBuffer(spec);
    buffers.put(spec.name(), new Declared<>(spec, state));
    return state;
  }

  @Override
  public LongValue longValue(String name) {
    LongValue state = backend.longValue(name);
    values.put(name, state);
    return state;
  }

  Map<String, Declared<SlotTableSpec, SlotTable>> tables() {
    return tables;
  }

  Map<String, Declared<PanesSpec, Panes>> allPanes() {
    return panes;
  }

  Map<String, Declared<RowLogSpec, RowLog>> logs() {
    return logs;
  }

  Map<String, Declared<SortBufferSpec, SortBuffer>> buffers() {
    return buffers;
  }

  Map<String, LongValue> values() {
    return values;
  }

  SlotTable table(String name) {
    return known(tables.get(name), name).state();
  }

  Panes panes(String name) {
    return known(panes.get(name), name).state();
  }

  RowLog log(String name) {
    return known(logs.get(name), name).state();
  }

  SortBuffer buffer(String name) {
    return known(buffers.get(name), name).state();
  }

  LongValue value(String name) {
    return known(values.get(name), name);
  }

  private static <T> T known(@Nullable T state, String name) {
    if (state == null) {
      throw new IllegalStateException("state '" + name + "' is not declared");
    }
    return state;
  }
}
