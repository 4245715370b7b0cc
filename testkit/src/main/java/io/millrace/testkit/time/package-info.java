/**
 * Time under a test's control. A test moves the clock; the code under test reads it through the
 * contract of {@code spi}. Tests of every module may use it.
 */
@NullMarked
package io.millrace.testkit.time;

import org.jspecify.annotations.NullMarked;
