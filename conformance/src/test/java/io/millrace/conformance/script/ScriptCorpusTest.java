package io.millrace.conformance.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.conformance.functions.UserAggregateExamples;
import io.millrace.engine.Engine;
import io.millrace.engine.script.Restarts;
import io.millrace.engine.script.ScriptTest;
import io.millrace.engine.script.ScriptTestOptions;
import io.millrace.engine.script.ScriptTestReport;
import io.millrace.engine.script.ScriptTestResult;
import io.millrace.engine.script.ScriptTests;
import io.millrace.spi.state.StateBackend;
import io.millrace.state.chronicle.ChronicleState;
import io.millrace.state.heap.HeapStateBackend;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The corpus says what the language does; {@code -Dmillrace.scripts=folder} runs a part of it. */
class ScriptCorpusTest {
  private static final String CORPUS = "src/test/resources/scripts";

  /** The ways of running a script that must all give what the corpus says. */
  enum Variant {
    ROW_BY_ROW(1, Restarts.AS_WRITTEN, 1),
    ROW_BY_ROW_WITH_RESTART(1, Restarts.IN_THE_MIDDLE, 1),
    ROW_BY_ROW_IN_TASKS(1, Restarts.AS_WRITTEN, 4),
    SMALL_BATCHES(3, Restarts.AS_WRITTEN, 1),
    SMALL_BATCHES_IN_TASKS_WITH_RESTART(3, Restarts.IN_THE_MIDDLE, 4),
    LARGE_BATCHES(1024, Restarts.AS_WRITTEN, 1),
    LARGE_BATCHES_IN_TASKS(1024, Restarts.AS_WRITTEN, 4),
    LARGE_BATCHES_WITH_RESTART(1024, Restarts.IN_THE_MIDDLE, 1),
    RESTARTED_EVERYWHERE(1, Restarts.EVERYWHERE, 1),
    LARGE_BATCHES_IN_FILES(1024, Restarts.AS_WRITTEN, 1),
    SMALL_BATCHES_IN_TASKS_IN_FILES(3, Restarts.IN_THE_MIDDLE, 4),
    RESTARTED_EVERYWHERE_IN_FILES(1, Restarts.EVERYWHERE, 1),
    RESTARTED_WITH_OTHER_TASKS(1, Restarts.EVERYWHERE, 1, 4, 2, 3),
    RESTARTED_WITH_OTHER_TASKS_IN_FILES(3, Restarts.IN_THE_MIDDLE, 4, 1, 3);

    private final int batchSize;
    private final Restarts restarts;

    /** In how many tasks it runs, then behind the first restart, and so on. */
    @SuppressWarnings("ImmutableEnumChecker") // nobody writes into the array
    private final int[] parallelism;

    Variant(int batchSize, Restarts restarts, int... parallelism) {
      this.batchSize = batchSize;
      this.restarts = restarts;
      this.parallelism = parallelism;
    }

    private ScriptTestOptions options() {
      return ScriptTestOptions.defaults()
          .withBatchSize(batchSize)
          .withRestarts(restarts)
          .withSettingsInTurn(
              Arrays.stream(parallelism)
                  .mapToObj(tasks -> Map.of("parallelism", String.valueOf(tasks)))
                  .toList())
          .withEngines(
              () ->
                  Engine.builder()
                      .functions(UserAggregateExamples.classes())
                      .stateBackends(state()));
    }

    /** In files, so few keys stay in memory that the others go there and come back. */
    private Supplier<StateBackend> state() {
      return name().endsWith("IN_FILES")
          ? ChronicleState.ofFewRows(Path.of("target", "state"))
          : HeapStateBackend::new;
    }
  }

  @ParameterizedTest
  @EnumSource(Variant.class)
  void shouldDoWhatTheCorpusSays(Variant variant) {
    Path corpus = Path.of(CORPUS).resolve(System.getProperty("millrace.scripts", ""));
    List<ScriptTest> tests = ScriptTests.find(List.of(corpus));
    List<ScriptTestResult> results =
        tests.stream().map(test -> ScriptTests.run(test, variant.options())).toList();
    ScriptTestReport report = new ScriptTestReport(results);
    assertThat(report.failed()).as("%s\n%s", variant, report.text()).isZero();
  }
}
