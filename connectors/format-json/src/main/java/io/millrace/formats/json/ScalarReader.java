package io.millrace.formats.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.text.TextParser;
import java.io.IOException;

/** Reads scalars from the text of their tokens, so that strings may hold numbers. */
abstract class ScalarReader extends ValueReader {
  private final TextParser parser;

  private ScalarReader(TextParser parser) {
    super(parser.type(), parser.field());
    this.parser = parser;
  }

  abstract boolean takes(JsonToken token);

  @Override
  final Object read(JsonParser json, JsonToken token) throws IOException {
    if (!takes(token)) {
      throw unfit(token);
    }
    return parser.parse(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
  }

  @Override
  final void read(JsonParser json, JsonToken token, RowWriter writer, int column)
      throws IOException {
    if (!takes(token)) {
      throw unfit(token);
    }
    parser.parse(
        json.getTextCharacters(), json.getTextOffset(), json.getTextLength(), writer, column);
  }

  static final class OfTextOrNumber extends ScalarReader {
    OfTextOrNumber(TextParser parser) {
      super(parser);
    }

    @Override
    boolean takes(JsonToken token) {
      return token == JsonToken.VALUE_NUMBER_INT
          || token == JsonToken.VALUE_NUMBER_FLOAT
          || token == JsonToken.VALUE_STRING;
    }
  }

  static final class OfTextOnly extends ScalarReader {
    OfTextOnly(TextParser parser) {
      super(parser);
    }

    @Override
    boolean takes(JsonToken token) {
      return token == JsonToken.VALUE_STRING;
    }
  }
}
