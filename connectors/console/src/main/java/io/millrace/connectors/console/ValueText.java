package io.millrace.connectors.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.data.Struct;
import io.millrace.spi.text.TextWriter;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.DataTypeVisitor;
import io.millrace.spi.types.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text of values of one type for people. Control characters are shown as escapes, so that no
 * value steers the terminal. Immutable.
 */
abstract class ValueText {
  static ValueText of(DataType type) {
    return type.accept(new Maker());
  }

  /** The text of a boxed internal value. */
  final String text(@Nullable Object value) {
    return value == null ? "NULL" : textOf(value);
  }

  abstract String textOf(Object value);

  private static final class OfScalar extends ValueText {
    private final TextWriter writer;

    OfScalar(TextWriter writer) {
      this.writer = writer;
    }

    @Override
    String textOf(Object value) {
      ByteOutput out = new ByteOutput(32);
      writer.write(value, out);
      return escape(new String(out.array(), 0, out.size(), UTF_8));
    }
  }

  private static final class OfArray extends ValueText {
    private final ValueText element;

    OfArray(ValueText element) {
      this.element = element;
    }

    @Override
    String textOf(Object value) {
      List<String> texts = new ArrayList<>();
      for (Object item : (List<?>) value) {
        texts.add(element.text(item));
      }
      return "[" + String.join(", ", texts) + "]";
    }
  }

  private static final class OfMap extends ValueText {
    private final ValueText key;
    private final ValueText element;

    OfMap(ValueText key, ValueText element) {
      this.key = key;
      this.element = element;
    }

    @Override
    String textOf(Object value) {
      List<String> texts = new ArrayList<>();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        texts.add(key.text(entry.getKey()) + "=" + element.text(entry.getValue()));
      }
      return "{" + String.join(", ", texts) + "}";
    }
  }

  private static final class OfStruct extends ValueText {
    private final List<Field> fields;
    private final List<ValueText> texts;

    OfStruct(List<Field> fields, List<ValueText> texts) {
      this.fields = fields;
      this.texts = texts;
    }

    @Override
    String textOf(Object value) {
      Struct struct = (Struct) value;
      List<String> parts = new ArrayList<>();
      for (int i = 0; i < fields.size(); i++) {
        parts.add(fields.get(i).name() + "=" + texts.get(i).text(struct.get(i)));
      }
      return "(" + String.join(", ", parts) + ")";
    }
  }

  private static String escape(String text) {
    if (text.chars().noneMatch(Character::isISOControl)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\t' -> escaped.append("\\t");
        default -> {
          if (Character.isISOControl(c)) {
            escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            escaped.append(c);
          }
        }
      }
    }
    return escaped.toString();
  }

  private record Maker() implements DataTypeVisitor<ValueText> {
    @Override
    public ValueText visitSimple(DataType.Simple type) {
      return new OfScalar(
          TextWriter.of(type == DataType.NULL ? DataType.STRING : type).orElseThrow());
    }

    @Override
    public ValueText visitDecimal(DataType.Decimal type) {
      return new OfScalar(TextWriter.of(type).orElseThrow());
    }

    @Override
    public ValueText visitArray(DataType.Array type) {
      return new OfArray(type.element().accept(this));
    }

    @Override
    public ValueText visitMap(DataType.MapOf type) {
      return new OfMap(type.key().accept(this), type.value().accept(this));
    }

    @Override
    public ValueText visitStruct(DataType.StructOf type) {
      List<ValueText> texts = new ArrayList<>();
      type.fields().forEach(field -> texts.add(field.type().accept(this)));
      return new OfStruct(type.fields(), texts);
    }
  }
}
