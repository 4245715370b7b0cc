package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.graph.GraphNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** State is found again by what it means. */
final class StateIdentityTest {
  private static final String TRADES =
      "CREATE STREAM Trades (symbol STRING, volume BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts - 5 SECONDS);\n";
  private static final String SUMS =
      "CREATE STREAM Sums AS SELECT symbol, sum(volume) AS s FROM Trades WINDOW TUMBLING (1 MIN) GROUP BY symbol;\n";

  @Test
  void shouldStayTheSameFromVersionToVersion() {
    assertThat(identities(TRADES + SUMS + "SELECT DISTINCT symbol FROM Trades;"))
        .containsExactly("aggregate-7950aa97dc0d74fb", "distinct-2cb2f69911ac3be4");
  }

  @Test
  void shouldBeTheSameWhenOnlyNamesAndPlacesDiffer() {
    assertThat(
            identities(
                TRADES
                    + "SELECT volume FROM Trades;\n"
                    + SUMS.replace("Sums", "Totals").replace("SELECT symbol", "select  symbol")))
        .isEqualTo(identities(TRADES + SUMS));
  }

  @Test
  void shouldDifferWhenWhatIsKeptDiffers() {
    String known = identities(TRADES + SUMS).get(0);

    assertThat(identities(TRADES + SUMS.replace("1 MIN", "2 MIN"))).doesNotContain(known);
    assertThat(identities(TRADES + SUMS.replace("sum(", "max("))).doesNotContain(known);
    assertThat(identities(TRADES + SUMS.replace(" GROUP", " WHERE volume > 1 GROUP")))
        .doesNotContain(known);
    assertThat(identities(TRADES.replace("5 SECONDS", "6 SECONDS") + SUMS)).doesNotContain(known);
  }

  @Test
  void shouldDifferWhenAQueryThatFeedsTheStreamDiffers() {
    String chain =
        TRADES
            + "CREATE STREAM Large AS SELECT * FROM Trades WHERE volume > 100;\n"
            + SUMS.replace("FROM Trades", "FROM Large");

    assertThat(identities(chain.replace("> 100", "> 200"))).isNotEqualTo(identities(chain));
  }

  @Test
  void shouldBeNumberedWhenTwoMeanTheSame() {
    List<String> twice = identities(TRADES + SUMS + SUMS.replace("Sums", "Again"));

    assertThat(twice).hasSize(2);
    assertThat(twice.get(1)).isEqualTo(twice.get(0) + "-2");
  }

  private static List<String> identities(String script) {
    try (Engine engine = Engine.create()) {
      List<String> identities = new ArrayList<>();
      for (GraphNode node : engine.compile(Deployment.of(script)).graph().nodes()) {
        if (node instanceof GraphNode.Step step && !step.identity().isEmpty()) {
          identities.add(step.identity());
        }
      }
      return identities;
    }
  }
}
