/**
 * Options with type, default and description, declared once by connectors, formats and the engine;
 * checked when a script is compiled and printed by DESCRIBE CONNECTOR.
 */
@NullMarked
package io.millrace.spi.option;

import org.jspecify.annotations.NullMarked;
