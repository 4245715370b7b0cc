package io.millrace.formats.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.text.NumberParser;
import io.millrace.spi.text.TextParser;
import io.millrace.spi.types.DataType;
import java.io.IOException;

/** Reads doubles: those of few digits at once, the others by Jackson's fast parser. */
final class DoubleReader extends ValueReader {
  private final TextParser parser;

  DoubleReader(TextParser parser) {
    super(DataType.DOUBLE, parser.field());
    this.parser = parser;
  }

  @Override
  Object read(JsonParser json, JsonToken token) throws IOException {
    return readDouble(json, token);
  }

  @Override
  void read(JsonParser json, JsonToken token, RowWriter writer, int column) throws IOException {
    writer.setDouble(column, readDouble(json, token));
  }

  private double readDouble(JsonParser json, JsonToken token) throws IOException {
    boolean isNumber = token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
    if (!isNumber && token != JsonToken.VALUE_STRING) {
      throw unfit(token);
    }
    char[] text = json.getTextCharacters();
    int offset = json.getTextOffset();
    int length = json.getTextLength();
    double simple = NumberParser.parseSimpleDouble(text, offset, length);
    if (!Double.isNaN(simple)) {
      return simple;
    }
    if (!isNumber) {
      return (Double) parser.parse(text, offset, length);
    }
    double value = json.getDoubleValue();
    if (Double.isInfinite(value)) {
      throw parser.outOfRange(text, offset, length);
    }
    return value;
  }
}
