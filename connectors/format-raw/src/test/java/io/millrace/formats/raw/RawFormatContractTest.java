package io.millrace.formats.raw;

import io.millrace.spi.connector.Format;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.FormatContractTest;
import io.millrace.testkit.connector.StreamFixture;
import java.util.List;
import org.jspecify.annotations.Nullable;

class RawFormatContractTest extends FormatContractTest {
  @Override
  protected Format format() {
    return new RawFormat();
  }

  @Override
  protected StreamFixture stream() {
    return StreamFixture.of(new Field("line", DataType.STRING));
  }

  @Override
  protected List<@Nullable Object[]> rows() {
    return List.of(new @Nullable Object[] {"ä, \"b\"\t€"}, new @Nullable Object[] {""});
  }
}
