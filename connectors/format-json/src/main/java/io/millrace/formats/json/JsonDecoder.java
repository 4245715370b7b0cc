package io.millrace.formats.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.connector.Decoder;
import io.millrace.spi.connector.Framing;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.text.Utf8;
import io.millrace.spi.types.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Decodes a JSON object per record into the columns that its fields name. */
final class JsonDecoder implements Decoder {
  private final JsonCursor cursor = new JsonCursor();
  private final FieldNames names;
  private final ValueReader[] readers;

  JsonDecoder(Schema schema) {
    names = new FieldNames(schema.names());
    readers = new ValueReader[schema.size()];
    for (int i = 0; i < readers.length; i++) {
      readers[i] = ValueReader.of(schema.type(i), schema.name(i), cursor);
    }
  }

  @Override
  public Framing framing() {
    return Framing.LINES;
  }

  @Override
  public int headerRecords() {
    return 0;
  }

  @Override
  public void reset() {
    // Nothing is kept from record to record.
  }

  @Override
  public void decode(byte[] bytes, int offset, int length, RowWriter writer) {
    int from = offset;
    int end = offset + length;
    while (from < end && isBlank(bytes[from])) {
      from++;
    }
    while (end > from && isBlank(bytes[end - 1])) {
      end--;
    }
    if (from == end) {
      return;
    }
    int invalid = Utf8.findInvalid(bytes, from, end - from);
    if (invalid >= 0) {
      throw new DecodeException("not valid UTF-8 at byte " + (from - offset + invalid));
    }
    try {
      decodeObject(cursor.begin(bytes, from, end - from), writer);
    } catch (JsonProcessingException e) {
      throw cursor.explain(e);
    } catch (DecodeException e) {
      cursor.discard();
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private void decodeObject(JsonParser parser, RowWriter writer) throws IOException {
    JsonToken first = parser.nextToken();
    if (first != JsonToken.START_OBJECT) {
      throw new DecodeException("expected a JSON object, found " + JsonCursor.describe(first));
    }
    writer.beginRow();
    names.beginObject();
    for (int column = names.next(parser); column != FieldNames.END; column = names.next(parser)) {
      JsonToken token = parser.nextToken();
      if (column < 0) {
        parser.skipChildren();
      } else if (token == JsonToken.VALUE_NULL) {
        writer.setNull(column);
      } else {
        readers[column].read(parser, token, writer, column);
      }
    }
    if (!cursor.isAtEnd(parser)) {
      throw new DecodeException("not valid JSON: the object ends, but the record goes on");
    }
    writer.endRow();
  }

  private static boolean isBlank(byte value) {
    return value == ' ' || value == '\t' || value == '\r' || value == '\n';
  }
}
