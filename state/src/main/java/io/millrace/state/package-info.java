/** The back ends of keyed state and the snapshots. */
@NullMarked
package io.millrace.state;

import org.jspecify.annotations.NullMarked;
