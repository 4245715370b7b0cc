/**
 * What happens when more rows come than a job works off. Comes in: what its script says of that,
 * and its streams; goes out: which of them may lose rows, and counts and warnings of those that are
 * lost. Used by the engine and by the planning of delivery.
 */
@NullMarked
package io.millrace.engine.overload;

import org.jspecify.annotations.NullMarked;
