package io.millrace.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs scripts over files of a folder to their end, and reads what they print. */
final class ConsoleRun {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private ConsoleRun() {}

  /**
   * The lines, with one blank between columns: how wide they are depends on the batches, and is not
   * compared.
   *
   * @param here the folder that the script names so
   */
  static List<String> lines(String script, Path here, int batchSize) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (Engine engine =
        Engine.builder()
            .batchSize(batchSize)
            .console(new PrintStream(printed, false, StandardCharsets.UTF_8))
            .build()) {
      String folder = here.toString().replace('\\', '/');
      Job job = engine.deploy(Deployment.of(script).withVariable("here", folder));
      job.start();
      assertThat(job.await(LIMIT)).as("ended within %s", LIMIT).isTrue();
    }
    return printed
        .toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replaceAll(" +", " "))
        .toList();
  }
}
