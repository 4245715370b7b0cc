package io.millrace.language.analysis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Cases from a text file: {@code === name}, a script, {@code ---}, what is expected of it. All have
 * the same declarations in their first line, so that scripts begin in line 2.
 */
record Cases(String name, String script, List<String> expected) {
  static final String DECLARATIONS =
      "CREATE STREAM T (symbol STRING KEY, price DOUBLE, volume BIGINT, small INT, exact"
          + " DECIMAL(10,2), flag BOOLEAN, at TIMESTAMP, day DATE, span INTERVAL,"
          + " tags ARRAY<STRING>, place STRUCT<city STRING, zip INT>, props MAP<STRING, BIGINT>);"
          + " CREATE STREAM W (k STRING, v BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts - 5 SEC);"
          + " CREATE TABLE U (id BIGINT PRIMARY KEY, name STRING, tier STRING);"
          + " CREATE STREAM K (a BIGINT) WITH (connector = 'kafka', topic = 'k', format = 'json');\n";

  /** The cases of a resource beside this class. */
  static Stream<Cases> read(String resource) {
    List<Cases> cases = new ArrayList<>();
    for (String text : text(resource).split("(?m)^=== ")) {
      if (text.isBlank()) {
        continue;
      }
      int end = text.indexOf('\n');
      String[] parts = text.substring(end + 1).split("(?m)^---\n", 2);
      List<String> expected = Arrays.asList(parts[1].stripTrailing().split("\n"));
      cases.add(new Cases(text.substring(0, end), DECLARATIONS + parts[0], expected));
    }
    return cases.stream();
  }

  private static String text(String resource) {
    try (InputStream in = Objects.requireNonNull(Cases.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
