package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real {@code millrace run}, as a process that works in a folder of its own. */
final class RunnerProcess {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path output;
  private final Process process;

  private RunnerProcess(Path output, Process process) {
    this.output = output;
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param folder where it works; what it prints goes there as well
   * @param arguments those of {@code run}
   */
  static RunnerProcess start(Path folder, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.millrace.standalone.Main",
                "run"));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output.txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(new File(output.toString()))
              .start();
      return new RunnerProcess(output, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until it has ended by itself, or the time has passed. */
  boolean await(Duration timeout) {
    try {
      return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Ends it at once, as a crash does. */
  void kill() {
    process.destroyForcibly();
    assertThat(await(PATIENCE)).isTrue();
  }

  /** Has it end in an orderly way, and waits for it. */
  void stop() {
    process.destroy();
    assertThat(await(PATIENCE)).as(this::output).isTrue();
  }

  /** What it has printed. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
