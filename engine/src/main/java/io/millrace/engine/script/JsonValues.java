package io.millrace.engine.script;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of values of rows, as the language defines it, in the form that {@link JsonTree} gives.
 */
final class JsonValues {
  private JsonValues() {}

  /** The JSON of a value in its external form. */
  static @Nullable Object of(@Nullable Object external) {
    if (external == null || external instanceof Boolean || external instanceof BigDecimal) {
      return external;
    }
    if (external instanceof Double number) {
      return Double.isFinite(number) ? new BigDecimal(number.toString()) : number.toString();
    }
    if (external instanceof Number number) {
      return BigDecimal.valueOf(number.longValue());
    }
    if (external instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    if (external instanceof Duration duration) {
      return BigDecimal.valueOf(duration.toMillis());
    }
    if (external instanceof LocalTime time) {
      return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
    }
    if (external instanceof List<?> list) {
      List<@Nullable Object> elements = new ArrayList<>();
      list.forEach(element -> elements.add(of(element)));
      return elements;
    }
    if (external instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      map.forEach((key, value) -> members.put(keyOf(key), of(value)));
      return members;
    }
    return external.toString();
  }

  private static String keyOf(Object key) {
    Object json = of(key);
    return json instanceof BigDecimal number ? number.toPlainString() : String.valueOf(json);
  }

  static void write(@Nullable Object json, StringBuilder out) {
    if (json instanceof String text) {
      writeString(text, out);
    } else if (json instanceof BigDecimal number) {
      out.append(number);
    } else if (json instanceof List<?> list) {
      String separator = "";
      out.append('[');
      for (Object element : list) {
        out.append(separator);
        write(element, out);
        separator = ", ";
      }
      out.append(']');
    } else if (json instanceof Map<?, ?> map) {
      String separator = "";
      out.append('{');
      for (Map.Entry<?, ?> member : map.entrySet()) {
        out.append(separator);
        writeString(String.valueOf(member.getKey()), out);
        out.append(": ");
        write(member.getValue(), out);
        separator = ", ";
      }
      out.append('}');
    } else {
      out.append(json);
    }
  }

  private static void writeString(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c == '\n') {
        out.append("\\n");
      } else if (c < ' ') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
