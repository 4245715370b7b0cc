/**
 * Tables: the current rows of a change log by key, kept for queries and to tell new rows from
 * replaced ones.
 */
@NullMarked
package io.millrace.operators.table;

import org.jspecify.annotations.NullMarked;
