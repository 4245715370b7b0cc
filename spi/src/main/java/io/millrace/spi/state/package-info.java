/**
 * The closed set of kinds of state that operators declare. The engine provides, saves and restores
 * them; operators and compiled code work on their arrays. Implemented by the state module.
 */
@NullMarked
package io.millrace.spi.state;

import org.jspecify.annotations.NullMarked;
