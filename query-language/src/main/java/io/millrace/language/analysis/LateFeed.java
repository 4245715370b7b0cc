package io.millrace.language.analysis;

import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.spi.error.Span;

/**
 * The late rows of a source of a query, on their way into a stream: a query of its own, behind the
 * one that finds them late.
 *
 * @param root its plan, fitted to the columns of the stream
 * @param span where LATE INTO names the stream
 */
record LateFeed(StreamDeclaration target, PlanNode root, Span span) {}
