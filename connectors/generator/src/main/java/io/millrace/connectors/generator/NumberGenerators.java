package io.millrace.connectors.generator;

import io.millrace.connectors.generator.FieldGenerator.OfDouble;
import io.millrace.connectors.generator.FieldGenerator.OfLong;
import io.millrace.connectors.generator.FieldGenerator.OfObject;
import io.millrace.spi.text.NumberParser;
import io.millrace.spi.types.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** Generators of numbers and times. */
final class NumberGenerators {
  private static final long DAY = 86_400_000L;
  private static final long DEFAULT_GREATEST = 999;
  private static final double DEFAULT_GREATEST_DOUBLE = 1_000;
  private static final int MOST_DIGITS = 15;

  private NumberGenerators() {}

  static FieldGenerator random(FieldSettings settings) {
    if (settings.type() instanceof DataType.Decimal decimal) {
      return randomDecimal(settings, decimal);
    }
    if (settings.type() == DataType.DOUBLE) {
      double least = settings.getDouble("min", 0);
      double greatest = settings.getDouble("max", Math.max(least, DEFAULT_GREATEST_DOUBLE));
      settings.checkRange(least, greatest);
      double power = power(settings, 2);
      return new OfDouble(draw -> rounded(least + draw.nextDouble() * (greatest - least), power));
    }
    long least = longOf(settings, "min").orElse(0L);
    long greatest = longOf(settings, "max").orElse(Math.max(least, defaultGreatest(settings)));
    settings.checkRange(least, greatest);
    return new OfLong(draw -> draw.nextLong(least, greatest));
  }

  static FieldGenerator sequence(FieldSettings settings) {
    if (settings.type() instanceof DataType.Decimal decimal) {
      BigDecimal min = decimalOf(settings, "min").orElse(BigDecimal.ZERO);
      BigDecimal increment = BigDecimal.valueOf(settings.getDouble("increment", 1));
      return new OfObject(
          draw ->
              fit(settings, decimal, min.add(increment.multiply(BigDecimal.valueOf(draw.row())))));
    }
    if (settings.type() == DataType.DOUBLE) {
      double min = settings.getDouble("min", 0);
      double increment = settings.getDouble("increment", 1);
      return new OfDouble(draw -> min + draw.row() * increment);
    }
    long min = longOf(settings, "min").orElse(0L);
    long increment = settings.getLong("increment", 1);
    Optional<Long> max = longOf(settings, "max");
    if (increment == 0) {
      throw settings.error("increment", "must not be 0");
    }
    if (max.isEmpty()) {
      return new OfLong(draw -> min + draw.row() * increment);
    }
    long least = Math.min(min, max.get());
    long greatest = Math.max(min, max.get());
    long size = (greatest - least) / Math.abs(increment) + 1;
    return new OfLong(draw -> min + draw.row() % size * increment);
  }

  static FieldGenerator normal(FieldSettings settings) {
    double mean = settings.getDouble("mean", 0);
    double deviation = settings.getDouble("deviation", 1);
    DataType type = settings.type();
    if (type == DataType.DOUBLE) {
      double power = power(settings, MOST_DIGITS);
      return new OfDouble(draw -> rounded(mean + deviation * draw.nextNormal(), power));
    }
    if (type instanceof DataType.Decimal decimal) {
      return new OfObject(
          draw -> fit(settings, decimal, BigDecimal.valueOf(mean + deviation * draw.nextNormal())));
    }
    if (type == DataType.INT) {
      return new OfLong(
          draw ->
              Math.max(
                  Integer.MIN_VALUE,
                  Math.min(Integer.MAX_VALUE, Math.round(mean + deviation * draw.nextNormal()))));
    }
    if (type != DataType.BIGINT) {
      throw settings.unfit(Kind.NORMAL);
    }
    return new OfLong(draw -> Math.round(mean + deviation * draw.nextNormal()));
  }

  static FieldGenerator time(FieldSettings settings) {
    DataType type = settings.type();
    if (type == DataType.DATE) {
      return new OfLong(draw -> Math.floorDiv(draw.timeMillis(), DAY));
    }
    if (type == DataType.TIME) {
      return new OfLong(draw -> Math.floorMod(draw.timeMillis(), DAY));
    }
    if (type != DataType.TIMESTAMP && type != DataType.BIGINT) {
      throw settings.unfit(Kind.TIME);
    }
    return new OfLong(Draw::timeMillis);
  }

  private static FieldGenerator randomDecimal(FieldSettings settings, DataType.Decimal type) {
    BigDecimal widest =
        new BigDecimal(
            BigInteger.TEN.pow(Math.min(type.precision(), 18)).subtract(BigInteger.ONE),
            type.scale());
    BigDecimal least =
        decimalOf(settings, "min").orElse(new BigDecimal(BigInteger.ZERO, type.scale()));
    BigDecimal greatest =
        decimalOf(settings, "max")
            .orElse(
                widest.min(BigDecimal.valueOf(DEFAULT_GREATEST).setScale(type.scale())).max(least));
    settings.checkRange(least, greatest);
    BigInteger steps = greatest.subtract(least).unscaledValue();
    if (steps.bitLength() >= Long.SIZE - 1) {
      throw settings.error("max", "is too far from the minimum");
    }
    return new OfObject(
        draw ->
            least.add(BigDecimal.valueOf(draw.nextLong(0, steps.longValueExact()), type.scale())));
  }

  private static BigDecimal fit(FieldSettings settings, DataType.Decimal type, BigDecimal number) {
    BigDecimal fitted = NumberParser.fit(number, type.precision(), type.scale());
    if (fitted == null) {
      throw settings.error("kind", "gives " + number + ", which is no " + type.sql());
    }
    return fitted;
  }

  private static long defaultGreatest(FieldSettings settings) {
    DataType type = settings.type();
    if (type == DataType.TIME) {
      return DAY - 1;
    }
    return type == DataType.TIMESTAMP || type == DataType.INTERVAL ? DAY : DEFAULT_GREATEST;
  }

  /** 10 to the digits behind the point that are kept, or 0 for all. */
  private static double power(FieldSettings settings, int byDefault) {
    long digits = settings.getLong("digits", byDefault);
    if (digits < 0 || digits > MOST_DIGITS) {
      throw settings.error("digits", "must be from 0 to " + MOST_DIGITS + ", not " + digits);
    }
    return digits == MOST_DIGITS ? 0 : StrictMath.pow(10, (double) digits);
  }

  private static double rounded(double value, double power) {
    return power == 0 ? value : Math.rint(value * power) / power;
  }

  private static Optional<Long> longOf(FieldSettings settings, String setting) {
    return settings.findValue(setting).map(Long.class::cast);
  }

  private static Optional<BigDecimal> decimalOf(FieldSettings settings, String setting) {
    return settings.findValue(setting).map(BigDecimal.class::cast);
  }
}
