package io.millrace.conformance.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.engine.connect.Plugins;
import io.millrace.spi.connector.Connector;
import io.millrace.spi.connector.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectorPageTest {
  private static final Path PAGE = Path.of("..", "docs", "connectors.md");
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Plugins PLUGINS = Plugins.load(List.of(), List.of());

  /** With {@code -Dpages.write=true} it writes the page instead of comparing it. */
  @Test
  void shouldBeInTheDocsAsConnectorsDeclare() throws IOException {
    String page = ConnectorPage.markdown(PLUGINS);
    if (Boolean.getBoolean("pages.write")) {
      Files.writeString(PAGE, page);
    }

    assertThat(PAGE)
        .as("docs/connectors.md is out of date: run this test with -Dpages.write=true")
        .content()
        .isEqualTo(page);
  }

  /** All but that of kafka, which needs a broker. */
  static List<ConnectorExample> examples() {
    return Stream.concat(
            PLUGINS.connectors().stream().map(Connector::name),
            PLUGINS.formats().stream().map(Format::name))
        .filter(name -> !name.equals("kafka"))
        .map(ConnectorExample::new)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldPrintAndWriteWhatThePageSaysWhenExampleRuns(
      ConnectorExample example, @TempDir Path folder) throws IOException {
    for (Map.Entry<String, String> input : example.inputs().entrySet()) {
      Files.writeString(folder.resolve(input.getKey()), input.getValue());
    }

    assertThat(run(example, folder).lines()).containsExactlyElementsOf(example.console());
    assertThat(ConnectorExample.filesIn(folder.resolve("out"))).isEqualTo(example.outputs());
  }

  private static String run(ConnectorExample example, Path folder) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (Engine engine =
        Engine.builder().console(new PrintStream(printed, false, StandardCharsets.UTF_8)).build()) {
      String here = folder.toString().replace('\\', '/');
      Job job = engine.deploy(Deployment.of(example.script()).withVariable("here", here));
      job.start();
      assertThat(job.await(LIMIT)).as("ended within %s", LIMIT).isTrue();
      assertThat(job.metrics().totalErrors()).as("failed rows and bad records").isZero();
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
