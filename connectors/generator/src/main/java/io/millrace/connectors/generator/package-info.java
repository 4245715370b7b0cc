/** Makes seeded random rows at a given rate. */
@NullMarked
package io.millrace.connectors.generator;

import org.jspecify.annotations.NullMarked;
