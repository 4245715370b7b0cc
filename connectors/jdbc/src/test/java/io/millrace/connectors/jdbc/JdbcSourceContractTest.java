package io.millrace.connectors.jdbc;

import io.millrace.spi.connector.Source;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.connector.SourceContractTest;
import io.millrace.testkit.connector.StreamFixture;
import io.millrace.testkit.connector.TestSourceContext;
import io.millrace.testkit.time.VirtualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

class JdbcSourceContractTest {

  @Nested
  class Ordered extends JdbcContract {
    @Override
    StreamFixture stream() {
      return super.stream().with("table", "t").with("order.by", "a");
    }
  }

  @Nested
  class Counted extends JdbcContract {
    @Override
    StreamFixture stream() {
      return super.stream().with("query", "SELECT a, b FROM t ORDER BY b DESC");
    }
  }

  /** The contract for a table of 2,500 rows. */
  abstract static class JdbcContract extends SourceContractTest {
    private final H2Database database =
        new H2Database("source-contract")
            .run(
                "CREATE TABLE t (a INT PRIMARY KEY, b VARCHAR)",
                "INSERT INTO t SELECT x, 'row ' || x FROM SYSTEM_RANGE(1, 2500)");

    @AfterEach
    void close() {
      database.close();
    }

    StreamFixture stream() {
      return StreamFixture.of(new Field("b", DataType.STRING), new Field("a", DataType.INT))
          .withConnector(new JdbcConnector())
          .with("url", database.url());
    }

    @Override
    protected Schema schema() {
      return stream().schema();
    }

    @Override
    protected Source open() {
      var stream = stream().definition();
      return new JdbcConnector()
          .open(stream, new TestSourceContext("test", new VirtualClock(), stream, null));
    }
  }
}
