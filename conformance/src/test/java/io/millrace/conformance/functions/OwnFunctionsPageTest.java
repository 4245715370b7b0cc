package io.millrace.conformance.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Engine;
import io.millrace.engine.Input;
import io.millrace.engine.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The examples of docs/own-functions.md. */
class OwnFunctionsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "own-functions.md");
  private static final Path SOURCES =
      Path.of("src/test/java", OwnFunctionsPageTest.class.getPackageName().replace('.', '/'));
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

  private static List<String> blocks(Pattern kind) throws IOException {
    return kind.matcher(Files.readString(PAGE))
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();
  }

  @Test
  void shouldShowTheClassesThatRunHere() throws IOException {
    List<String> blocks = blocks(JAVA);

    assertThat(blocks).hasSize(4);
    for (String name : List.of("Cards", "RootMeanSquare", "Tally", "CardFunctions")) {
      String source = Files.readString(SOURCES.resolve(name + ".java"));
      assertThat(blocks).anySatisfy(block -> assertThat(source).endsWith("\n" + block));
    }
  }

  @Test
  void shouldRunTheQueryThatThePageShows() throws IOException {
    List<String> rows = new ArrayList<>();
    Class<?>[] classes = new CardFunctions().functionClasses().toArray(Class<?>[]::new);
    try (Engine engine = Engine.builder().functions(classes).build()) {
      Job job = engine.deploy(String.join("", blocks(SQL)));
      job.output("Loads").subscribe(row -> rows.add(row.values().toString()));
      Input<Map<String, ? extends @Nullable Object>> payments = job.input("Payments");
      payments.send(Map.of("card", "4929123", "amount", 3.0));
      payments.send(Map.of("card", "4929123", "amount", 4.0));
    }
    assertThat(rows).containsExactly("[...9123, 3.0]", "[...9123, 3.5355339059327378]");
  }
}
