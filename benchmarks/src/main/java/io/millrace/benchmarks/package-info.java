/** How fast Millrace is, beside hand-written Java and beside its peers. */
@NullMarked
package io.millrace.benchmarks;

import org.jspecify.annotations.NullMarked;
