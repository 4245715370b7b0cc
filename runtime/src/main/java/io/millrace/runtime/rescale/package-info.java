/**
 * Brings the state of an operator to another number of tasks. In come the states of the tasks that
 * were, restored one after the other; out go their keys, each to the task that has its key group
 * now, with all that refers to it. Knows states by what operators declare of them, and no operator.
 *
 * <pre>
 * part 0 of 2 --+                       +--> task 0 of 3
 * part 1 of 2 --+--> Rescaling (KeyRoute) --> task 1 of 3
 *                                       +--> task 2 of 3
 * </pre>
 */
@NullMarked
package io.millrace.runtime.rescale;

import org.jspecify.annotations.NullMarked;
