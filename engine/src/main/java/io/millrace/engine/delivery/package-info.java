/**
 * What a job promises about its rows, after a crash and in another run. Comes in: a compiled script
 * and the connectors that it names; goes out: how each sink's output becomes final, and why. Used
 * by the engine when it starts a job, and to explain it.
 */
@NullMarked
package io.millrace.engine.delivery;

import org.jspecify.annotations.NullMarked;
