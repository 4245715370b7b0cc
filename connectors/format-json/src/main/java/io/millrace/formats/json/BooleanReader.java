package io.millrace.formats.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.text.TextParser;
import io.millrace.spi.types.DataType;
import java.io.IOException;

/** Reads booleans, and strings that name one. */
final class BooleanReader extends ValueReader {
  private final TextParser parser;

  BooleanReader(TextParser parser) {
    super(DataType.BOOLEAN, parser.field());
    this.parser = parser;
  }

  @Override
  Object read(JsonParser json, JsonToken token) throws IOException {
    return readBoolean(json, token);
  }

  @Override
  void read(JsonParser json, JsonToken token, RowWriter writer, int column) throws IOException {
    writer.setBoolean(column, readBoolean(json, token));
  }

  private boolean readBoolean(JsonParser json, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING ->
          (Boolean)
              parser.parse(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
      default -> throw unfit(token);
    };
  }
}
