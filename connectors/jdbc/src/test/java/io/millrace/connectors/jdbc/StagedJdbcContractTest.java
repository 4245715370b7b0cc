package io.millrace.connectors.jdbc;

import io.millrace.spi.connector.StagedOutput;
import io.millrace.spi.connector.StagedSink;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.StagedSinkContractTest;
import io.millrace.testkit.connector.StreamFixture;
import io.millrace.testkit.connector.TestSinkContext;
import io.millrace.testkit.time.VirtualClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class StagedJdbcContractTest {

  @Nested
  class Appending extends JdbcContract {
    Appending() {
      super("append");
    }
  }

  @Nested
  class Upserting extends JdbcContract {
    Upserting() {
      super("upsert");
    }
  }

  /** The contract for one mode, on a database in a file. */
  abstract static class JdbcContract extends StagedSinkContractTest {
    private final String mode;
    @TempDir private Path folder;
    private @Nullable H2Database database;

    JdbcContract(String mode) {
      this.mode = mode;
    }

    private H2Database database() {
      H2Database opened = database;
      if (opened == null) {
        opened = new H2Database("jdbc:h2:file:" + folder.resolve("db"));
        opened.run("CREATE TABLE t (a INT, b VARCHAR)");
        database = opened;
      }
      return opened;
    }

    @AfterEach
    void close() {
      closeAbandoned();
      database().close();
    }

    @Override
    protected StreamFixture stream() {
      return StreamFixture.of(new Field("a", DataType.INT), new Field("b", DataType.STRING))
          .withConnector(new JdbcConnector())
          .keyedBy(0)
          .with("url", database().url())
          .with("table", "t")
          .with("mode", mode);
    }

    @Override
    protected List<@Nullable Object[]> rows() {
      List<@Nullable Object[]> rows = new ArrayList<>();
      for (long i = 0; i < 7; i++) {
        rows.add(new @Nullable Object[] {i, "row " + i});
      }
      return rows;
    }

    @Override
    protected StagedSink open(@Nullable StagedOutput resumed) {
      var stream = stream().definition();
      return new JdbcConnector()
          .openStaged(stream, TestSinkContext.of(stream, null, new VirtualClock()), resumed);
    }

    @Override
    protected List<String> written() {
      return database().rows("SELECT a, b FROM t ORDER BY a");
    }

    @Override
    protected void clear() {
      database().run("DELETE FROM t", "DELETE FROM millrace_commits");
    }
  }
}
