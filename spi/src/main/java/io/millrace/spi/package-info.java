/** The contracts and data types that all modules share. */
@NullMarked
package io.millrace.spi;

import org.jspecify.annotations.NullMarked;
