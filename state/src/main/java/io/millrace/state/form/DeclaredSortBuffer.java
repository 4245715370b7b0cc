package io.millrace.state.form;

import io.millrace.spi.state.SortBuffer;

/** A sort buffer that is saved and restored. */
public interface DeclaredSortBuffer extends SortBuffer, DeclaredState {}
