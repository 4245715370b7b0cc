package io.millrace.language.analysis;

import io.millrace.language.plan.StreamDeclaration;
import io.millrace.spi.error.Span;

/**
 * Where late rows of a source go.
 *
 * @param stream the stream that LATE INTO names
 * @param span where it names it
 */
record LateTarget(StreamDeclaration stream, Span span) {}
