package io.millrace.engine.fault;

/** Queries whose operators have, together, nearly every kind of state that there is. */
final class SavedQueries {
  private static final String INPUT =
      """
      CREATE STREAM Events (k STRING, v BIGINT)
      WITH (connector = 'world');
      CREATE STREAM Keyed AS SELECT k, v FROM Events PARTITION BY k;
      CREATE STREAM Timed (k STRING, v BIGINT, at TIMESTAMP, WATERMARK FOR at AS at - 30 MS) AS
      SELECT k, v, CAST(CAST(ROWTIME AS BIGINT) - v AS TIMESTAMP) AS at FROM Events;
      CREATE STREAM Guessed (k STRING, v BIGINT, at TIMESTAMP, WATERMARK FOR at ADAPTIVE) AS
      SELECT k, v, CAST(CAST(ROWTIME AS BIGINT) - v AS TIMESTAMP) AS at FROM Events;
      CREATE TABLE Expiring WITH ('state.ttl' = '150 MS') AS SELECT k, last(v) AS v FROM Events GROUP BY k;
      CREATE WINDOW Recent (k STRING, v BIGINT) TIME (200 MS);
      INSERT INTO Recent SELECT k, v FROM Events WHERE v > 5;
      CREATE AGGREGATION Rollup AS SELECT k, sum(v) AS s FROM Events GROUP BY k EVERY SECOND ... HOUR;
      """;

