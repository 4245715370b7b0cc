package io.millrace.state.form;

import io.millrace.spi.state.SortBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.state.codec.StateKind;
import io.millrace.state.codec.StateSignature;

/** A sort buffer as a back end has it. */
public interface DeclaredSortBuffer extends SortBuffer, DeclaredState {
  /** What a sort buffer is saved under. */
  static StateSignature signature(SortBufferSpec spec) {
    StateSignature signature =
        StateSignature.ofRows(spec.name(), StateKind.SORT_BUFFER, spec.version(), spec.columns());
    return spec.isLater() ? signature.asLater() : signature;
  }
}
