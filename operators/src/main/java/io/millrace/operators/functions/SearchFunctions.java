package io.millrace.operators.functions;

import io.millrace.spi.error.RowException;
import io.millrace.spi.function.ScalarFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions that find, replace and cut at texts in strings. */
public final class SearchFunctions {
  private SearchFunctions() {}

  @ScalarFunction(
      name = "position",
      signature = "(STRING, STRING) -> INT",
      description =
          "Where the first text begins in the second, from 1; 0 if it is not there."
              + " Also written position(a IN b).",
      category = Category.STRINGS,
      examples = {"position('re', 'stream') = 3", "position('x', 'stream') = 0"})
  public static int position(String part, String text) {
    return instr(text, part);
  }

  @ScalarFunction(
      name = {"instr", "strpos"},
      signature = "(STRING, STRING) -> INT",
      description = "Where the second text begins in the first, from 1; 0 if it is not there.",
      category = Category.STRINGS,
      examples = {"instr('stream', 're') = 3"})
  public static int instr(String text, String part) {
    int index = text.indexOf(part);
    return index < 0 ? 0 : text.codePointCount(0, index) + 1;
  }

  @ScalarFunction(
      name = "starts_with",
      signature = "(STRING, STRING) -> BOOLEAN",
      description = "Whether the first text begins with the second.",
      category = Category.STRINGS,
      examples = {"starts_with('stream', 'str') = TRUE"})
  public static boolean startsWith(String text, String prefix) {
    return text.startsWith(prefix);
  }

  @ScalarFunction(
      name = "ends_with",
      signature = "(STRING, STRING) -> BOOLEAN",
      description = "Whether the first text ends with the second.",
      category = Category.STRINGS,
      examples = {"ends_with('stream', 'str') = FALSE"})
  public static boolean endsWith(String text, String suffix) {
    return text.endsWith(suffix);
  }

  @ScalarFunction(
      name = "contains",
      signature = "(STRING, STRING) -> BOOLEAN",
      description = "Whether the first text contains the second.",
      category = Category.STRINGS,
      examples = {"contains('stream', 'tre') = TRUE", "contains('stream', '') = TRUE"})
  public static boolean contains(String text, String part) {
    return text.contains(part);
  }

  @ScalarFunction(
      name = "replace",
      signature = "(STRING, STRING, STRING) -> STRING",
      description =
          "The first text with the third wherever the second was; an empty second is none.",
      category = Category.STRINGS,
      examples = {"replace('a-b-c', '-', '+') = 'a+b+c'", "replace('abc', '', 'x') = 'abc'"})
  public static String replace(String text, String part, String replacement) {
    return part.isEmpty() ? text : text.replace(part, replacement);
  }

  @ScalarFunction(
      name = "translate",
      signature = "(STRING, STRING, STRING) -> STRING",
      description =
          "Each character of the second text replaced by the one at its place in the third, or"
              + " left out if there is none.",
      category = Category.STRINGS,
      examples = {"translate('12345', '143', 'ax') = 'a2x5'"})
  public static String translate(String text, String from, String to) {
    int[] wanted = from.codePoints().toArray();
    int[] replacements = to.codePoints().toArray();
    StringBuilder result = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              int at = indexOf(wanted, c);
              if (at < 0) {
                result.appendCodePoint(c);
              } else if (at < replacements.length) {
                result.appendCodePoint(replacements[at]);
              }
            });
    return result.toString();
  }

  private static int indexOf(int[] values, int value) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == value) {
        return i;
      }
    }
    return -1;
  }

  @ScalarFunction(
      name = "overlay",
      signature = "(STRING, STRING, BIGINT) -> STRING",
      description = "The first text with the second over it from a position that counts from 1.",
      category = Category.STRINGS,
      examples = {"overlay('stream', 'XX', 2) = 'sXXeam'"})
  public static String overlay(String text, String replacement, long start) {
    return overlay(text, replacement, start, CodePoints.length(replacement));
  }

  @ScalarFunction(
      name = "overlay",
      signature = "(STRING, STRING, BIGINT, BIGINT) -> STRING",
      description =
          "The first text with the second in place of as many characters from a position that"
              + " counts from 1.",
      category = Category.STRINGS,
      examples = {"overlay('stream', '-', 2, 4) = 's-m'"})
  public static String overlay(String text, String replacement, long start, long length) {
    long from = Math.max(0, Math.min(start - 1, CodePoints.LONGEST));
    long to = from + Math.max(0, Math.min(length, CodePoints.LONGEST));
    return CodePoints.slice(text, 0, from)
        + replacement
        + CodePoints.slice(text, to, Long.MAX_VALUE);
  }

  @ScalarFunction(
      name = "split",
      signature = "(STRING, STRING) -> ARRAY<STRING>",
      description = "The parts between a separator; at an empty one the single characters.",
      category = Category.STRINGS,
      examples = {
        "split('a,b,,c', ',') = ARRAY['a', 'b', '', 'c']",
        "split('abc', '') = ARRAY['a', 'b', 'c']"
      })
  public static List<?> split(String text, String separator) {
    List<String> parts = new ArrayList<>();
    if (separator.isEmpty()) {
      text.codePoints().forEach(c -> parts.add(Character.toString(c)));
      return Collections.unmodifiableList(parts);
    }
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      parts.add(text.substring(from, at));
      from = at + separator.length();
    }
    parts.add(text.substring(from));
    return Collections.unmodifiableList(parts);
  }

  @ScalarFunction(
      name = "split_part",
      signature = "(STRING, STRING, BIGINT) -> STRING",
      description =
          "The n-th part between a separator, from 1, or from the end if negative; NULL if there"
              + " is none.",
      category = Category.STRINGS,
      examples = {
        "split_part('a,b,c', ',', 2) = 'b'",
        "split_part('a,b,c', ',', -1) = 'c'",
        "split_part('a,b,c', ',', 4) IS NULL"
      })
  public static @Nullable String splitPart(String text, String separator, long number) {
    if (number > 0) {
      return splitIndex(text, separator, number - 1);
    }
    List<?> parts = split(text, separator);
    long at = parts.size() + number;
    return number == 0 || at < 0 ? null : (String) parts.get((int) at);
  }

  @ScalarFunction(
      name = "split_index",
      signature = "(STRING, STRING, BIGINT) -> STRING",
      description = "The part at an index that counts from 0; NULL if there is none.",
      category = Category.STRINGS,
      examples = {"split_index('a,b,c', ',', 0) = 'a'", "split_index('a', ',', 1) IS NULL"})
  public static @Nullable String splitIndex(String text, String separator, long index) {
    List<?> parts = split(text, separator);
    return index >= 0 && index < parts.size() ? (String) parts.get((int) index) : null;
  }

  @ScalarFunction(
      name = "chr",
      signature = "(BIGINT) -> STRING",
      description = "The character of a Unicode code point.",
      category = Category.STRINGS,
      examples = {"chr(8364) = '€'"},
      canFail = true)
  public static String chr(long codePoint) {
    boolean surrogate =
        codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    if (codePoint < 0 || codePoint > Character.MAX_CODE_POINT || surrogate) {
      throw new RowException(codePoint + " is no code point of a character");
    }
    return Character.toString((int) codePoint);
  }

  @ScalarFunction(
      name = "ascii",
      signature = "(STRING) -> INT",
      description = "The code point of the first character; 0 of an empty text.",
      category = Category.STRINGS,
      examples = {"ascii('A') = 65", "ascii('') = 0"})
  public static int ascii(String text) {
    return text.isEmpty() ? 0 : text.codePointAt(0);
  }
}
