package io.millrace.language.analysis;

import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * What the columns of a query's result are to be.
 *
 * @param areNamed whether their names are seen, so that they must differ
 * @param types those of the target, one for each column; empty if none is known
 * @param key which of them are the key that the target declares; none if it declares none
 */
record WantedColumns(boolean areNamed, List<DataType> types, List<Integer> key) {
  static final WantedColumns NAMED = new WantedColumns(true, List.of(), List.of());

  WantedColumns {
    types = List.copyOf(types);
    key = List.copyOf(key);
  }
}
