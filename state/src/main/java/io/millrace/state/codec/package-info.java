/**
 * The binary form of saved state. In come columns of internal values and the declarations that they
 * belong to; out go blocks of bytes that depend on no machine, and back. Used by every back end of
 * state; knows none of them.
 */
@NullMarked
package io.millrace.state.codec;

import org.jspecify.annotations.NullMarked;
