/** Tests of what parts of a shared job give each other. */
@NullMarked
package io.millrace.engine.exchange;

import org.jspecify.annotations.NullMarked;
