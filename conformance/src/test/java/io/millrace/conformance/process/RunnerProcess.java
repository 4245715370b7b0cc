package io.millrace.conformance.process;

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

/** The real {@code millrace} command, as a process that works in a folder. */
public final class RunnerProcess {
  /** What {@code bin/millrace} starts the JVM with for state in files. */
  private static final List<String> FLAGS =
      List.of(
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path output;
  private final Process process;

  private RunnerProcess(Path output, Process process) {
    this.output = output;
    this.process = process;
  }

  /**
   * Starts {@code millrace run}.
   *
   * @param folder where it works; what it prints goes there as well
   * @param arguments those of {@code run}
   */
  public static RunnerProcess start(Path folder, String... arguments) {
    return start(folder, List.of(), "run", List.of(arguments));
  }

  /**
   * Starts {@code millrace run}, to be held at a step.
   *
   * @param debugger may have it run then, and does so alone
   */
  public static RunnerProcess start(Path folder, Debugger debugger, String... arguments) {
    return start(folder, List.of(debugger.option()), "run", List.of(arguments));
  }

  /** Has another command do its work, and waits for its end. */
  public static RunnerProcess call(Path folder, String command, String... arguments) {
    return call(folder, List.of(), command, arguments);
  }

  /**
   * As {@link #call(Path, String, String...)}.
   *
   * @param options for its JVM
   */
  static RunnerProcess call(
      Path folder, List<String> options, String command, String... arguments) {
    RunnerProcess process = start(folder, options, command, List.of(arguments));
    assertThat(process.await(PATIENCE)).isTrue();
    return process;
  }

  private static RunnerProcess start(
      Path folder, List<String> options, String command, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(ProcessHandle.current().info().command().orElse("java"));
    line.addAll(FLAGS);
    line.addAll(options);
    line.addAll(
        List.of(
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "io.millrace.standalone.Main",
            command));
    line.addAll(arguments);
    Path output = folder.resolve("output-" + command + ".txt");
    try {
      Process process =
          new ProcessBuilder(line)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(new File(output.toString()))
              .start();
      return new RunnerProcess(output, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its exit status, when it has ended. */
  public int status() {
    return process.exitValue();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until it has ended by itself, or the time has passed. */
  public boolean await(Duration timeout) {
    try {
      return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Ends it at once, as a crash does. */
  public void kill() {
    process.destroyForcibly();
    assertThat(await(PATIENCE)).isTrue();
  }

  /**
   * Has it hang, as a machine does that is out of breath, until {@link #resume}; not on Windows.
   */
  public void hang() {
    signal("STOP");
  }

  /** Has it come to itself after {@link #hang}. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      Process sent = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      assertThat(sent.waitFor()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Has it end in an orderly way, and waits for it. */
  public void stop() {
    process.destroy();
    assertThat(await(PATIENCE)).as(this::output).isTrue();
  }

  /** What it has printed. */
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
