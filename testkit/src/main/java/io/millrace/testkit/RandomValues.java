package io.millrace.testkit;

import io.millrace.spi.data.Bytes;
import io.millrace.spi.data.Struct;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.DataTypeVisitor;
import io.millrace.spi.types.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Makes random boxed internal values: few different small ones, so that they meet again, and now
 * and then the greatest, the smallest, the empty, and what is equal but looks different.
 */
public final class RandomValues implements DataTypeVisitor<Object> {
  private static final double[] STRANGE_DOUBLES = {
    -0.0, 0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE
  };
  private static final String[] STRANGE_STRINGS = {
    "", "\u0000", "ı", "水車", "\uD83D\uDE00", "\uD800", "a".repeat(200), "Aa", "BB", "AaAa", "BBBB"
  };

  private final Random random;

  public RandomValues(Random random) {
    this.random = random;
  }

  /** A value, or null for NULL once in eight times. */
  public @Nullable Object nullable(DataType type) {
    return random.nextInt(8) == 0 || type == DataType.NULL ? null : value(type);
  }

  /** A value that is not NULL. */
  public Object value(DataType type) {
    return type.accept(this);
  }

  @Override
  public Object visitSimple(DataType.Simple type) {
    boolean strange = random.nextInt(4) == 0;
    return switch (type) {
      case BOOLEAN -> random.nextBoolean();
      case INT -> strange ? (long) random.nextInt() : (long) random.nextInt(10);
      case BIGINT, TIMESTAMP, INTERVAL -> strange ? random.nextLong() : (long) random.nextInt(10);
      case DATE, TIME -> (long) random.nextInt(80_000_000);
      case DOUBLE ->
          strange
              ? STRANGE_DOUBLES[random.nextInt(STRANGE_DOUBLES.length)]
              : (double) random.nextInt(10);
      case STRING ->
          strange
              ? STRANGE_STRINGS[random.nextInt(STRANGE_STRINGS.length)]
              : "s" + random.nextInt(10);
      case BYTES -> {
        byte[] content = new byte[random.nextInt(3)];
        random.nextBytes(content);
        yield Bytes.wrap(content);
      }
      case NULL -> throw new IllegalArgumentException("NULL has no other value");
    };
  }

  @Override
  public Object visitDecimal(DataType.Decimal type) {
    BigInteger bound = BigInteger.TEN.pow(random.nextInt(type.precision() + 1));
    BigInteger unscaled = new BigInteger(130, random).mod(bound);
    return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.scale());
  }

  @Override
  public Object visitArray(DataType.Array type) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(nullable(type.element()));
    }
    return Collections.unmodifiableList(list);
  }

  @Override
  public Object visitMap(DataType.MapOf type) {
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(value(type.key()), nullable(type.value()));
    }
    return Collections.unmodifiableMap(map);
  }

  @Override
  public Object visitStruct(DataType.StructOf type) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Field field : type.fields()) {
      values.add(nullable(field.type()));
    }
    return Struct.of(values.toArray());
  }
}
