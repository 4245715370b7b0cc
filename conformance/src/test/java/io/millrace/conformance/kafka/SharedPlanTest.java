package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.show.Answers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What EXPLAIN says about sharing scripts over topics among processes; no broker is asked. */
final class SharedPlanTest {
  private static final String SHARING = "  several processes: ";
  private static final String INPUT =
      """
      CREATE STREAM Trades (symbol STRING KEY, side STRING, price BIGINT)
      WITH (connector = 'kafka', topic = 'trades', format = 'json');
      """;

  private static final String SILENT =
      """
      CREATE STREAM Trades (symbol STRING KEY, side STRING, price BIGINT, ts BIGINT,
        TIMESTAMP BY ts IDLE TIMEOUT 1 SEC)
      WITH (connector = 'kafka', topic = 'trades', format = 'json');
      """;

  private static String explain(String script) {
    try (Engine engine = Engine.create()) {
      CompiledScript compiled = engine.compile(Deployment.of(script));
      Answers answers =
          new Answers(
              engine.parts().functions(), engine.parts().plugins(), engine.parts().compiler(), 110);
      String delivery = answers.explainDelivery(compiled);
      int start = delivery.indexOf(SHARING);
      return start < 0 ? "" : delivery.substring(start + SHARING.length()).strip();
    }
  }

  private static String explainQuery(String query) {
    return explain(
        INPUT
            + "CREATE STREAM Out WITH (connector = 'kafka', topic = 'out', format = 'json') AS\n"
            + query
            + ";");
  }

  @Test
  void shouldShareWhatGoesRowByRow() {
    assertThat(explainQuery("SELECT side, price * 2 AS twice FROM Trades WHERE price > 3"))
        .isEqualTo("yes, each with some partitions of 'Trades'");
  }

  @Test
  void shouldShareWhatIsGroupedByTheKeyAndMore() {
    assertThat(
            explainQuery(
                "SELECT side, symbol, count(*) AS n FROM Trades WINDOW TUMBLING (1 MINUTE)"
                    + " GROUP BY side, symbol"))
        .isEqualTo("yes, each with some partitions of 'Trades'");
  }

  @Test
  void shouldShareSlidingWindowsByTheKey() {
    assertThat(
            explainQuery(
                "SELECT symbol, avg(price) AS a FROM Trades WINDOW TIME (1 MINUTE) GROUP BY symbol"))
        .isEqualTo("yes, each with some partitions of 'Trades'");
  }

  @Test
  void shouldShareGroupsOfAnotherTableByTheKey() {
    assertThat(
            explain(
                INPUT
                    + "CREATE TABLE Sums AS SELECT symbol, side, sum(price) AS s FROM Trades GROUP BY"
                    + " symbol, side;"
                    + out("Out", "SELECT symbol, count(*) AS n FROM Sums GROUP BY symbol")
                    + ';'))
        .isEqualTo("yes, each with some partitions of 'Trades'");
  }

  @Test
  void shouldShareWhatIsGroupedByAnotherColumnThroughAnInternalTopic() {
    assertThat(explainQuery("SELECT side, count(*) AS n FROM Trades GROUP BY side"))
        .matches(
            "yes, each with some partitions of 'Trades'\n"
                + "    internal topic '<job>\\.millrace-exchange-aggregate-[0-9a-f]{16}': brings rows"
                + " together by side, for 'Aggregate by side' of 'Out'");
  }

  @Test
  void shouldShareWhatIsGroupedByAnExpressionThroughAnInternalTopic() {
    assertThat(
            explainQuery("SELECT upper(side) AS s, count(*) AS n FROM Trades GROUP BY upper(side)"))
        .startsWith("yes, ")
        .contains("brings rows together by upper(side), for ");
  }

  @Test
  void shouldShareRankingsByAnotherColumnThroughAnInternalTopic() {
    assertThat(
            explain(
                INPUT
                    + "CREATE TABLE Out WITH (connector = 'kafka', topic = 'out', format = 'json') AS"
                    + " SELECT side, r, symbol, price FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY"
                    + " side ORDER BY price DESC) AS r FROM Trades) WHERE r <= 3;"))
        .startsWith("yes, ")
        .contains("brings rows together by side, for ");
  }

