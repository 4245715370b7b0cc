package io.millrace.formats.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.text.TextParser;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.DataTypeVisitor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON values of one column, element or field. The first token of the value is current
 * before, its last token afterwards. Used by one thread.
 */
abstract class ValueReader {
  private final DataType type;
  private final String field;

  ValueReader(DataType type, String field) {
    this.type = type;
    this.field = field;
  }

  /**
   * A reader for values of a type.
   *
   * @param field what names the value in errors
   * @throws MillraceException if the type has no JSON form
   */
  static ValueReader of(DataType type, String field, JsonCursor cursor) {
    return type.accept(new Maker(field, cursor));
  }

  /** The boxed internal value of a token that is not null. */
  abstract Object read(JsonParser parser, JsonToken token) throws IOException;

  /** Sets a column to the value of a token that is not null. */
  void read(JsonParser parser, JsonToken token, RowWriter writer, int column) throws IOException {
    writer.setObject(column, read(parser, token));
  }

  /** The boxed internal value of the next token, null for NULL. */
  final @Nullable Object readNext(JsonParser parser) throws IOException {
    return readNullable(parser, parser.nextToken());
  }

  final @Nullable Object readNullable(JsonParser parser, JsonToken token) throws IOException {
    return token == JsonToken.VALUE_NULL ? null : read(parser, token);
  }

  /** Says that a value is of a wrong kind. */
  final DecodeException unfit(JsonToken token) {
    return new DecodeException(
        "field '" + field + "' must be " + type.sql() + ", not " + JsonCursor.describe(token));
  }

  private record Maker(String field, JsonCursor cursor) implements DataTypeVisitor<ValueReader> {
    @Override
    public ValueReader visitSimple(DataType.Simple type) {
      return switch (type) {
        case BOOLEAN -> new BooleanReader(text(type));
        case STRING -> new StringReader(field, cursor);
        case BYTES -> new ScalarReader.OfTextOnly(text(type));
        case DOUBLE -> new DoubleReader(text(type));
        case INT, BIGINT, TIMESTAMP, DATE, TIME, INTERVAL ->
            new ScalarReader.OfTextOrNumber(text(type));
        case NULL -> throw new MillraceException("column '" + field + "' has no type");
      };
    }

    @Override
    public ValueReader visitDecimal(DataType.Decimal type) {
      return new ScalarReader.OfTextOrNumber(text(type));
    }

    @Override
    public ValueReader visitArray(DataType.Array type) {
      return new CollectionReader.OfArray(type, field, of(type.element(), field + "[]", cursor));
    }

    @Override
    public ValueReader visitMap(DataType.MapOf type) {
      TextParser key =
          TextParser.of(type.key(), field + " (key)")
              .orElseThrow(
                  () ->
                      new MillraceException(
                          "column '"
                              + field
                              + "' cannot be JSON: the keys of a MAP must be scalar, not "
                              + type.key().sql()));
      return new CollectionReader.OfMap(type, field, key, of(type.value(), field + "{}", cursor));
    }

    @Override
    public ValueReader visitStruct(DataType.StructOf type) {
      ValueReader[] readers = new ValueReader[type.fields().size()];
      for (int i = 0; i < readers.length; i++) {
        readers[i] =
            of(type.fields().get(i).type(), field + "." + type.fields().get(i).name(), cursor);
      }
      return new CollectionReader.OfStruct(type, field, readers);
    }

    private TextParser text(DataType type) {
      return TextParser.of(type, field).orElseThrow();
    }
  }
}
