package io.millrace.spi.state;

/**
 * Declares {@link Panes}.
 *
 * @param table what every pane is
 * @param isDerived whether the operator can make all that it holds anew out of its other state: it
 *     may be left out when state goes to other tasks
 */
public record PanesSpec(SlotTableSpec table, boolean isDerived) {
  public PanesSpec(SlotTableSpec table) {
    this(table, false);
  }
}