  @Test
  void shouldShareAnAggregateOfAllThroughAnInternalTopic() {
    assertThat(explainQuery("SELECT count(*) AS n FROM Trades"))
        .startsWith("yes, ")
        .contains("': brings all rows together in partition 0, for 'Aggregate' of 'Out'");
  }

  @Test
  void shouldSayWherePartitionsAreNotWaitedFor() {
    assertThat(
            explain(
                SILENT + out("Out", "SELECT side, count(*) AS n FROM Trades GROUP BY side") + ';'))
        .startsWith("yes, ")
        .contains(
            ": brings rows together by side, without waiting for idle partitions, for 'Aggregate");
  }

  @Test
  void shouldSayThatRowsOfSilentPartitionsMustNotBeHeldBeforeTheyAreBroughtTogether() {
    assertThat(
            explain(
                SILENT
                    + "CREATE STREAM Minutes AS SELECT symbol, sum(price) AS s FROM Trades WINDOW"
                    + " TUMBLING (1 MINUTE) GROUP BY symbol;"
                    + out("Out", "SELECT s, count(*) AS n FROM Minutes GROUP BY s")
                    + ';'))
        .isEqualTo(
            "no, since 'TumblingWindow 60000 ms by symbol' of 'Minutes' holds rows of a partition"
                + " before they are brought together with those of others, and 'Trades' has an IDLE"
                + " TIMEOUT: what a silent partition holds would come when the others have gone on"
                + " without it. Leave the IDLE TIMEOUT out and have each partition get a row now and"
                + " then, or write what comes before to a topic, and do the rest in another job");
  }

  @Test
  void shouldSayThatWhatWasBroughtTogetherOfSilentPartitionsMustNotMeetOthers() {
    assertThat(
            explain(
                SILENT
                    + "CREATE STREAM Others (side STRING KEY, ts BIGINT, TIMESTAMP BY ts)"
                    + " WITH (connector = 'kafka', topic = 'others', format = 'json');"
                    + " CREATE STREAM Sums AS SELECT side, count(*) AS n FROM Trades GROUP BY side;"
                    + out(
                        "Out",
                        "SELECT side, count(*) AS n FROM ((SELECT side FROM Sums) UNION ALL (SELECT"
                            + " side FROM Others)) WINDOW TUMBLING (1 SEC) GROUP BY side")
                    + ';'))
        .startsWith("no, since 'TumblingWindow 1000 ms by side' of 'Out' takes rows that were")
        .contains(
            " brought together of several partitions along with others, and 'Trades' has an IDLE"
                + " TIMEOUT: when all of its partitions are silent, the others would have to wait for"
                + " it, or go on and find its next rows late. Leave the IDLE TIMEOUT out");
  }

  @Test
  void shouldShareWhatIsWrittenTogetherOfSilentPartitionsAndOthers() {
    assertThat(
            explain(
                SILENT
                    + "CREATE STREAM Sums AS SELECT side, count(*) AS n FROM Trades GROUP BY side;"
                    + out(
                        "Out",
                        "(SELECT side FROM Sums) UNION ALL (SELECT side FROM Trades WHERE price > 1)")
                    + ';'))
        .startsWith("yes, ");
  }

  private static String out(String name, String query) {
    return " CREATE STREAM "
        + name
        + " WITH (connector = 'kafka', topic = 'out', format = 'json') AS "
        + query;
  }

  @Test
  void shouldSayWhyInputsThatAreAlignedAreNotShared() {
    String stream =
        "(m INT, TIMESTAMP BY ts, ts BIGINT, WATERMARK ON (m IS NOT NULL) MARK m) WITH (connector ="
            + " 'kafka', format = 'json', topic = ";
    assertThat(
            explain(
                "CREATE STREAM A "
                    + stream
                    + "'a'); CREATE STREAM B "
                    + stream
                    + "'b'); CREATE STREAM Out WITH (connector = 'kafka', topic = 'out', format ="
                    + " 'json') AS (SELECT m FROM A) UNION ALL (SELECT m FROM B);"))
        .isEqualTo(
            "no, since 'Out' aligns inputs by marks (WATERMARK ON), each of which must have one"
                + " partition");
  }

