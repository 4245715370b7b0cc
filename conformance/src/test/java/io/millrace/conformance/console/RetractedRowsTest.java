package io.millrace.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an outer join and a pattern send early, and take back, as files and the console show it. */
class RetractedRowsTest {
  private static final String SOURCES =
      """
      CREATE STREAM S (side STRING, k INT, v INT, ts TIMESTAMP, WATERMARK FOR ts AS ts)
        WITH (connector = 'file', path = '${here}/s.csv', format = 'csv');
      CREATE STREAM A AS SELECT k, v FROM S WHERE side = 'a';
      CREATE STREAM B AS SELECT k, v FROM S WHERE side = 'b';
      """;
  private static final String JOIN =
      "SELECT a.k AS k, a.v AS v, b.v AS w FROM A a LEFT JOIN B b WITHIN 4 SEC ON a.k = b.k"
          + " EMIT CHANGES WITH RETRACTIONS;\n";
  private static final String PATTERN =
      "SELECT k, a.v AS v FROM PATTERN (EVERY a = A -> NOT B FOR 4 SEC) PARTITION BY k"
          + " EMIT CHANGES WITH RETRACTIONS;\n";

  @TempDir private Path folder;

  @BeforeEach
  void writeRows() throws IOException {
    Files.writeString(
        folder.resolve("s.csv"),
        "side,k,v,ts\na,1,1,1000\nb,1,9,2000\na,2,5,3000\na,1,2,20000\nb,1,3,21000\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1024})
  void shouldWriteKindOfEachRowIntoFiles(int batchSize) throws IOException {
    run(
        SOURCES
            + "CREATE STREAM J WITH (connector = 'file', path = '${here}/j.json', format = 'json')"
            + " AS "
            + JOIN
            + "CREATE STREAM P WITH (connector = 'file', path = '${here}/p.csv', format = 'csv')"
            + " AS "
            + PATTERN,
        batchSize);

    assertThat(Files.readAllLines(folder.resolve("j.json")))
        .containsExactly(
            "{\"ROW_KIND\":\"+I\",\"k\":1,\"v\":1,\"w\":null}",
            "{\"ROW_KIND\":\"-D\",\"k\":1,\"v\":1,\"w\":null}",
            "{\"ROW_KIND\":\"+I\",\"k\":1,\"v\":1,\"w\":9}",
            "{\"ROW_KIND\":\"+I\",\"k\":2,\"v\":5,\"w\":null}",
            "{\"ROW_KIND\":\"+I\",\"k\":1,\"v\":2,\"w\":null}",
            "{\"ROW_KIND\":\"-D\",\"k\":1,\"v\":2,\"w\":null}",
            "{\"ROW_KIND\":\"+I\",\"k\":1,\"v\":2,\"w\":3}");
    assertThat(Files.readAllLines(folder.resolve("p.csv")))
        .containsExactly("ROW_KIND,k,v", "+I,1,1", "-D,1,1", "+I,2,5", "+I,1,2", "-D,1,2");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1024})
  void shouldShowKindOfEachRowOnConsole(int batchSize) {
    assertThat(run(SOURCES + JOIN, batchSize))
        .containsExactly(
            "ROW_KIND k v w",
            "+I 1 1 NULL",
            "-D 1 1 NULL",
            "+I 1 1 9",
            "+I 2 5 NULL",
            "+I 1 2 NULL",
            "-D 1 2 NULL",
            "+I 1 2 3");
    assertThat(run(SOURCES + PATTERN, batchSize))
        .containsExactly("ROW_KIND k v", "+I 1 1", "-D 1 1", "+I 2 5", "+I 1 2", "-D 1 2");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1024})
  void shouldWriteKindOnceWhenQuerySelectsIt(int batchSize) throws IOException {
    run(
        SOURCES
            + "CREATE STREAM J WITH (connector = 'file', path = '${here}/j.json', format = 'json')"
            + " AS SELECT ROW_KIND, "
            + JOIN.substring("SELECT ".length()),
        batchSize);

    assertThat(Files.readAllLines(folder.resolve("j.json")))
        .containsExactly(
            "{\"ROW_KIND\":\"+I\",\"k\":1,\"v\":1,\"w\":null}",
            "{\"ROW_KIND\":\"-D\",\"k\":1,\"v\":1,\"w\":null}",
            "{\"ROW_KIND\":\"+I\",\"k\":1,\"v\":1,\"w\":9}",
            "{\"ROW_KIND\":\"+I\",\"k\":2,\"v\":5,\"w\":null}",
            "{\"ROW_KIND\":\"+I\",\"k\":1,\"v\":2,\"w\":null}",
            "{\"ROW_KIND\":\"-D\",\"k\":1,\"v\":2,\"w\":null}",
            "{\"ROW_KIND\":\"+I\",\"k\":1,\"v\":2,\"w\":3}");
  }

  private List<String> run(String script, int batchSize) {
    return ConsoleRun.lines(script, folder, batchSize);
  }
}
