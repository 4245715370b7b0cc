package io.millrace.connectors.jdbc;

import io.millrace.spi.connector.Sink;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.SinkContractTest;
import io.millrace.testkit.connector.StreamFixture;
import io.millrace.testkit.connector.TestSinkContext;
import io.millrace.testkit.time.VirtualClock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

class JdbcSinkContractTest extends SinkContractTest {
  private final H2Database database = new H2Database("sink-contract").run("CREATE TABLE t (a INT)");

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected StreamFixture stream() {
    return StreamFixture.of(new Field("a", DataType.INT))
        .withConnector(new JdbcConnector())
        .with("url", database.url())
        .with("table", "t");
  }

  @Override
  protected List<@Nullable Object[]> rows() {
    return List.of(new @Nullable Object[] {1L}, new @Nullable Object[] {2L});
  }

  @Override
  protected Sink open() {
    var stream = stream().definition();
    return new JdbcConnector().open(stream, TestSinkContext.of(stream, null, new VirtualClock()));
  }

  @Override
  protected List<String> written() {
    return database.rows("SELECT a FROM t ORDER BY a");
  }

  @Override
  protected void clear() {
    database.run("DELETE FROM t");
  }
}
