package io.millrace.engine.script;

import io.millrace.language.plan.StreamDeclaration;
import io.millrace.spi.types.Schema;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the rows of one stream look like.
 *
 * @param stream the name under which tests know it
 * @param schema its columns
 * @param keyColumns the columns that a deletion names; empty if it names them all
 * @param isUpserted whether an update is sent as the new row alone
 */
record OutputShape(String stream, Schema schema, Set<Integer> keyColumns, boolean isUpserted) {
  private static final String BARE_QUERY = "result";

  static OutputShape of(StreamDeclaration declared, Schema schema) {
    return new OutputShape(
        declared.name(),
        schema,
        declared.isTable() ? new HashSet<>(declared.keyColumns()) : Set.of(),
        declared.isTable() && !declared.showsRetractions());
  }

  /** Of a bare query; all of a script share one name. */
  static OutputShape ofBareQuery(Schema schema) {
    return new OutputShape(BARE_QUERY, schema, Set.of(), true);
  }

  /** Of the answer of a question. */
  static OutputShape ofAnswer(Schema schema) {
    return new OutputShape(ExpectedRow.ANSWER, schema, Set.of(), false);
  }

  /** The columns that a row of this kind has. */
  List<Integer> columns(boolean isDeletion) {
    return IntStream.range(0, schema.size())
        .filter(column -> !isDeletion || keyColumns.isEmpty() || keyColumns.contains(column))
        .boxed()
        .toList();
  }
}
