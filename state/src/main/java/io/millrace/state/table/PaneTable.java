package io.millrace.state.table;

import io.millrace.spi.state.SlotTable;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateReader;
import io.millrace.state.form.DeclaredState;
import java.io.IOException;
import java.util.List;

/** A slot table that can be one of several of one state. */
public interface PaneTable extends SlotTable, DeclaredState {
  /** Whether a capture or a restored state knows the table. */
  boolean isCaptured();

  /** Makes an empty table one that no capture knows. */
  void beginUncaptured();

  /** As {@link #capture(boolean)}, with codecs that several tables share. */
  SlotTableCapture capture(boolean full, List<ColumnCodec> codecs);

  /** As {@link #drain()}, with codecs that several tables share. */
  default SlotTableCapture drain(List<ColumnCodec> codecs) {
    return capture(true, codecs);
  }

  /** As {@code restore(StateSignature, StateReader)}, with codecs that several tables share. */
  void restore(List<ColumnCodec> codecs, StateReader in) throws IOException;
}
