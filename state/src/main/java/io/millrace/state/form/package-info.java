/**
 * How the states of a back end are saved and restored together. In come what is captured of each
 * state, and saved bytes; out go captures, and states that are as they were. Used by every back
 * end; knows none of them, and no kind of state but the single number.
 */
@NullMarked
package io.millrace.state.form;

import org.jspecify.annotations.NullMarked;
