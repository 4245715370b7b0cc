package io.millrace.formats.csv;

import io.millrace.spi.connector.Decoder;
import io.millrace.spi.connector.Encoder;
import io.millrace.spi.connector.Format;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.types.Field;
import java.util.List;

/** Each record is a line of fields; an empty field is NULL, a quoted empty one the empty string. */
public final class CsvFormat implements Format {
  @Override
  public String name() {
    return "csv";
  }

  @Override
  public String description() {
    return "Comma-separated values with a header; an empty field is NULL.";
  }

  @Override
  public List<OptionSpec> options() {
    return CsvDialect.options();
  }

  @Override
  public Decoder decoder(StreamDefinition stream) {
    return new CsvDecoder(stream.schema(), CsvDialect.of(stream.options()));
  }

  @Override
  public Encoder encoder(StreamDefinition stream, boolean showsRowKind) {
    return new CsvEncoder(stream, CsvDialect.of(stream.options()), showsRowKind);
  }

  /** Says that a column has a type that a field cannot hold. */
  static MillraceException unfit(Field column) {
    return new MillraceException(
        "column '"
            + column.name()
            + "' cannot be CSV: "
            + column.type().sql()
            + " is no scalar type; use format = 'json', or select its elements or fields");
  }
}
