/**
 * What the documentation says of the language, held against the code. Pages come in from docs, what
 * analysis knows is compared with them. Nothing depends on it.
 */
@NullMarked
package io.millrace.conformance.language;

import org.jspecify.annotations.NullMarked;
