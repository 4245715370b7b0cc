package io.millrace.operators.aggregate;

import io.millrace.operators.values.Comparisons;
import io.millrace.spi.data.Bytes;
import io.millrace.spi.data.Struct;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A hash of 64 bits of boxed internal values, the same in every process: equal for values that are
 * equal as {@link Comparisons#equal} says. Its bits are mixed as those of splitmix64 (Steele, Lea
 * and Flood, Fast splittable pseudorandom number generators, 2014).
 */
final class ValueHash {
  private static final long STEP = 0x9E37_79B9_7F4A_7C15L;

  private ValueHash() {}

  static long of(Object value) {
    return mix(ofKey(Comparisons.key(value)));
  }

  private static long ofKey(@Nullable Object key) {
    if (key == null) {
      return STEP;
    }
    if (key instanceof Long number) {
      return mix(number);
    }
    if (key instanceof Double number) {
      return mix(Double.doubleToLongBits(number));
    }
    if (key instanceof String text) {
      long hash = text.length();
      for (int i = 0; i < text.length(); i++) {
        hash = next(hash, text.charAt(i));
      }
      return hash;
    }
    if (key instanceof BigDecimal decimal) {
      return next(ofBytes(decimal.unscaledValue().toByteArray()), decimal.scale());
    }
    if (key instanceof Bytes bytes) {
      return ofBytes(bytes.unsafeArray());
    }
    return key instanceof Boolean truth ? mix(truth ? 1 : 0) : ofCollection(key);
  }

  private static long ofBytes(byte[] bytes) {
    long hash = bytes.length;
    for (byte one : bytes) {
      hash = next(hash, one);
    }
    return hash;
  }

  private static long ofCollection(Object key) {
    long hash = 1;
    if (key instanceof List<?> list) {
      for (Object element : list) {
        hash = next(hash, ofKey(element));
      }
    } else if (key instanceof Map<?, ?> map) {
      // Maps are equal in whatever order their entries are.
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        hash += mix(next(ofKey(entry.getKey()), ofKey(entry.getValue())));
      }
    } else if (key instanceof Struct struct) {
      for (int i = 0; i < struct.size(); i++) {
        hash = next(hash, ofKey(struct.get(i)));
      }
    } else {
      throw new IllegalArgumentException("no internal value: " + key.getClass().getName());
    }
    return hash;
  }

  private static long next(long hash, long part) {
    return mix(hash * STEP + part);
  }

  private static long mix(long bits) {
    long mixed = bits + STEP;
    mixed = (mixed ^ mixed >>> 30) * 0xBF58_476D_1CE4_E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
    return mixed ^ mixed >>> 31;
  }
}
