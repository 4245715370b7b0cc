package io.millrace.engine.fault;

/**
 * What {@link SavedQueries} has not: rows that are aligned, numbered, limited or wait with an end;
 * changes of tables and of retractions; rows that have entered where any may leave; and all other
 * aggregates, of rows that come, of rows that leave, and of panes.
 */
final class MoreSavedQueries {
  private static final String INPUT =
      """
      SET 'join.max.rows' = '6';
      SET 'join.overflow' = 'late';
      SET 'state.ttl' = '2 SEC';
      CREATE STREAM Events (k STRING, v BIGINT)
      WITH (connector = 'world');
      CREATE STREAM Timed (k STRING, v BIGINT, at TIMESTAMP, WATERMARK FOR at AS at - 30 MS) AS
      SELECT k, v, CAST(CAST(ROWTIME AS BIGINT) - v AS TIMESTAMP) AS at FROM Events;
      CREATE STREAM Numbered (k STRING, v BIGINT, n BIGINT, ORDER BY n TIMEOUT 60 MS) AS
      SELECT k, v, CAST(ROWTIME AS BIGINT) / 10 AS n FROM Events;
      CREATE STREAM Great (k STRING, v BIGINT, m BIGINT, WATERMARK ON (m IS NOT NULL) MARK m) AS
      SELECT k, v, CASE WHEN v > 34 THEN CAST(ROWTIME AS BIGINT) END AS m FROM Events;
      CREATE STREAM Small (k STRING, v BIGINT, m BIGINT, WATERMARK ON (m IS NOT NULL) MARK m) AS
      SELECT k, v, CASE WHEN v < 5 THEN CAST(ROWTIME AS BIGINT) END AS m FROM Events;
      CREATE WINDOW Latest (k STRING, v BIGINT) LENGTH (9);
      INSERT INTO Latest SELECT k, v FROM Events WHERE v > 5;
      CREATE WINDOW Sorted (k STRING, v BIGINT) SORTED (9, v);
      INSERT INTO Sorted SELECT k, v FROM Events WHERE v > 5;
      CREATE TABLE Sums AS SELECT k, sum(v) AS s, count(*) AS n FROM Events GROUP BY k;
      CREATE TABLE Lists AS SELECT k, collect_set(v) AS l FROM Events GROUP BY k;
      """;

