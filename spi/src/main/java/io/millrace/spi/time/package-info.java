/**
 * Time as the engine sees it: the watermark over the positions of a turn, time domains, the clock.
 * Operators and the runtime share it; nothing here reads the system's clock but the named clock
 * itself.
 */
@NullMarked
package io.millrace.spi.time;

import org.jspecify.annotations.NullMarked;
