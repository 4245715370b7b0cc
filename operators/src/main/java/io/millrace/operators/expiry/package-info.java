/**
 * Time-to-live of state. In come the rows that keys are touched by, and the progress of time; out
 * go the keys that were not touched for so long. Used by operators that keep keys for ever
 * otherwise.
 */
@NullMarked
package io.millrace.operators.expiry;

import org.jspecify.annotations.NullMarked;
