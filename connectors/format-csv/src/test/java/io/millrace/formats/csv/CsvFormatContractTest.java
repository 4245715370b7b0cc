package io.millrace.formats.csv;

import io.millrace.spi.connector.Format;
import io.millrace.testkit.connector.FormatContractTest;

class CsvFormatContractTest extends FormatContractTest {
  @Override
  protected Format format() {
    return new CsvFormat();
  }
}
