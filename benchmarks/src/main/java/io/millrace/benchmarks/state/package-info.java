/** What a key of state costs on the heap and in files. */
@NullMarked
package io.millrace.benchmarks.state;

import org.jspecify.annotations.NullMarked;
