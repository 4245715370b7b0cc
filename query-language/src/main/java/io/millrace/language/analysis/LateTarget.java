package io.millrace.language.analysis;

import io.millrace.language.plan.StreamDeclaration;
import io.millrace.spi.error.Span;
import org.jspecify.annotations.Nullable;

/**
 * Where late rows of a source go.
 *
 * @param stream the stream that LATE INTO names
 * @param span where it names it
 * @param place where a fault of the columns is reported
 * @param derived the stream whose late rows go there because those do of which it is made; null if
 *     LATE INTO is said of the source itself
 */
record LateTarget(StreamDeclaration stream, Span span, Span place, @Nullable String derived) {

  /** The same for late rows of a stream that a query makes of the source's rows. */
  LateTarget inherited(String by, Span at) {
    return new LateTarget(stream, span, at, by);
  }
}
