package io.millrace.language.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.language.ast.CalendarUnit;
import io.millrace.language.ast.Script;
import io.millrace.language.expression.Constant;
import io.millrace.language.parser.ScriptParser;
import io.millrace.language.plan.OnDemandPlan;
import io.millrace.language.plan.PlanPrinter;
import io.millrace.language.plan.RollupSlice;
import io.millrace.language.plan.SortColumn;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.spi.error.Diagnostic;
import io.millrace.spi.error.Diagnostics;
import io.millrace.spi.error.SourceText;
import io.millrace.spi.types.DataType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OnDemandTest {
  private static final List<StreamDeclaration> RUNNING =
      Scripts.plan(
              "CREATE STREAM T (a STRING, b INT, v BIGINT);"
                  + "CREATE TABLE One AS SELECT a, count(*) AS n FROM T GROUP BY a;"
                  + "CREATE TABLE Two AS SELECT a, b, sum(v) AS s FROM T GROUP BY a, b;"
                  + "CREATE AGGREGATION Days AS SELECT a, sum(v) + 1 AS s FROM T GROUP BY a"
                  + " HAVING count(*) > 1 EVERY HOUR ... DAY;")
          .streams();

  private static OnDemandPlan ask(String query) {
    Diagnostics diagnostics = new Diagnostics();
    Optional<OnDemandPlan> plan = ask(query, diagnostics);
    diagnostics.throwIfAny(new SourceText("query", query));
    return plan.orElseThrow();
  }

  private static Optional<OnDemandPlan> ask(String query, Diagnostics diagnostics) {
    Script script = ScriptParser.parse(new SourceText("query", query), Map.of(), diagnostics);
    AnalysisCatalog catalog = Scripts.catalog(RUNNING.toArray(StreamDeclaration[]::new));
    return Analyzer.analyzeOnDemand(script, catalog, diagnostics);
  }

  private static List<String> refusal(String query) {
    Diagnostics diagnostics = new Diagnostics();
    ask(query, diagnostics);
    return diagnostics.sorted().stream().map(Diagnostic::message).toList();
  }

  @Test
  void shouldLookUpWhenAllKeyColumnsAreGiven() {
    OnDemandPlan plan = ask("SELECT s FROM Two WHERE s > 3 AND 7 = b AND a = 'x'");

    assertThat(plan.table().name()).isEqualTo("Two");
    assertThat(plan.key())
        .containsExactly(new Constant("x", DataType.STRING), new Constant(7L, DataType.INT));
    assertThat(plan.schema().toString()).isEqualTo("(s BIGINT)");
  }

  @Test
  void shouldReadAllRowsWhenPartOfTheKeyIsGiven() {
    assertThat(ask("SELECT * FROM Two WHERE a = 'x'").key()).isEmpty();
    assertThat(ask("SELECT * FROM Two WHERE a = 'x' OR b = 1").key()).isEmpty();
  }

  @Test
  void shouldReadAllRowsWhenAConditionBeforeTheKeyMayFail() {
    assertThat(ask("SELECT n FROM One WHERE 1 / n > 0 AND a = 'x'").key()).isEmpty();
    assertThat(ask("SELECT n FROM One WHERE a = 'x' AND 1 / n > 0").key()).hasSize(1);
  }

  @Test
  void shouldSortByHiddenColumnWhenItIsNotSelected() {
    OnDemandPlan plan = ask("SELECT a AS name FROM One ORDER BY n DESC, name LIMIT 10 OFFSET 5");

    assertThat(plan.order())
        .containsExactly(new SortColumn(1, true, true), new SortColumn(0, false, false));
    assertThat(plan.visible()).isEqualTo(1);
    assertThat(plan.limit()).hasValue(10);
    assertThat(plan.offset()).isEqualTo(5);
  }

  @Test
  void shouldAggregateRowsWhenAsked() {
    OnDemandPlan plan = ask("SELECT b, max(s) AS m FROM Two GROUP BY b ORDER BY max(s)");

    assertThat(PlanPrinter.print(plan.root()))
        .isEqualTo(
            """
            Project [b, max_1 AS m, max_1 AS order_3]
              Aggregate group by [b] [max(s) AS max_1] emit final
                Scan table [Two]
            """);
  }

  @Test
  void shouldRefuseWhenItIsNoQuestionToATable() {
    assertThat(refusal("SELECT a FROM T"))
        .containsExactly("'T' is a stream, which holds no rows to ask for");
    assertThat(refusal("SELECT a FROM (SELECT a FROM One)"))
        .containsExactly("an on-demand query reads one table, or one window that has a name");
    assertThat(refusal("SELECT a FROM PATTERN (One)"))
        .containsExactly("an on-demand query reads one table, or one window that has a name");
    assertThat(refusal("SELECT a FROM One EMIT CHANGES"))
        .containsExactly("an on-demand query has no EMIT");
    assertThat(refusal("SELECT a FROM Onee")).containsExactly("unknown stream or table 'Onee'");
    assertThat(refusal("SHOW STREAMS")).containsExactly("an on-demand query is one SELECT");
  }

  @Test
  void shouldReadBucketsWhenAnAggregationIsAsked() {
    OnDemandPlan plan = ask("SELECT a, WINDOW_START AS t FROM Days WITHIN '2024-03' PER 'day'");

    assertThat(plan.slice())
        .isEqualTo(new RollupSlice(CalendarUnit.DAY, 1_709_251_200_000L, 1_711_929_600_000L));
    assertThat(PlanPrinter.print(plan.root()))
        .isEqualTo(
            """
            Project [a, WINDOW_START AS t]
              Project [a, sum_1 + 1 AS s, WINDOW_START]
                Filter [count_2 > 1]
                  Scan [Days]
            """);
  }

  @Test
  void shouldRefuseQuestionThatSaysNoBuckets() {
    assertThat(refusal("SELECT a FROM Days"))
        .containsExactly("'Days' is an aggregation: say which of its buckets you ask for");
    assertThat(refusal("SELECT a FROM Days WITHIN '2024' PER 'weeks'"))
        .containsExactly("'Days' keeps no 'weeks'");
    assertThat(refusal("SELECT a FROM Days WITHIN '2024' PER a"))
        .containsExactly("PER takes a text such as 'hours'");
    assertThat(refusal("SELECT a FROM Days WITHIN '2024-04', '2024-03' PER 'days'"))
        .containsExactly("nothing lies WITHIN a time and one that is not after it");
    assertThat(refusal("SELECT a FROM Days WITHIN '2024-13', 'x' PER 'days'"))
        .containsExactly("WITHIN takes times: this is none", "WITHIN takes times: this is none");
    assertThat(refusal("SELECT a FROM Days WITHIN 7 PER 'days'"))
        .containsExactly("one moment says no range");
    assertThat(refusal("SELECT a FROM One WITHIN '2024' PER 'days'"))
        .containsExactly("WITHIN … PER asks an aggregation, and 'One' is a table");
    assertThat(refusal("SELECT a FROM Days WITHIN '2024' PER 'days' WINDOW LENGTH (3)"))
        .containsExactly("behind an aggregation stands WITHIN … PER, and perhaps an alias, only");
  }
}
