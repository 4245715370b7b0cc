/**
 * What a connector and a format implement: sources that fill columns, sinks that take batches,
 * decoders and encoders. Found by ServiceLoader; driven by the runtime.
 */
@NullMarked
package io.millrace.spi.connector;

import org.jspecify.annotations.NullMarked;
