package io.millrace.formats.json;

import io.millrace.spi.connector.Format;
import io.millrace.testkit.connector.FormatContractTest;

class JsonFormatContractTest extends FormatContractTest {
  @Override
  protected Format format() {
    return new JsonFormat();
  }
}
