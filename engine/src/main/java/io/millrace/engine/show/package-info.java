/**
 * Answers of SHOW, DESCRIBE and EXPLAIN as text for people. Comes in: a compiled script and what
 * the engine knows; goes out: tables and trees that fit a terminal. Those who talk to people may
 * use it.
 */
@NullMarked
package io.millrace.engine.show;

import org.jspecify.annotations.NullMarked;