  /** A stream is made of each; tables are read by a stream each. */
  private static final String QUERIES =
      """
      SELECT k, count(*) AS n, sum(v) AS s, avg(v) AS a, min(v) AS l, max(v) AS h, stddev(v) AS d FROM Events GROUP BY k
      SELECT k, collect_list(v) AS l, count(DISTINCT v) AS n, first(v) AS f, last(v) AS g FROM Events GROUP BY k
      SELECT DISTINCT k, v FROM Events
      SELECT k, count(*) AS n, sum(v) AS s FROM Events GROUP BY k EMIT EVERY 150 MS
      SELECT k, v FROM Events EMIT LAST EVERY 150 MS
      SELECT k, sum(v) AS s FROM Events GROUP BY k EMIT LAST EVERY 150 MS
      SELECT k, v FROM Events EMIT FIRST EVERY 3 EVENTS
      SELECT k, v FROM Events EMIT ALL EVERY 4 EVENTS
      SELECT k, v FROM Events EMIT ALL EVERY 150 MS
      SELECT k, v FROM Events EMIT LAST EVERY 2 EVENTS
      SELECT k, sum(v) AS s FROM Events WINDOW TUMBLING (100 MS) GROUP BY k
      SELECT k, sum(v) AS s FROM Events WINDOW TUMBLING (100 MS) GROUP BY k EMIT EARLY EVERY 30 MS ON CLOSE
      SELECT k, sum(v) AS s FROM Events WINDOW TUMBLING (SIZE 100 MS, GRACE PERIOD 60 MS) GROUP BY k EMIT CHANGES
      SELECT k, max(v) AS m FROM Events WINDOW HOPPING (300 MS, 100 MS) GROUP BY k
      SELECT k, max(v) AS m FROM Events WINDOW CUMULATE (50 MS, 200 MS) GROUP BY k
      SELECT k, sum(v) AS s FROM Events WINDOW HOPPING (SIZE 300 MS, ADVANCE BY 100 MS, GRACE PERIOD 60 MS) GROUP BY k EMIT CHANGES
      SELECT k, sum(v) AS s FROM Events WINDOW SESSION (60 MS) GROUP BY k
      SELECT k, sum(v) AS s FROM Events WINDOW SESSION (60 MS) GROUP BY k EMIT CHANGES
      SELECT k, sum(v) AS s, count(*) AS n FROM Events WINDOW TIME (300 MS) GROUP BY k
      SELECT k, sum(v) AS s FROM Events WINDOW TIME (300 MS) GROUP BY k EMIT ON EXPIRY
      SELECT k, sum(v) AS s FROM Events WINDOW TIME (300 MS) GROUP BY k EMIT EVERY 100 MS
      SELECT k, sum(v) AS s FROM Events WINDOW TIME (300 MS, 100 MS) GROUP BY k
      SELECT k, sum(v) AS s FROM Events WINDOW LENGTH (9) PARTITION BY k
      SELECT k, sum(v) AS s FROM Events WINDOW LENGTH (9) GROUP BY k
      SELECT k, sum(v) AS s FROM Events WINDOW LENGTH_BATCH (20) GROUP BY k
      SELECT k, sum(v) AS s FROM Events WINDOW LENGTH_BATCH (4) PARTITION BY k
      SELECT k, sum(v) AS s FROM Events WINDOW TIME_LENGTH (200 MS, 3) PARTITION BY k
      SELECT k, sum(v) AS s FROM Events WINDOW SORTED (3, v) PARTITION BY k
      SELECT k, v FROM Events WINDOW UNIQUE (v)
      SELECT k, v FROM Events WINDOW FIRST_UNIQUE (v)
      SELECT k, v FROM Events WINDOW DELAY (120 MS)
      SELECT k, v, lead(v) OVER (PARTITION BY k ORDER BY ROWTIME) AS w, lag(v) OVER (PARTITION BY k ORDER BY ROWTIME) AS x FROM Events
      SELECT k, v, lead(v) OVER (PARTITION BY k ORDER BY ROWTIME) AS w, lead(v) OVER (PARTITION BY v ORDER BY ROWTIME) AS x FROM Events
      SELECT k, sum(v) OVER (PARTITION BY k ORDER BY ROWTIME ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS s FROM Events
      SELECT k, count(*) OVER (PARTITION BY k ORDER BY ROWTIME RANGE BETWEEN 90 MS PRECEDING AND 90 MS FOLLOWING) AS n FROM Events
      SELECT a.k, a.v AS v, b.v AS w FROM Events AS a JOIN Events AS b WITHIN 60 MS ON a.k = b.k
      SELECT a.k, a.v AS v, b.v AS w FROM Events AS a LEFT JOIN Events AS b WITHIN 20 MS ON a.v = b.v + 1
      SELECT a.v AS v, b.v AS w FROM PATTERN (EVERY a = Events (v > 30) -> b = Events (v < a.v - 20) WITHIN 200 MS)
      SELECT a.k AS k, a.v AS v FROM PATTERN (EVERY a = Events (v > 30) -> NOT Events (v < 10) FOR 60 MS) PARTITION BY k
      SELECT k, max(v) AS m FROM Events GROUP BY k EMIT CHANGES DISTINCT
      SELECT k, max(v) AS m, ROW_KIND AS kind FROM Events WINDOW TUMBLING (100 MS) GROUP BY k EMIT CHANGES DISTINCT WITH RETRACTIONS
      TABLE SELECT k, sum(v) AS s FROM Events WINDOW LENGTH (9) GROUP BY k EMIT CHANGES
      TABLE SELECT k, v FROM Keyed WINDOW TIME (90 MS) EMIT CHANGES
      SELECT a.k AS k, a.v AS v, b.v AS w, ROW_KIND AS kind FROM Events AS a LEFT JOIN Timed AS b WITHIN 40 MS ON a.k = b.k EMIT CHANGES WITH RETRACTIONS
      SELECT k, sum(v) AS s FROM Events WINDOW CRON ('* * * * * ?') GROUP BY k
      SELECT k, sum(v) AS s FROM Events WINDOW TIME_BATCH (130 MS) GROUP BY k
      SELECT k, sum(v) AS s FROM Events WINDOW EXPRESSION (sum(v) < 100) PARTITION BY k
      SELECT k, sum(v) AS s FROM Timed WINDOW LENGTH (5) PARTITION BY k
      SELECT k, sum(v) AS s FROM Timed WINDOW TUMBLING (100 MS) GROUP BY k
      SELECT k, sum(v) AS s FROM Guessed WINDOW LENGTH (5) PARTITION BY k
      SELECT k, sum(v) AS s FROM Recent GROUP BY k
      SELECT k, v FROM Recent EMIT ON EXPIRY
      SELECT k, v FROM Expiring
      SELECT e.k AS k, e.v AS v, t.v AS w FROM Events e LEFT JOIN Expiring t ON e.k = t.k
      SELECT a.k AS k, a.v AS v, b.v AS w FROM Events WINDOW LENGTH (4) AS a JOIN Timed WINDOW TIME (90 MS) AS b ON a.k = b.k
      SELECT k, v FROM Events WINDOW TUMBLING (100 MS) ORDER BY v, k LIMIT 2
      TABLE SELECT k, v % 3 AS g, GROUPING(k, v % 3) AS i, sum(v) AS s FROM Events GROUP BY ROLLUP (k, v % 3)
      TABLE SELECT v % 7 AS g, count(*) AS n FROM Expiring GROUP BY v % 7
      SELECT k, sum(v) AS s FROM Events WINDOW LENGTH (9) GROUP BY k EMIT EVERY 150 MS
      SELECT k, sum(v) AS s FROM Events WINDOW LENGTH (9) GROUP BY k EMIT EVERY 4 EVENTS
      SELECT k, sum(v) AS s FROM Events GROUP BY k EMIT EVERY 4 EVENTS
      SELECT k, sum(v) AS s FROM Events WINDOW TIME (300 MS) GROUP BY k ORDER BY s DESC LIMIT 1 EMIT EVERY 150 MS
      SELECT k, last(v) AS v, sum(v) AS s FROM Events WINDOW SORTED (9, v) GROUP BY k
      SELECT sum(v) AS s FROM Events WINDOW UNIQUE (k)
      SELECT k, max_ever(v) AS m, sum(v) AS s FROM Events WINDOW TIME (200 MS, 100 MS) GROUP BY k
      TABLE SELECT k, sum(v) AS s FROM Events WINDOW LENGTH_BATCH (20) GROUP BY k EMIT CHANGES
      TABLE SELECT k, last(v) AS v FROM Events GROUP BY k
      TABLE SELECT k, v FROM Events QUALIFY row_number() OVER (PARTITION BY k ORDER BY v DESC) <= 2
      TABLE SELECT k, v, sum(v) OVER (PARTITION BY k ORDER BY v) AS s FROM Events WHERE v < 30
      TABLE SELECT k, v FROM Keyed WINDOW LENGTH (30) EMIT CHANGES
      """;

  /** All of them. */
  static final String SCRIPT = script(INPUT, QUERIES);

  private SavedQueries() {}

  /**
   * A script whose queries each go where all of their rows are kept.
   *
   * @param input what the queries read
   * @param lines a query each; in front of one that makes a table stands {@code TABLE}
   */
  static String script(String input, String lines) {
    StringBuilder script = new StringBuilder(input);
    String[] queries = lines.split("\n");
    for (int i = 0; i < queries.length; i++) {
      String query = queries[i];
      if (query.startsWith("TABLE ")) {
        script.append("CREATE TABLE T").append(i).append(" AS ").append(query.substring(6));
        script.append(";\n");
        query = "SELECT * FROM T" + i;
      }
      script.append("CREATE STREAM O").append(i).append(" WITH (connector = 'ledger') AS ");
      script.append(query).append(";\n");
    }
    return script.toString();
  }
}
