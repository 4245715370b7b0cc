/**
 * Silent inputs of a query, in front of what holds their rows: the rows of an input come in, and go
 * out as they are, with a watermark that goes on with the other inputs while this one is idle. Used
 * by the compiler only. State: none but how far that watermark has come.
 */
@NullMarked
package io.millrace.operators.follow;

import org.jspecify.annotations.NullMarked;
