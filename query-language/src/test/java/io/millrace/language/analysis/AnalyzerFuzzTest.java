package io.millrace.language.analysis;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.PlanPrinter;
import io.millrace.language.plan.QueryPlan;
import io.millrace.language.plan.ScriptPlan;
import io.millrace.language.rewrite.PlanRewriter;
import io.millrace.spi.error.Diagnostics;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random scripts get a plan or errors, never an exception. The seed is the parameter. */
final class AnalyzerFuzzTest {
  private static final int SCRIPTS_PER_SEED = 400;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldPlanOrReportWhenQueryIsRandom(long seed) {
    QueryGenerator generator = new QueryGenerator(new Random(seed));
    for (int i = 0; i < SCRIPTS_PER_SEED; i++) {
      check(Cases.DECLARATIONS + generator.statement() + ";\n" + generator.statement() + ";");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldPlanOrReportWhenScriptIsMutated(long seed) {
    Random random = new Random(seed);
    List<String> scripts = Cases.read("plans.txt").map(Cases::script).collect(Collectors.toList());
    Cases.read("diagnostics.txt").map(Cases::script).forEach(scripts::add);
    for (int i = 0; i < SCRIPTS_PER_SEED; i++) {
      StringBuilder text = new StringBuilder(scripts.get(random.nextInt(scripts.size())));
      for (int change = random.nextInt(4); change >= 0; change--) {
        mutate(text, scripts, random);
      }
      check(text.toString());
    }
  }

  private static void mutate(StringBuilder text, List<String> scripts, Random random) {
    int at = random.nextInt(text.length());
    int to = Math.min(text.length(), at + 1 + random.nextInt(12));
    switch (random.nextInt(4)) {
      case 0 -> text.delete(at, to);
      case 1 -> text.insert(at, text.substring(at, to));
      case 2 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
      default -> {
        String other = scripts.get(random.nextInt(scripts.size()));
        int from = random.nextInt(other.length());
        text.insert(at, other, from, Math.min(other.length(), from + random.nextInt(40)));
      }
    }
  }

  private static void check(String text) {
    assertThatCode(() -> analyzeAndRewrite(text)).as(text).doesNotThrowAnyException();
  }

  /** A plan without errors keeps its columns when it is rewritten, and all have types. */
  private static void analyzeAndRewrite(String text) {
    Diagnostics diagnostics = new Diagnostics();
    ScriptPlan plan = Scripts.analyze(text, diagnostics);
    if (!diagnostics.isEmpty()) {
      return;
    }
    for (QueryPlan query : plan.queries()) {
      Schema schema = query.root().schema();
      PlanNode rewritten = PlanRewriter.rewrite(query.root());
      Assertions.assertThat(rewritten.schema()).isEqualTo(schema);
      Assertions.assertThat(schema.fields()).noneMatch(f -> f.type() == DataType.NULL);
      Assertions.assertThat(PlanPrinter.print(PlanRewriter.rewrite(rewritten)))
          .isEqualTo(PlanPrinter.print(rewritten));
    }
  }
}
