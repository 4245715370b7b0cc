/** The millrace command and the distribution. */
@NullMarked
package io.millrace.standalone;

import org.jspecify.annotations.NullMarked;
