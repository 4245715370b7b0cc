/**
 * Many filters of one stream, which an index takes together, beside the same filters one by one.
 * Comes in: random conditions and rows; goes out: that rows, errors and their order are the same.
 */
@NullMarked
package io.millrace.conformance.filter;

import org.jspecify.annotations.NullMarked;
