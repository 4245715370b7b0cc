/** The real command as a process: what only shows between processes, and when one is killed. */
@NullMarked
package io.millrace.conformance.process;

import org.jspecify.annotations.NullMarked;
