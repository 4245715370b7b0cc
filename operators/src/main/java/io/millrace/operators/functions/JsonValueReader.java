package io.millrace.operators.functions;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.data.Struct;
import io.millrace.spi.error.RowException;
import io.millrace.spi.text.TextParser;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.DataTypeVisitor;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.spi.types.TypeParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of one type from JSON, in the forms that the JSON format has; made once per
 * type. Fields of a STRUCT match exactly, else without case; absent ones are NULL, unknown ones
 * ignored.
 */
public abstract class JsonValueReader {
  private JsonValueReader() {}

  /** The reader of the type that a text names. */
  static JsonValueReader of(String type) {
    return TypeParser.parse(type).accept(new Maker("value"));
  }

  /**
   * The boxed internal value on whose first token the parser stands, null for null; goes to its
   * last token.
   *
   * @throws DecodeException if it is not of the type
   */
  final @Nullable Object read(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NULL ? null : readValue(parser);
  }

  abstract Object readValue(JsonParser parser) throws IOException;

  private static RowException unexpected(String field, String expected, JsonParser parser)
      throws IOException {
    String found =
        switch (parser.currentToken()) {
          case START_OBJECT -> "an object";
          case START_ARRAY -> "an array";
          default -> "'" + parser.getText() + "'";
        };
    return new RowException("'" + field + "' must be " + expected + ", not " + found);
  }

  private static final class OfScalar extends JsonValueReader {
    private final TextParser text;

    OfScalar(TextParser text) {
      this.text = text;
    }

    @Override
    Object readValue(JsonParser parser) throws IOException {
      if (parser.currentToken().isStructStart()) {
        if (text.type() == DataType.STRING) {
          return JsonInput.copy(parser);
        }
        throw unexpected(text.field(), text.type().sql(), parser);
      }
      return text.parse(parser.getText());
    }
  }

  private static final class OfArray extends JsonValueReader {
    private final String field;
    private final JsonValueReader element;

    OfArray(String field, JsonValueReader element) {
      this.field = field;
      this.element = element;
    }

    @Override
    Object readValue(JsonParser parser) throws IOException {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        throw unexpected(field, "an array", parser);
      }
      List<@Nullable Object> values = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        values.add(element.read(parser));
      }
      return Collections.unmodifiableList(values);
    }
  }

  private static final class OfMap extends JsonValueReader {
    private final String field;
    private final TextParser key;
    private final JsonValueReader element;

    OfMap(String field, TextParser key, JsonValueReader element) {
      this.field = field;
      this.key = key;
      this.element = element;
    }

    @Override
    Object readValue(JsonParser parser) throws IOException {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw unexpected(field, "an object", parser);
      }
      Map<Object, @Nullable Object> values = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        Object name = key.parse(parser.currentName());
        parser.nextToken();
        values.put(name, element.read(parser));
      }
      return Collections.unmodifiableMap(values);
    }
  }

  private static final class OfStruct extends JsonValueReader {
    private final String field;
    private final Schema fields;
    private final List<JsonValueReader> readers;

    OfStruct(String field, Schema fields, List<JsonValueReader> readers) {
      this.field = field;
      this.fields = fields;
      this.readers = readers;
    }

    @Override
    Object readValue(JsonParser parser) throws IOException {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw unexpected(field, "an object", parser);
      }
      @Nullable Object[] values = new Object[readers.size()];
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        int index = fields.indexOf(parser.currentName());
        parser.nextToken();
        if (index < 0) {
          parser.skipChildren();
        } else {
          values[index] = readers.get(index).read(parser);
        }
      }
      return Struct.of(values);
    }
  }

  /** Makes the reader of a value that errors call {@code field}. */
  private record Maker(String field) implements DataTypeVisitor<JsonValueReader> {
    @Override
    public JsonValueReader visitSimple(DataType.Simple type) {
      return new OfScalar(TextParser.of(type, field).orElseThrow());
    }

    @Override
    public JsonValueReader visitDecimal(DataType.Decimal type) {
      return new OfScalar(TextParser.of(type, field).orElseThrow());
    }

    @Override
    public JsonValueReader visitArray(DataType.Array type) {
      return new OfArray(field, type.element().accept(this));
    }

    @Override
    public JsonValueReader visitMap(DataType.MapOf type) {
      TextParser key =
          TextParser.of(type.key(), field)
              .orElseThrow(
                  () ->
                      new RowException("the keys of " + type.sql() + " cannot be read from JSON"));
      return new OfMap(field, key, type.value().accept(this));
    }

    @Override
    public JsonValueReader visitStruct(DataType.StructOf type) {
      List<JsonValueReader> readers = new ArrayList<>();
      for (Field each : type.fields()) {
        readers.add(each.type().accept(new Maker(field + "." + each.name())));
      }
      return new OfStruct(field, new Schema(type.fields()), readers);
    }
  }
}
