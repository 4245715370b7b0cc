package io.millrace.engine.row;

import io.millrace.spi.types.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Which Java types a record component may have for a column of an SQL type. */
final class CarrierTypes {
  private CarrierTypes() {}

  static boolean fits(Class<?> carrier, DataType type) {
    if (carrier == Object.class) {
      return true;
    }
    if (type instanceof DataType.Simple simple) {
      return ofSimple(simple).contains(carrier)
          || (simple == DataType.Simple.STRING && carrier.isEnum());
    }
    if (type instanceof DataType.Decimal) {
      return carrier == BigDecimal.class;
    }
    if (type instanceof DataType.Array) {
      return Collection.class.isAssignableFrom(carrier);
    }
    return type instanceof DataType.MapOf
        ? Map.class.isAssignableFrom(carrier)
        : Map.class.isAssignableFrom(carrier) || carrier.isRecord();
  }

  private static Set<Class<?>> ofSimple(DataType.Simple type) {
    return switch (type) {
      case BOOLEAN -> Set.of(boolean.class, Boolean.class);
      case INT -> Set.of(int.class, Integer.class, long.class, Long.class);
      case BIGINT -> Set.of(long.class, Long.class, int.class, Integer.class);
      case DOUBLE -> Set.of(double.class, Double.class);
      case STRING -> Set.of(String.class);
      case BYTES -> Set.of(byte[].class);
      case TIMESTAMP -> Set.of(Instant.class, long.class, Long.class);
      case DATE -> Set.of(LocalDate.class);
      case TIME -> Set.of(LocalTime.class);
      case INTERVAL -> Set.of(Duration.class, long.class, Long.class);
      case NULL -> Set.of();
    };
  }
}
