package io.millrace.language.expression;

import io.millrace.spi.data.Bytes;
import io.millrace.spi.data.Struct;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.DataTypeVisitor;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes values as literals of the language. */
final class ConstantPrinter implements DataTypeVisitor<String> {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
  private static final long[] UNIT_MILLIS = {86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L};
  private static final String[] UNITS = {"DAY", "HOUR", "MINUTE", "SECOND", "MILLISECOND"};

  private final Object value;

  private ConstantPrinter(Object value) {
    this.value = value;
  }

  static String print(@Nullable Object value, DataType type) {
    return value == null ? "NULL" : type.accept(new ConstantPrinter(value));
  }

  /** A length of time as number-unit pairs, such as {@code 1 HOUR 30 MINUTES}. */
  static String duration(long millis) {
    if (millis == 0) {
      return "0 MILLISECONDS";
    }
    if (millis < 0) {
      return "INTERVAL '" + millis + "' MILLISECOND";
    }
    StringBuilder text = new StringBuilder();
    long rest = millis;
    for (int i = 0; i < UNITS.length; i++) {
      long count = rest / UNIT_MILLIS[i];
      rest %= UNIT_MILLIS[i];
      if (count > 0) {
        text.append(text.length() > 0 ? " " : "").append(count).append(' ').append(UNITS[i]);
        text.append(count > 1 ? "S" : "");
      }
    }
    return text.toString();
  }

  static String string(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  @Override
  public String visitSimple(DataType.Simple type) {
    return switch (type) {
      case BOOLEAN -> Boolean.TRUE.equals(value) ? "TRUE" : "FALSE";
      case INT, BIGINT -> value.toString();
      case DOUBLE -> doubleText((Double) value);
      case STRING -> string((String) value);
      case BYTES -> "from_hex('" + (Bytes) value + "')";
      case TIMESTAMP -> timestamp((Long) value);
      case DATE -> "DATE '" + LocalDate.ofEpochDay((Long) value) + "'";
      case TIME -> "TIME '" + time((Long) value) + "'";
      case INTERVAL -> duration((Long) value);
      case NULL -> "NULL";
    };
  }

  private static String doubleText(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return "CAST('" + number + "' AS DOUBLE)";
    }
    String text = Double.toString(number);
    if (text.indexOf('E') >= 0) {
      return text.replace(".0E", "E").replace('E', 'e');
    }
    return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + "e0";
  }

  private static String timestamp(long millis) {
    Instant instant = Instant.ofEpochMilli(millis);
    String day = instant.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    return "TIMESTAMP '" + day + " " + time(Math.floorMod(millis, UNIT_MILLIS[0])) + "'";
  }

  private static String time(long millis) {
    LocalTime time = LocalTime.ofNanoOfDay(millis * 1_000_000L);
    return time.format(millis % 1_000 == 0 ? SECONDS : MILLIS);
  }

  @Override
  public String visitDecimal(DataType.Decimal type) {
    return ((BigDecimal) value).toPlainString();
  }

  @Override
  public String visitArray(DataType.Array type) {
    List<String> elements = new ArrayList<>();
    for (Object element : (List<?>) value) {
      elements.add(print(element, type.element()));
    }
    return "ARRAY[" + String.join(", ", elements) + "]";
  }

  @Override
  public String visitMap(DataType.MapOf type) {
    List<String> entries = new ArrayList<>();
    for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
      entries.add(print(entry.getKey(), type.key()));
      entries.add(print(entry.getValue(), type.value()));
    }
    return "MAP[" + String.join(", ", entries) + "]";
  }

  @Override
  public String visitStruct(DataType.StructOf type) {
    Struct struct = (Struct) value;
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < struct.size(); i++) {
      fields.add(
          print(struct.get(i), type.fields().get(i).type())
              + " AS "
              + ExpressionPrinter.name(type.fields().get(i).name()));
    }
    return "STRUCT(" + String.join(", ", fields) + ")";
  }
}
