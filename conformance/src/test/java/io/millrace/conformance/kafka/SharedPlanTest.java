package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.show.Answers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What EXPLAIN says about sharing scripts over topics among processes; no broker is asked. */
final class SharedPlanTest {
  private static final String INPUT =
      """
      CREATE STREAM Trades (symbol STRING KEY, side STRING, price BIGINT)
      WITH (connector = 'kafka', topic = 'trades', format = 'json');
      """;

  private static String explain(String script) {
    try (Engine engine = Engine.create()) {
      CompiledScript compiled = engine.compile(Deployment.of(script));
      Answers answers =
          new Answers(
              engine.parts().functions(), engine.parts().plugins(), engine.parts().compiler(), 110);
      return Arrays.stream(answers.explainDelivery(compiled).split("\n"))
          .filter(line -> line.startsWith("  several processes: "))
          .map(line -> line.substring("  several processes: ".length()))
          .findFirst()
          .orElse("");
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
  void shouldSayWhyWhatIsGroupedByAnotherColumnIsNotShared() {
    assertThat(explainQuery("SELECT side, count(*) AS n FROM Trades GROUP BY side"))
        .isEqualTo(
            "no, since 'Out' brings rows of several partitions together by 'Aggregate by side',"
                + " and the key of 'Trades' is symbol: keep it apart by the whole key, by GROUP BY or"
                + " PARTITION BY, or write its input to a topic with another key first and share the"
                + " job that reads that");
  }

  @Test
  void shouldShareUnionsOnlyWhereKeysAreWrittenAlike() {
    assertThat(explainUnion("symbol", "string")).startsWith("yes");
    assertThat(explainUnion("name", "string")).startsWith("yes");
    assertThat(explainUnion("symbol", "raw")).startsWith("no");
    assertThat(explainUnion("symbol", "json", "json")).startsWith("yes");
    assertThat(explainUnion("name", "json", "json")).startsWith("no");
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
  void shouldSayWhyAnAggregateOverEverythingIsNotShared() {
    assertThat(explainQuery("SELECT count(*) AS n FROM Trades"))
        .startsWith("no, since 'Out' brings rows of several partitions together by ");
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
