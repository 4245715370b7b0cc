/**
 * Whether several processes can share a job, each with some partitions of its topics. Comes in: a
 * compiled script and the connectors that it names; goes out: what is shared, or why nothing can
 * be. Used by the engine when it shares a job, and to explain it.
 */
@NullMarked
package io.millrace.engine.sharing;

import org.jspecify.annotations.NullMarked;
