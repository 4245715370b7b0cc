/** The embedding API: the one artifact that an application adds. */
@NullMarked
package io.millrace.engine;

import org.jspecify.annotations.NullMarked;
