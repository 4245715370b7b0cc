package io.millrace.language.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class QueryPlanTest {
  private static final String TRADES =
      """
      CREATE STREAM Trades (symbol STRING KEY, price DOUBLE, volume BIGINT, ts TIMESTAMP,
                            WATERMARK FOR ts AS ts - 5 SECONDS);
      """;

  @Test
  void shouldFilterAndProjectWhenPlainQuery() {
    assertThat(
            Scripts.planText(
                TRADES + "SELECT symbol, price * volume AS value FROM Trades WHERE price > 100;"))
        .isEqualTo(
            """
            result (symbol STRING, value DOUBLE)
              Project [symbol, price * CAST(volume AS DOUBLE) AS value]
                Filter [price > 100e0]
                  Scan [Trades]
            """);
  }

  @Test
  void shouldCarryNewestColumnsAndSortWhenLengthWindowOfDisorderedStream() {
    assertThat(
            Scripts.planText(
                TRADES
                    + "select symbol, sum(volume) as total from Trades window length (3)"
                    + " having total == 3;"))
        .isEqualTo(
            """
            result (symbol STRING, total BIGINT)
              Project [symbol, sum_1 AS total]
                Filter [sum_1 = 3]
                  Aggregate window LENGTH (3) [sum(volume) AS sum_1] newest [symbol] emit each row
                    Sort by ROWTIME
                      Scan [Trades]
            """);
  }
}
