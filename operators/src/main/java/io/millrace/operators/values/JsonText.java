package io.millrace.operators.values;

import io.millrace.spi.data.Bytes;
import io.millrace.spi.data.Struct;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.DataTypeVisitor;
import io.millrace.spi.types.Field;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the values of one type as JSON, without blanks: times as ISO texts, INTERVAL as
 * milliseconds, BYTES as Base64, NaN and infinities as strings, STRUCT and MAP as objects. Made
 * once per type; immutable.
 */
public abstract sealed class JsonText {
  private static final String HEX = "0123456789abcdef";

  private JsonText() {}

  public static JsonText of(DataType type) {
    return type.accept(new Maker());
  }

  /** The JSON of a boxed internal value; {@code null} for null. */
  public final String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    append(value, out);
    return out.toString();
  }

  /** Appends the JSON of a boxed internal value; {@code null} for null. */
  public final void append(@Nullable Object value, StringBuilder out) {
    if (value == null) {
      out.append("null");
    } else {
      appendValue(value, out);
    }
  }

  abstract void appendValue(Object value, StringBuilder out);

  /** Appends a JSON string; a lone surrogate as an escape. */
  public static void appendString(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        appendControl(c, out);
      } else if (Character.isSurrogate(c) && !isPaired(text, i)) {
        appendUnicode(c, out);
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  private static boolean isPaired(String text, int index) {
    char c = text.charAt(index);
    return Character.isHighSurrogate(c)
        ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
        : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
  }

  private static void appendControl(char c, StringBuilder out) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      default -> appendUnicode(c, out);
    }
  }

  private static void appendUnicode(char c, StringBuilder out) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt((c >> shift) & 0xF));
    }
  }

  /** Numbers and booleans, whose text is JSON as it is. */
  private static final class Plain extends JsonText {
    private final DataType type;

    Plain(DataType type) {
      this.type = type;
    }

    @Override
    void appendValue(Object value, StringBuilder out) {
      boolean finite = !(value instanceof Double number) || Double.isFinite(number);
      String text = type == DataType.INTERVAL ? value.toString() : ValueText.of(type, value);
      out.append(finite ? text : '"' + text + '"');
    }
  }

  /** Types whose text is a JSON string. */
  private static final class Quoted extends JsonText {
    private final DataType type;

    Quoted(DataType type) {
      this.type = type;
    }

    @Override
    void appendValue(Object value, StringBuilder out) {
      String text =
          value instanceof Bytes bytes
              ? Base64.getEncoder().encodeToString(bytes.unsafeArray())
              : ValueText.of(type, value);
      appendString(text, out);
    }
  }

  private static final class OfArray extends JsonText {
    private final JsonText element;

    OfArray(JsonText element) {
      this.element = element;
    }

    @Override
    void appendValue(Object value, StringBuilder out) {
      String separator = "[";
      for (Object each : (List<?>) value) {
        out.append(separator);
        element.append(each, out);
        separator = ",";
      }
      out.append(separator.equals("[") ? "[]" : "]");
    }
  }

  private static final class OfMap extends JsonText {
    private final DataType key;
    private final JsonText element;

    OfMap(DataType key, JsonText element) {
      this.key = key;
      this.element = element;
    }

    @Override
    void appendValue(Object value, StringBuilder out) {
      String separator = "{";
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        out.append(separator);
        appendString(ValueText.of(key, entry.getKey()), out);
        out.append(':');
        element.append(entry.getValue(), out);
        separator = ",";
      }
      out.append(separator.equals("{") ? "{}" : "}");
    }
  }

  private static final class OfStruct extends JsonText {
    private final List<String> names;
    private final List<JsonText> fields;

    OfStruct(List<String> names, List<JsonText> fields) {
      this.names = names;
      this.fields = fields;
    }

    @Override
    void appendValue(Object value, StringBuilder out) {
      Struct struct = (Struct) value;
      out.append('{');
      for (int i = 0; i < names.size(); i++) {
        if (i > 0) {
          out.append(',');
        }
        appendString(names.get(i), out);
        out.append(':');
        fields.get(i).append(struct.get(i), out);
      }
      out.append('}');
    }
  }

  private record Maker() implements DataTypeVisitor<JsonText> {
    @Override
    public JsonText visitSimple(DataType.Simple type) {
      return switch (type) {
        case BOOLEAN, INT, BIGINT, DOUBLE, INTERVAL, NULL -> new Plain(type);
        case STRING, BYTES, TIMESTAMP, DATE, TIME -> new Quoted(type);
      };
    }

    @Override
    public JsonText visitDecimal(DataType.Decimal type) {
      return new Plain(type);
    }

    @Override
    public JsonText visitArray(DataType.Array type) {
      return new OfArray(of(type.element()));
    }

    @Override
    public JsonText visitMap(DataType.MapOf type) {
      return new OfMap(type.key(), of(type.value()));
    }

    @Override
    public JsonText visitStruct(DataType.StructOf type) {
      List<String> names = new ArrayList<>();
      List<JsonText> fields = new ArrayList<>();
      for (Field field : type.fields()) {
        names.add(field.name());
        fields.add(of(field.type()));
      }
      return new OfStruct(names, fields);
    }
  }
}
