/**
 * Opens the connectors of a job and holds what becomes of bad records and rows. Comes in: stream
 * declarations; goes out: open sources and sinks, error policies, dead letters.
 */
@NullMarked
package io.millrace.engine.connect;

import org.jspecify.annotations.NullMarked;