  private static final String QUERIES =
      """
      (SELECT k, v, m FROM Great) UNION ALL (SELECT k, v, m FROM Small)
      SELECT k, v, n FROM Numbered
      SELECT DISTINCT k FROM Events WINDOW LENGTH_BATCH (20) EMIT CHANGES
      SELECT DISTINCT sum(v) AS t FROM Events WINDOW LENGTH_BATCH (4) GROUP BY k
      SELECT k, sum(v) AS s FROM Latest GROUP BY k
      SELECT k, v FROM Latest EMIT ON EXPIRY
      SELECT k, v FROM Sorted EMIT ON EXPIRY
      SELECT k, v, sum(v) AS s FROM Events WINDOW SORTED (9, v) EMIT ON EXPIRY
      SELECT k, last(v) AS l, sum(v) AS s FROM Events WINDOW SORTED (9, v) GROUP BY k EMIT ON EXPIRY
      SELECT n, count(*) AS c FROM Sums GROUP BY n EMIT EVERY 150 MS
      SELECT n, count(*) AS c FROM Sums GROUP BY n EMIT EVERY 4 EVENTS
      SELECT DISTINCT n FROM Sums
      SELECT DISTINCT EXPLODE(ARRAY[v % 3, v % 5]) AS e FROM Events WINDOW LENGTH_BATCH (20) EMIT CHANGES
      SELECT DISTINCT k, v % 5 AS e FROM Events WINDOW LENGTH_BATCH (6) PARTITION BY k EMIT CHANGES
      SELECT DISTINCT count(*) AS n FROM Events WINDOW LENGTH (9) GROUP BY k
      SELECT DISTINCT count(*) AS n FROM Events WINDOW LENGTH (9) GROUP BY k EMIT ON EXPIRY
      SELECT DISTINCT EXPLODE(ARRAY[v % 3, v % 5]) AS e FROM Events WINDOW LENGTH (9)
      SELECT DISTINCT v FROM Events WINDOW LENGTH (9)
      SELECT DISTINCT v FROM Events WINDOW LENGTH (9) EMIT CHANGES WITH RETRACTIONS
      TABLE SELECT k, e, n FROM Lists CROSS JOIN UNNEST(l) WITH ORDINALITY AS u(e, n)
      TABLE SELECT DISTINCT EXPLODE(l) AS e FROM Lists
      TABLE SELECT e, count(*) AS n FROM Lists CROSS JOIN UNNEST(l) AS u(e) GROUP BY e
      SELECT k, sum(s) AS t FROM (SELECT k, sum(v) AS s FROM Events WINDOW TUMBLING (SIZE 100 MS, GRACE PERIOD 60 MS) GROUP BY k EMIT CHANGES WITH RETRACTIONS) GROUP BY k
      SELECT a.k AS k, a.v AS v, b.v AS w FROM PATTERN (EVERY a = Events (v > 20) -> b = Events (k = a.k AND v < 20) WITHIN 200 MS)
      SELECT a.k, a.v AS v, b.v AS w FROM Events AS a LEFT JOIN Timed AS b WITHIN 300 MS ON a.k = b.k
      SELECT a.k AS k, a.v AS v, b.v AS w FROM Events WINDOW LENGTH (4) AS a JOIN Timed WINDOW TIME (90 MS) AS b ON a.k = b.k
      SELECT k, v, lead(CASE WHEN v > 20 THEN v END) IGNORE NULLS OVER (PARTITION BY k ORDER BY ROWTIME) AS w FROM Events
      SELECT k, median(v) AS m, percentile(v, 0.9) AS p FROM Events WINDOW LENGTH (9) GROUP BY k
      SELECT k, median(v) AS m, percentile(v, 0.9) AS p FROM Events WINDOW HOPPING (300 MS, 100 MS) GROUP BY k
      """;

  /** By what is there of each, the aggregates that {@link SavedQueries} has not. */
  private static final String AGGREGATES =
      """
      sum(DISTINCT v) AS a, avg(DISTINCT v) AS b, var_pop(v) AS c, var_samp(v) AS d, stddev_pop(v) AS e, covar_pop(v, v % 7) AS f, covar_samp(v, v % 7) AS g, corr(v, v % 7) AS h
      sum(CAST(v AS DOUBLE) / 3) AS a, avg(CAST(v AS DOUBLE) / 3) AS b, sum(CAST(v AS DECIMAL(20, 3))) AS c, min(CAST(v AS STRING)) AS d, max(CAST(v AS DOUBLE)) AS e, stddev(CAST(v AS DOUBLE) / 3) AS f
      bool_and(v > 2) AS a, bool_or(v > 36) AS b, first(v, 2) AS c, last(v, 2) AS d, nth(v, 3) AS e, min_by(k, v) AS f, max_by(k, v) AS g, min_by(v, k, 2) AS h, max_by(v, k, 2) AS i
      collect_set(v) AS a, histogram(v % 5) AS b, string_agg(k, ',') AS c, mode(v % 5) AS d, top_k(v, 3) AS e, top_k_distinct(v, 3) AS f
      approx_percentile(v, 0.9) AS a, approx_count_distinct(v) AS b, ever(v > 30) AS c, min_ever(v) AS d, max_ever(v) AS e
      """;

  private static final String OVER = " FROM Events GROUP BY k";
  private static final String LEAVING = " FROM Events WINDOW LENGTH (9) GROUP BY k";
  private static final String PANES = " FROM Events WINDOW HOPPING (300 MS, 100 MS) GROUP BY k";

  /** All of them. */
  static final String SCRIPT = SavedQueries.script(INPUT, QUERIES + aggregates());

  private MoreSavedQueries() {}

  private static String aggregates() {
    StringBuilder queries = new StringBuilder();
    for (String aggregates : AGGREGATES.split("\n")) {
      for (String from : new String[] {OVER, LEAVING, PANES}) {
        queries.append("SELECT k, ").append(aggregates).append(from).append("\n");
      }
    }
    return queries.toString();
  }
}
