package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.engine.fault.World.InputRow;
import io.millrace.spi.error.MillraceException;
import io.millrace.state.store.FileSnapshotStores;
import io.millrace.state.store.SnapshotKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A key that does not fit is not damage: no job begins anew or goes one back for it, whatever it
 * promises, and it leaves the snapshots as they are. With its key it goes on.
 */
final class EncryptedJobTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final String DIGITS = "0123456789abcdef";

  private final World world = new World(5);
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"exactly-once", "at-least-once"})
  void shouldStopWhenTheKeyDoesNotFitAndGoOnWithItsOwn(String delivery) throws IOException {
    String script = script(delivery);
    SnapshotKey key = key("key", DIGITS.repeat(4));
    world.addInput("Events", List.of(List.of(new InputRow(10, "a", 1))));
    run(script, key, 1);
    Set<String> kept = files();

    assertStops(script, key("other", DIGITS.repeat(3) + "0".repeat(16)), "with another key than");
    assertStops(script, null, "is encrypted, and no key is given");
    assertThat(files()).isEqualTo(kept);
    world.append("Events", new InputRow(20, "a", 2));
    run(script, key, 1);

    assertSums(delivery);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exactly-once", "at-least-once"})
  void shouldStopWhenAKeyIsGivenForPlainSnapshots(String delivery) throws IOException {
    String script = script(delivery);
    world.addInput("Events", List.of(List.of(new InputRow(10, "a", 1))));
    run(script, null, 1);
    Set<String> kept = files();

    assertStops(script, key("key", DIGITS.repeat(4)), "is not encrypted, and a key is given");
    assertThat(files()).isEqualTo(kept);
    world.append("Events", new InputRow(20, "a", 2));
    run(script, null, 1);

    assertSums(delivery);
  }

  private static String script(String delivery) {
    return "SET 'delivery' = '"
        + delivery
        + "';\n"
        + WorldJob.INPUT.replace("'world'", "'world', end = 'no'")
        + "CREATE STREAM Sums WITH (connector = '"
        + (delivery.equals("exactly-once") ? "ledger" : "tape")
        + "') AS SELECT k, sum(v) AS s FROM Events GROUP BY k;\n";
  }

  private void run(String script, @Nullable SnapshotKey key, long rows) {
    try (Engine engine = WorldJob.engine(world, new FileSnapshotStores(stores(), key))) {
      Job job = WorldJob.start(engine, script, "1000 h");
      WorldJob.awaitRows(job, rows);
      job.commit(LONG);
    }
  }

  private void assertStops(String script, @Nullable SnapshotKey key, String why) {
    try (Engine engine = WorldJob.engine(world, new FileSnapshotStores(stores(), key))) {
      assertThatThrownBy(() -> WorldJob.start(engine, script, "1000 h").await(LONG))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining(why);
    }
  }

  private void assertSums(String delivery) {
    boolean isOnce = delivery.equals("exactly-once");
    List<String> sums = isOnce ? world.ledger("Sums") : world.tape("Sums");
    assertThat(sums).hasSize(2);
    assertThat(sums.get(0)).endsWith("10 a 1");
    assertThat(sums.get(1)).endsWith("20 a 3");
  }

  private Path stores() {
    return folder.resolve("stores");
  }

  private SnapshotKey key(String name, String digits) throws IOException {
    return SnapshotKey.fromFile(Files.writeString(folder.resolve(name), digits));
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(stores())) {
      return all.filter(Files::isRegularFile)
          .map(it -> it.getFileName().toString())
          .collect(Collectors.toSet());
    }
  }
}
