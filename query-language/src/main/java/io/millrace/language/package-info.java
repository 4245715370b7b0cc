/** Query text to a typed logical plan, or to diagnostics. */
@NullMarked
package io.millrace.language;

import org.jspecify.annotations.NullMarked;
