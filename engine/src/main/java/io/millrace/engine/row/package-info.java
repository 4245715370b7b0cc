/**
 * Between the objects of an embedding program and columns: records, maps, and rows. Comes in: a
 * class and a schema; goes out: generated code that copies without reflection where the class can
 * be reached.
 */
@NullMarked
package io.millrace.engine.row;

import org.jspecify.annotations.NullMarked;
