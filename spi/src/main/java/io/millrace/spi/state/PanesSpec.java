package io.millrace.spi.state;

/**
 * Declares {@link Panes}.
 *
 * @param table what every pane is
 */
public record PanesSpec(SlotTableSpec table) {}
