/**
 * Saves objects of users' own classes, such as accumulators of aggregates that are no records, with
 * Kryo. Nobody of the engine depends on it: an author of aggregates adds it.
 */
@NullMarked
package io.millrace.codecs.kryo;

import org.jspecify.annotations.NullMarked;
