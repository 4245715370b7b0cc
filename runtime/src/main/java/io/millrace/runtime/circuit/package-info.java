/**
 * The running operators of an engine and the turns that drive rows through them. Comes in: operator
 * graphs to add and remove, batches at entry ports; goes out: batches to listeners. One thread at a
 * time; whoever enters holds the engine's lock.
 */
@NullMarked
package io.millrace.runtime.circuit;

import org.jspecify.annotations.NullMarked;
