package io.millrace.state.table;

import io.millrace.spi.state.SlotTable;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateReader;
import io.millrace.state.form.CapturedState;
import io.millrace.state.form.DeclaredState;
import java.io.IOException;
import java.util.List;

/** A slot table that can be one of several of one state. */
public interface PaneTable extends SlotTable, DeclaredState {
  /** Whether a capture or a restored state knows the table. */
  boolean isCaptured();

  /** Makes an empty table one that no capture knows. */
  void beginUncaptured();

  /** Whether a capture reads the table that has not taken all out of it yet. */
  default boolean isBeingTaken() {
    return false;
  }

  /** As {@link #capture(boolean)}, with codecs that several tables share. */
  CapturedState capture(boolean full, List<ColumnCodec> codecs);

  /** As {@link #drain()}, with codecs that several tables share. */
  default CapturedState drain(List<ColumnCodec> codecs) {
    return capture(true, codecs);
  }

  /** As {@code restore(StateSignature, StateReader)}, with codecs that several tables share. */
  void restore(List<ColumnCodec> codecs, StateReader in) throws IOException;
}
