package io.millrace.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of one script come in the order of causes, then of the queries, however it is run. */
class ConsoleOrderTest {
  private static final String SCRIPT =
      """
      CREATE STREAM S (k STRING, v INT, ts TIMESTAMP, TIMESTAMP BY ts)
        WITH (connector = 'file', path = '${here}/s.csv', format = 'csv');
      CREATE STREAM Mixed (k STRING, v INT)
        WITH (connector = 'console', format = 'json', 'show.name' = 'true');
      CREATE STREAM Sums WITH (connector = 'console', format = 'json', 'show.name' = 'true') AS
        SELECT k, sum(v) AS s FROM S WINDOW TUMBLING (10 SEC) GROUP BY k;
      INSERT INTO Mixed SELECT k, v FROM S WHERE v < 3;
      CREATE STREAM Big WITH (connector = 'console', format = 'json', 'show.name' = 'true') AS
        SELECT k, v FROM S WHERE v >= 5;
      INSERT INTO Mixed SELECT k, v + 100 FROM Big WHERE v > 7;
      SELECT k, v FROM S WHERE v % 2 = 0;
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1024})
  void shouldPrintInTheOrderOfCausesAndQueriesWhenSeveralStreamsShareTheConsole(int batchSize)
      throws IOException {
    write("k,v,ts\na,8,0\nb,2,1000\na,6,9000\nb,9,10000\na,2,12000\nb,3,25000\n");

    assertThat(run(SCRIPT, batchSize))
        .containsExactly(
            "Big: {'k':'a','v':8}",
            "Mixed: {'k':'a','v':108}",
            "k v",
            "a 8",
            "Mixed: {'k':'b','v':2}",
            "b 2",
            "Big: {'k':'a','v':6}",
            "a 6",
            "Big: {'k':'b','v':9}",
            "Mixed: {'k':'b','v':109}",
            "Sums: {'k':'a','s':14}",
            "Sums: {'k':'b','s':2}",
            "Mixed: {'k':'a','v':2}",
            "a 2",
            "Sums: {'k':'b','s':9}",
            "Sums: {'k':'a','s':2}",
            "Sums: {'k':'b','s':3}");
  }

  @Test
  void shouldSayWhoseLinesAreWhoseWhenSeveralBareQueriesPrint() throws IOException {
    write("k,v,ts\na,8,0\nb,2,1000\n");
    String script =
        """
        CREATE STREAM S (k STRING, v INT, ts TIMESTAMP, TIMESTAMP BY ts)
          WITH (connector = 'file', path = '${here}/s.csv', format = 'csv');
        SELECT k FROM S;
        SELECT k, v FROM S WHERE v > 2;
        """;

    assertThat(run(script, 1024))
        .containsExactly("result: k", "result: a", "result#2: k v", "result#2: a 8", "result: b");
  }

  @Test
  void shouldPrintTheSameLinesWhenBatchesAreCutInAnotherWay() throws IOException {
    Random random = new Random(20_261_128);
    StringBuilder rows = new StringBuilder("k,v,ts\n");
    for (int i = 0; i < 3_000; i++) {
      rows.append("abc".charAt(random.nextInt(3))).append(',').append(random.nextInt(12));
      rows.append(',').append(300L * i - random.nextInt(2_000)).append('\n');
    }
    write(rows.toString());
    List<String> oneByOne = run(SCRIPT, 1);

    assertThat(oneByOne).hasSizeGreaterThan(4_000);
    assertThat(run(SCRIPT, 7)).isEqualTo(oneByOne);
    assertThat(run(SCRIPT, 1024)).isEqualTo(oneByOne);
  }

  private void write(String rows) throws IOException {
    Files.writeString(folder.resolve("s.csv"), rows);
  }

  private List<String> run(String script, int batchSize) {
    return ConsoleRun.lines(script, folder, batchSize).stream()
        .map(line -> line.replace('"', '\''))
        .toList();
  }
}
