package io.millrace.spi.function;

import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * The precision or scale of a decimal in a signature: a number, a variable, or computed from them.
 *
 * @param text how it reads
 * @param isVariable whether it is a variable alone, which a call can bind
 * @param value its value, given those of the variables
 */
record Size(String text, boolean isVariable, ToIntFunction<Map<String, Integer>> value) {

  static Size number(int number) {
    return new Size(Integer.toString(number), false, sizes -> number);
  }

  static Size variable(String name) {
    return new Size(name, true, sizes -> sizes.getOrDefault(name, 0));
  }

  Size plus(Size other) {
    return new Size(
        text + "+" + other.text, false, sizes -> evaluate(sizes) + other.evaluate(sizes));
  }

  Size minus(Size other) {
    return new Size(
        text + "-" + other.text, false, sizes -> evaluate(sizes) - other.evaluate(sizes));
  }

  static Size min(Size a, Size b) {
    return new Size(
        "min(" + a.text + "," + b.text + ")",
        false,
        sizes -> Math.min(a.evaluate(sizes), b.evaluate(sizes)));
  }

  static Size max(Size a, Size b) {
    return new Size(
        "max(" + a.text + "," + b.text + ")",
        false,
        sizes -> Math.max(a.evaluate(sizes), b.evaluate(sizes)));
  }

  int evaluate(Map<String, Integer> sizes) {
    return value.applyAsInt(sizes);
  }
}
