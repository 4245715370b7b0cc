package io.millrace.connectors.generator;

import io.millrace.spi.connector.Source;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.connector.SourceContractTest;
import io.millrace.testkit.connector.StreamFixture;
import io.millrace.testkit.connector.TestSourceContext;
import io.millrace.testkit.time.VirtualClock;
import java.util.List;

class GeneratorSourceContractTest extends SourceContractTest {
  private static final StreamFixture STREAM =
      StreamFixture.of(
              new Field("flag", DataType.BOOLEAN),
              new Field("small", DataType.INT),
              new Field("large", DataType.BIGINT),
              new Field("real", DataType.DOUBLE),
              new Field("exact", DataType.decimal(10, 2)),
              new Field("text", DataType.STRING),
              new Field("raw", DataType.BYTES),
              new Field("at", DataType.TIMESTAMP),
              new Field("day", DataType.DATE),
              new Field("hour", DataType.TIME),
              new Field("span", DataType.INTERVAL),
              new Field("list", DataType.array(DataType.INT)),
              new Field("map", DataType.map(DataType.STRING, DataType.DOUBLE)),
              new Field("item", new DataType.StructOf(List.of(new Field("a", DataType.DATE)))))
          .withConnector(new GeneratorConnector())
          .with("count", "500");

  @Override
  protected Schema schema() {
    return STREAM.schema();
  }

  @Override
  protected Source open() {
    var stream = STREAM.definition();
    return new GeneratorConnector()
        .open(stream, new TestSourceContext("test", new VirtualClock(), stream, null));
  }
}
