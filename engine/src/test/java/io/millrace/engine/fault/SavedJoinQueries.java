package io.millrace.engine.fault;

/** Joins of windows whose rows leave together, or by number and by time; as they come, too. */
final class SavedJoinQueries {
  private static final String INPUT =
      """
      CREATE STREAM Events (k STRING, v BIGINT)
      WITH (connector = 'world');
      CREATE STREAM Timed (k STRING, v BIGINT, at TIMESTAMP, WATERMARK FOR at AS at - 30 MS) AS
      SELECT k, v, CAST(CAST(ROWTIME AS BIGINT) - v AS TIMESTAMP) AS at FROM Events;
      """;

  private static final String QUERIES =
      """
      SELECT a.k AS k, a.v AS v, b.v AS w FROM Timed WINDOW HOPPING (300 MS, 100 MS) AS a LEFT JOIN Timed WINDOW LENGTH_BATCH (15) AS b ON a.k = b.k
      SELECT a.k AS k, a.v AS v, b.v AS w FROM Timed WINDOW TIME_BATCH (170 MS) AS a LEFT JOIN Timed WINDOW TIME_LENGTH (200 MS, 6) AS b ON a.k = b.k AND a.v < b.v
      SELECT a.k AS k, a.v AS v, b.v AS w FROM Events WINDOW TUMBLING (400 MS) AS a LEFT JOIN Events WINDOW CUMULATE (50 MS, 200 MS) AS b ON a.k = b.k AND a.v < b.v
      SELECT a.k AS k, a.v AS v, b.v AS w FROM Events WINDOW TIME_LENGTH (150 MS, 5) AS a LEFT JOIN Events WINDOW CRON ('0/2 * * * * ?') AS b ON a.k = b.k AND a.v < b.v
      """;

  /** All of them. */
  static final String SCRIPT = SavedQueries.script(INPUT, QUERIES);

  private SavedJoinQueries() {}
}
