package io.millrace.language.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.language.expression.Logical;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.QueryPlan;
import io.millrace.language.rewrite.PlanRewriter;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AnalyzerLimitsTest {

  @Test
  void shouldKeepAllTermsWhenThousandsAreChained() {
    String terms =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "small <> " + i)
            .collect(Collectors.joining(" AND "));
    QueryPlan query =
        Scripts.query(Cases.DECLARATIONS + "SELECT small FROM T WHERE " + terms + ";");

    PlanNode rewritten = PlanRewriter.rewrite(query.root());

    FilterNode filter = (FilterNode) rewritten.inputs().get(0);
    assertThat(((Logical) filter.predicate()).terms()).hasSize(5_000);
  }

  @Test
  void shouldAnalyzeWhenNestedDeeply() {
    String nested = "(".repeat(240) + "small" + ")".repeat(240);
    String calls = "upper(".repeat(240) + "symbol" + ")".repeat(240);
    String sums = "small" + " + 1".repeat(450);

    QueryPlan query =
        Scripts.query(
            Cases.DECLARATIONS
                + "SELECT "
                + nested
                + " AS a, "
                + calls
                + " AS b, "
                + sums
                + " AS c FROM T;");

    assertThat(PlanRewriter.rewrite(query.root()).schema().toString())
        .isEqualTo("(a INT, b STRING, c INT)");
  }

  @Test
  void shouldNumberQueriesWhenManyFeedOneStream() {
    String script =
        "CREATE STREAM O (a STRING);\n"
            + IntStream.range(0, 1_000)
                .mapToObj(i -> "INSERT INTO O SELECT symbol FROM T WHERE price > " + i + ";\n")
                .collect(Collectors.joining());

    QueryPlan last = Scripts.query(Cases.DECLARATIONS + script);

    assertThat(last.name()).isEqualTo("O#1000");
    assertThat(last.place()).isEqualTo(1_000);
  }
}
