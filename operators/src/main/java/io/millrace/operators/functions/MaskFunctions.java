package io.millrace.operators.functions;

import io.millrace.spi.function.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * Functions that hide the characters of a text but keep its form. Upper-case letters become {@code
 * X}, lower-case ones {@code x}, digits {@code n}, all others {@code -}; a caller may name other
 * characters, or NULL to leave a kind as it is.
 */
public final class MaskFunctions {
  private static final Masks DEFAULT = new Masks("X", "x", "n", "-");

  private MaskFunctions() {}

  /** What replaces each kind of character; null keeps it. */
  private record Masks(
      @Nullable String upper,
      @Nullable String lower,
      @Nullable String digit,
      @Nullable String other) {

    String apply(String text, long from, long to) {
      StringBuilder result = new StringBuilder(text.length());
      long index = 0;
      for (int i = 0; i < text.length(); index++) {
        int c = text.codePointAt(i);
        String mask = index >= from && index < to ? maskOf(c) : null;
        if (mask == null) {
          result.appendCodePoint(c);
        } else {
          result.append(mask);
        }
        i += Character.charCount(c);
      }
      return result.toString();
    }

    private @Nullable String maskOf(int c) {
      if (Character.isUpperCase(c)) {
        return upper;
      }
      if (Character.isLowerCase(c)) {
        return lower;
      }
      return Character.isDigit(c) ? digit : other;
    }
  }

  @ScalarFunction(
      name = "mask",
      signature = "(STRING) -> STRING",
      description =
          "The text with X, x, n and - for capitals, small letters, digits and all others.",
      category = Category.MASKING,
      examples = {"mask('My Test $123') = 'Xx-Xxxx--nnn'"})
  public static String mask(String text) {
    return DEFAULT.apply(text, 0, Long.MAX_VALUE);
  }

  @ScalarFunction(
      name = "mask",
      signature = "(STRING, STRING, STRING, STRING, STRING) -> STRING",
      description =
          "The text masked by given characters for capitals, small letters, digits and all"
              + " others; NULL leaves a kind as it is.",
      category = Category.MASKING,
      examples = {"mask('My Test $123', '*', NULL, '1', NULL) = '*y *est $111'"})
  public static String mask(
      String text,
      @Nullable String upper,
      @Nullable String lower,
      @Nullable String digit,
      @Nullable String other) {
    return new Masks(upper, lower, digit, other).apply(text, 0, Long.MAX_VALUE);
  }

  @ScalarFunction(
      name = "mask_left",
      signature = "(STRING, BIGINT) -> STRING",
      description = "The text with its first n characters masked.",
      category = Category.MASKING,
      examples = {"mask_left('My Test $123', 4) = 'Xx-Xest $123'"})
  public static String maskLeft(String text, long count) {
    return DEFAULT.apply(text, 0, count);
  }

  @ScalarFunction(
      name = "mask_left",
      signature = "(STRING, BIGINT, STRING, STRING, STRING, STRING) -> STRING",
      description = "The text with its first n characters masked by given characters.",
      category = Category.MASKING,
      examples = {"mask_left('My Test', 2, '*', '*', '*', '*') = '** Test'"})
  public static String maskLeft(
      String text,
      long count,
      @Nullable String upper,
      @Nullable String lower,
      @Nullable String digit,
      @Nullable String other) {
    return new Masks(upper, lower, digit, other).apply(text, 0, count);
  }

  @ScalarFunction(
      name = "mask_right",
      signature = "(STRING, BIGINT) -> STRING",
      description = "The text with its last n characters masked.",
      category = Category.MASKING,
      examples = {"mask_right('My Test $123', 4) = 'My Test -nnn'"})
  public static String maskRight(String text, long count) {
    return DEFAULT.apply(text, CodePoints.length(text) - Math.max(0, count), Long.MAX_VALUE);
  }

  @ScalarFunction(
      name = "mask_right",
      signature = "(STRING, BIGINT, STRING, STRING, STRING, STRING) -> STRING",
      description = "The text with its last n characters masked by given characters.",
      category = Category.MASKING,
      examples = {"mask_right('Test 12', 3, '*', '*', '*', NULL) = 'Test **'"})
  public static String maskRight(
      String text,
      long count,
      @Nullable String upper,
      @Nullable String lower,
      @Nullable String digit,
      @Nullable String other) {
    long from = CodePoints.length(text) - Math.max(0, count);
    return new Masks(upper, lower, digit, other).apply(text, from, Long.MAX_VALUE);
  }

  @ScalarFunction(
      name = "mask_keep_left",
      signature = "(STRING, BIGINT) -> STRING",
      description = "The text with all but its first n characters masked.",
      category = Category.MASKING,
      examples = {"mask_keep_left('My Test $123', 4) = 'My Txxx--nnn'"})
  public static String maskKeepLeft(String text, long count) {
    return DEFAULT.apply(text, Math.max(0, count), Long.MAX_VALUE);
  }

  @ScalarFunction(
      name = "mask_keep_left",
      signature = "(STRING, BIGINT, STRING, STRING, STRING, STRING) -> STRING",
      description = "The text with all but its first n characters masked by given characters.",
      category = Category.MASKING,
      examples = {"mask_keep_left('My Test', 1, '*', '*', '*', '*') = 'M******'"})
  public static String maskKeepLeft(
      String text,
      long count,
      @Nullable String upper,
      @Nullable String lower,
      @Nullable String digit,
      @Nullable String other) {
    return new Masks(upper, lower, digit, other).apply(text, Math.max(0, count), Long.MAX_VALUE);
  }

  @ScalarFunction(
      name = "mask_keep_right",
      signature = "(STRING, BIGINT) -> STRING",
      description = "The text with all but its last n characters masked.",
      category = Category.MASKING,
      examples = {"mask_keep_right('4012 8888 1881', 4) = 'nnnn-nnnn-1881'"})
  public static String maskKeepRight(String text, long count) {
    return DEFAULT.apply(text, 0, CodePoints.length(text) - Math.max(0, count));
  }

  @ScalarFunction(
      name = "mask_keep_right",
      signature = "(STRING, BIGINT, STRING, STRING, STRING, STRING) -> STRING",
      description = "The text with all but its last n characters masked by given characters.",
      category = Category.MASKING,
      examples = {"mask_keep_right('4012 1881', 4, '*', '*', '*', NULL) = '**** 1881'"})
  public static String maskKeepRight(
      String text,
      long count,
      @Nullable String upper,
      @Nullable String lower,
      @Nullable String digit,
      @Nullable String other) {
    long to = CodePoints.length(text) - Math.max(0, count);
    return new Masks(upper, lower, digit, other).apply(text, 0, to);
  }
}
