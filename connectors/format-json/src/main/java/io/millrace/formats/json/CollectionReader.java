package io.millrace.formats.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.spi.data.Struct;
import io.millrace.spi.text.TextParser;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Readers of values that hold values; as deep as their types, whatever the JSON. */
abstract class CollectionReader extends ValueReader {
  private CollectionReader(DataType type, String field) {
    super(type, field);
  }

  final void expect(JsonToken expected, JsonToken token) {
    if (token != expected) {
      throw unfit(token);
    }
  }

  static final class OfArray extends CollectionReader {
    private final ValueReader element;

    OfArray(DataType.Array type, String field, ValueReader element) {
      super(type, field);
      this.element = element;
    }

    @Override
    Object read(JsonParser parser, JsonToken token) throws IOException {
      expect(JsonToken.START_ARRAY, token);
      List<@Nullable Object> values = new ArrayList<>();
      for (JsonToken next = parser.nextToken();
          next != JsonToken.END_ARRAY;
          next = parser.nextToken()) {
        values.add(element.readNullable(parser, next));
      }
      return Collections.unmodifiableList(values);
    }
  }

  static final class OfMap extends CollectionReader {
    private final TextParser key;
    private final ValueReader value;

    OfMap(DataType.MapOf type, String field, TextParser key, ValueReader value) {
      super(type, field);
      this.key = key;
      this.value = value;
    }

    @Override
    Object read(JsonParser parser, JsonToken token) throws IOException {
      expect(JsonToken.START_OBJECT, token);
      Map<Object, @Nullable Object> values = new LinkedHashMap<>();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        values.put(key.parse(name), value.readNext(parser));
      }
      return Collections.unmodifiableMap(values);
    }
  }

  static final class OfStruct extends CollectionReader {
    private final FieldNames names;
    private final ValueReader[] readers;

    OfStruct(DataType.StructOf type, String field, ValueReader[] readers) {
      super(type, field);
      this.names = new FieldNames(type.fields().stream().map(Field::name).toList());
      this.readers = readers;
    }

    @Override
    Object read(JsonParser parser, JsonToken token) throws IOException {
      expect(JsonToken.START_OBJECT, token);
      @Nullable Object[] values = new @Nullable Object[readers.length];
      names.beginObject();
      for (int index = names.next(parser); index != FieldNames.END; index = names.next(parser)) {
        JsonToken next = parser.nextToken();
        if (index < 0) {
          parser.skipChildren();
        } else {
          values[index] = readers[index].readNullable(parser, next);
        }
      }
      return Struct.of(values);
    }
  }
}
