package io.millrace.spi.connector;

import io.millrace.spi.option.Options;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * The stream or table whose rows a connector reads or writes.
 *
 * @param name its name in the script
 * @param schema its columns
 * @param keyColumns indexes of the KEY or PRIMARY KEY columns, in order; may be empty
 * @param isTable whether it is a table: rows are upserts and deletions
 * @param options the options of its WITH clause, checked
 */
public record StreamDefinition(
    String name, Schema schema, List<Integer> keyColumns, boolean isTable, Options options) {
  public StreamDefinition {
    keyColumns = List.copyOf(keyColumns);
  }
}