  @Test
  void shouldSayWhyStreamWithTimeOfItsOwnIsNotShared() {
    for (String time : List.of("TIMESTAMP BY price", "WATERMARK FOR price ADAPTIVE")) {
      assertThat(
              explain(
                  INPUT
                      + "CREATE STREAM Prices (symbol STRING, price BIGINT, "
                      + time
                      + ") AS SELECT symbol, price FROM Trades WHERE side = 'buy';"
                      + out("Out", "SELECT symbol, price FROM Prices")
                      + ';'))
          .isEqualTo(
              "no, since stream 'Prices' has the times of a column of its own, in the order of all"
                  + " of its rows: write them to a topic, and declare its time where another job"
                  + " reads it");
    }
  }

  @Test
  void shouldSayWhatToDoWhereRowsOfPartitionZeroMeetOthers() {
    String sharing =
        explain(
            INPUT
                + "CREATE STREAM Total AS SELECT count(*) AS n FROM Trades WINDOW TUMBLING (1 SEC);"
                + " CREATE STREAM Out WITH (connector = 'kafka', topic = 'out', format = 'json') AS"
                + " SELECT n, count(*) AS m FROM ((SELECT n FROM Total) UNION ALL (SELECT 1 AS n FROM"
                + " Trades WHERE price > 9)) GROUP BY n;");

    assertThat(sharing)
        .isEqualTo(
            "no, since 'Out' takes rows of all partitions together with rows that partition 0 alone"
                + " has, where 'TumblingWindow 1000 ms' of 'Total' needs all rows, which can only be"
                + " filtered, computed with and written: keep those apart by columns, by GROUP BY or"
                + " PARTITION BY, or write both to topics of their own, and bring them together in"
                + " another job");
  }

  @Test
  void shouldShareUnionsWithoutInternalTopicsOnlyWhereKeysAreWrittenAlike() {
    assertThat(explainUnion("symbol", "string")).doesNotContain("internal topic");
    assertThat(explainUnion("name", "string")).doesNotContain("internal topic");
    assertThat(explainUnion("symbol", "raw")).contains("internal topic");
    assertThat(explainUnion("symbol", "json", "json")).doesNotContain("internal topic");
    assertThat(explainUnion("name", "json", "json")).contains("internal topic");
  }

  private static String explainUnion(String key, String format) {
    return explainUnion(key, format, "string");
  }

  /** Of a group by the keys of two streams, {@code symbol} and another. */
  private static String explainUnion(String key, String format, String formatOfSymbol) {
    String with = " WITH (connector = 'kafka', format = 'json', topic = ";
    return explain(
        ("CREATE STREAM A (symbol STRING KEY)" + with + "'a', key.format = '")
            + (formatOfSymbol + "'); CREATE STREAM B (" + key + " STRING KEY)" + with)
            + ("'b', key.format = '" + format + "'); CREATE STREAM Out" + with + "'out') AS ")
            + ("SELECT k, count(*) AS n FROM ((SELECT symbol AS k FROM A) UNION ALL (SELECT " + key)
            + " AS k FROM B)) GROUP BY k;");
  }

  @Test
  void shouldSayWhyOutputToAFileIsNotShared() {
    assertThat(
            explain(
                INPUT
                    + "CREATE STREAM Out WITH (connector = 'file', path = 'x.json', format = 'json')"
                    + " AS SELECT * FROM Trades;"))
        .isEqualTo(
            "no, since rows of 'Out' are not written in the transaction that commits a snapshot:"
                + " all outputs must be topics of one cluster, and 'delivery' not 'at-least-once'");
  }

  @Test
  void shouldSayWhyAQueryForTheConsoleIsNotShared() {
    assertThat(explain(INPUT + "SELECT * FROM Trades;"))
        .startsWith("no, since rows of 'result' are not written in the transaction");
  }

  @Test
  void shouldSayWhyTopicsByAPatternAreNotShared() {
    assertThat(
            explain(
                INPUT.replace("'trades'", "'/trades-.*/'")
                    + "CREATE STREAM Out WITH (connector = 'kafka', topic = 'out', format = 'json') AS"
                    + " SELECT * FROM Trades;"))
        .isEqualTo(
            "no, since 'Trades' reads topics by a pattern, which may come and go: name them");
  }

  @Test
  void shouldSayNothingOfScriptsThatReadNoTopics() {
    assertThat(
            explain(
                "CREATE STREAM S (a BIGINT); CREATE STREAM Out WITH (connector = 'kafka', topic ="
                    + " 'out', format = 'json') AS SELECT * FROM S;"))
        .isEmpty();
  }
}
