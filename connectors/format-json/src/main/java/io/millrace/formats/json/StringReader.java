package io.millrace.formats.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.spi.text.StringCache;
import io.millrace.spi.types.DataType;
import java.io.IOException;

/** Reads strings; anything else as the text that it is in JSON. */
final class StringReader extends ValueReader {
  private final JsonCursor cursor;
  private final StringCache cache = new StringCache();

  StringReader(String field, JsonCursor cursor) {
    super(DataType.STRING, field);
    this.cursor = cursor;
  }

  @Override
  Object read(JsonParser parser, JsonToken token) throws IOException {
    if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
      return cursor.copyChildren(parser);
    }
    return cache.get(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
  }
}
