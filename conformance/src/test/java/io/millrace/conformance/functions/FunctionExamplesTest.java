package io.millrace.conformance.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.compiler.expression.ProjectorCompiler;
import io.millrace.compiler.loader.JaninoKernelLoader;
import io.millrace.language.analysis.AnalysisCatalog;
import io.millrace.language.analysis.Analyzer;
import io.millrace.language.analysis.LanguageFunctions;
import io.millrace.language.ast.Script;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.parser.ScriptParser;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.ScriptPlan;
import io.millrace.language.rewrite.PlanRewriter;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.operators.kernel.RowProjector;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.BooleanColumn;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.error.Diagnostics;
import io.millrace.spi.error.SourceText;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.function.FunctionCatalog;
import io.millrace.spi.function.FunctionDescriptor;
import io.millrace.spi.function.LanguageFunction;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.time.VirtualClock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Examples are conditions that hold: in compiled code, and after constants have been folded. */
class FunctionExamplesTest {
  private static final FunctionCatalog FUNCTIONS = FunctionCatalog.load();
  private static final JaninoKernelLoader LOADER = new JaninoKernelLoader();
  private static final EvaluationContext CONTEXT =
      new EvaluationContext(new VirtualClock(), ZoneOffset.UTC);

  static Stream<String> examples() {
    return Stream.concat(
            FUNCTIONS.all().stream().map(FunctionDescriptor::documentation),
            LanguageFunctions.all().stream().map(LanguageFunction::documentation))
        .flatMap(documentation -> documentation.examples().stream());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldHoldInAQuery(String example) {
    RowExpression condition = condition(example);

    assertThat(evaluate(condition)).isEqualTo("true");
    assertThat(evaluate(PlanRewriter.rewrite(condition))).isEqualTo("true");
  }

  private static RowExpression condition(String example) {
    SourceText source =
        new SourceText(
            "example.sql",
            "CREATE STREAM Numbers (n INT);\nSELECT " + example + " AS holds FROM Numbers;");
    Diagnostics diagnostics = new Diagnostics();
    Script script = ScriptParser.parse(source, Map.of(), diagnostics);
    diagnostics.throwIfAny(source);
    AnalysisCatalog catalog =
        new AnalysisCatalog(FUNCTIONS, List.of(), List.of(), List.of(), List.of(), List.of());
    ScriptPlan plan = Analyzer.analyze(script, catalog, diagnostics);
    diagnostics.throwIfAny(source);
    ProjectNode query = (ProjectNode) plan.queries().get(0).root();
    return query.expressions().get(0).expression();
  }

  private static String evaluate(RowExpression condition) {
    RowProjector projector = LOADER.load(ProjectorCompiler.compile(List.of(condition)), CONTEXT);
    Schema schema = Schema.of(new Field("n", DataType.INT));
    Batch batch =
        new Batch(schema, new Column[] {new LongColumn(1)}, new SourceTimeline())
            .rows(1, new long[] {0}, null, null);
    BooleanColumn result = new BooleanColumn(1);
    RowErrors errors = new RowErrors();
    projector.project(batch, null, 1, new Column[] {result}, errors);
    if (!errors.isEmpty()) {
      return errors.message(0);
    }
    return String.valueOf(result.get(0));
  }
}
