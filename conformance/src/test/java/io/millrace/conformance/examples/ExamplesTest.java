package io.millrace.conformance.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ExamplesTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @ParameterizedTest
  @MethodSource("examples")
  void shouldPrintAndWriteWhatIsExpectedWhenExampleRuns(Example example, @TempDir Path folder)
      throws IOException {
    String console = run(example, example.copyTo(folder));

    assertThat(console.lines()).containsExactlyElementsOf(example.expectedLines());
    assertThat(Example.filesBelow(folder.resolve("out"))).isEqualTo(example.expectedFiles());
  }

  @Test
  void shouldFindTheExamplesWhenLookingBesideTheModule() {
    assertThat(examples())
        .extracting(Example::toString)
        .contains(
            "aftershocks",
            "birdstrikes",
            "earthquakes",
            "employment",
            "flights",
            "turns",
            "weather");
  }

  static List<Example> examples() {
    return Example.all();
  }

  private static String run(Example example, Path folder) throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (Engine engine =
        Engine.builder().console(new PrintStream(printed, false, StandardCharsets.UTF_8)).build()) {
      Job job =
          engine.deploy(
              Deployment.of(Files.readString(example.queryFile()))
                  .fromFile(example.queryFile().toString())
                  .withVariable("here", folder.toString().replace('\\', '/')));
      job.start();
      assertThat(job.await(LIMIT)).as("ended within %s", LIMIT).isTrue();
      assertThat(job.metrics().totalErrors()).as("failed rows and bad records").isZero();
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
