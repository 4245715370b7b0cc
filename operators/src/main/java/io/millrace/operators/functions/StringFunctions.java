package io.millrace.operators.functions;

import io.millrace.spi.data.Bytes;
import io.millrace.spi.function.ScalarFunction;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parts, lengths, cases and concatenations of strings. A character is a code point. */
public final class StringFunctions {
  private StringFunctions() {}

  @ScalarFunction(
      name = {"upper", "ucase"},
      signature = "(STRING) -> STRING",
      description = "The text in upper case, by the rules of no language in particular.",
      category = Category.STRINGS,
      examples = {"upper('straße') = 'STRASSE'"})
  public static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  @ScalarFunction(
      name = {"lower", "lcase"},
      signature = "(STRING) -> STRING",
      description = "The text in lower case, by the rules of no language in particular.",
      category = Category.STRINGS,
      examples = {"lower('Title') = 'title'"})
  public static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  @ScalarFunction(
      name = {"length", "len", "char_length", "character_length"},
      signature = "(STRING) -> INT",
      description = "The number of characters (code points).",
      category = Category.STRINGS,
      examples = {"length('año') = 3", "length('') = 0"})
  public static int length(String text) {
    return CodePoints.length(text);
  }

  @ScalarFunction(
      name = {"length", "len", "octet_length"},
      signature = "(BYTES) -> INT",
      description = "The number of bytes.",
      category = Category.STRINGS,
      examples = {"length(to_bytes('año', 'utf8')) = 4"})
  public static int lengthOfBytes(Bytes bytes) {
    return bytes.length();
  }

  @ScalarFunction(
      name = {"substring", "substr"},
      signature = "(STRING, BIGINT) -> STRING",
      description =
          "The text from a position that counts from 1; a negative one counts from the end.",
      category = Category.STRINGS,
      examples = {"substring('stream', 3) = 'ream'", "substring('stream', -2) = 'am'"})
  public static String substring(String text, long start) {
    return CodePoints.slice(text, firstIndex(text, start), Long.MAX_VALUE);
  }

  @ScalarFunction(
      name = {"substring", "substr"},
      signature = "(STRING, BIGINT, BIGINT) -> STRING",
      description =
          "As many characters from a position that counts from 1; a negative one counts"
              + " from the end.",
      category = Category.STRINGS,
      examples = {"substring('stream', 3, 2) = 're'", "substring('stream', 5, 10) = 'am'"})
  public static String substring(String text, long start, long length) {
    long from = firstIndex(text, start);
    boolean unbounded = length > Integer.MAX_VALUE;
    return CodePoints.slice(text, from, unbounded ? Long.MAX_VALUE : from + length);
  }

  private static long firstIndex(String text, long start) {
    if (start >= 0) {
      return Math.max(0, start - 1);
    }
    return Math.max(0, CodePoints.length(text) + start);
  }

  @ScalarFunction(
      name = "left",
      signature = "(STRING, BIGINT) -> STRING",
      description = "The first n characters; for a negative n all but the last -n.",
      category = Category.STRINGS,
      examples = {"left('stream', 2) = 'st'", "left('stream', -2) = 'stre'"})
  public static String left(String text, long count) {
    return CodePoints.slice(text, 0, count >= 0 ? count : CodePoints.length(text) + count);
  }

  @ScalarFunction(
      name = "right",
      signature = "(STRING, BIGINT) -> STRING",
      description = "The last n characters; for a negative n all but the first -n.",
      category = Category.STRINGS,
      examples = {"right('stream', 2) = 'am'", "right('stream', -2) = 'ream'"})
  public static String right(String text, long count) {
    long length = CodePoints.length(text);
    long from = count >= 0 ? length - Math.min(count, length) : -Math.max(count, -length);
    return CodePoints.slice(text, from, length);
  }

  @ScalarFunction(
      name = "concat",
      signature = "(STRING, STRING...) -> STRING",
      description = "The texts one after the other, as the operator || does.",
      category = Category.STRINGS,
      examples = {"concat('a', 'b', 'c') = 'abc'", "concat('a', NULL) IS NULL"})
  public static String concat(String first, String... others) {
    return first + String.join("", others);
  }

  @ScalarFunction(
      name = "concat_ws",
      signature = "(STRING, STRING...) -> STRING",
      description = "The texts that are not NULL, with a separator between them.",
      category = Category.STRINGS,
      examples = {"concat_ws(', ', 'a', NULL, 'b') = 'a, b'", "concat_ws(', ') = ''"})
  public static String concatWithSeparator(String separator, @Nullable String... texts) {
    StringBuilder result = new StringBuilder();
    boolean first = true;
    for (String text : texts) {
      if (text != null) {
        result.append(first ? "" : separator).append(text);
        first = false;
      }
    }
    return result.toString();
  }

  @ScalarFunction(
      name = "concat_ws",
      signature = "(STRING, ARRAY<STRING>) -> STRING",
      description = "The elements that are not NULL, with a separator between them.",
      category = Category.STRINGS,
      examples = {"concat_ws('-', ARRAY['a', 'b']) = 'a-b'"})
  public static String concatElements(String separator, List<?> texts) {
    return concatWithSeparator(separator, texts.toArray(new String[0]));
  }

  @ScalarFunction(
      name = "repeat",
      signature = "(STRING, BIGINT) -> STRING",
      description = "The text n times; empty if n is not positive.",
      category = Category.STRINGS,
      examples = {"repeat('ab', 3) = 'ababab'", "repeat('ab', 0) = ''"},
      canFail = true)
  public static String repeat(String text, long count) {
    if (count <= 0 || text.isEmpty()) {
      return "";
    }
    CodePoints.checkLength(Math.multiplyExact(count, (long) text.length()));
    return text.repeat((int) count);
  }

  @ScalarFunction(
      name = "reverse",
      signature = "(STRING) -> STRING",
      description = "The characters in reverse order.",
      category = Category.STRINGS,
      examples = {"reverse('abc') = 'cba'"})
  public static String reverse(String text) {
    return new StringBuilder(text).reverse().toString();
  }

  @ScalarFunction(
      name = "lpad",
      signature = "(STRING, BIGINT) -> STRING",
      description = "The text filled with blanks on the left to a length, or cut to it.",
      category = Category.STRINGS,
      examples = {"lpad('7', 3) = '  7'"},
      canFail = true)
  public static String lpad(String text, long length) {
    return lpad(text, length, " ");
  }

  @ScalarFunction(
      name = "lpad",
      signature = "(STRING, BIGINT, STRING) -> STRING",
      description = "The text filled with another on the left to a length, or cut to it.",
      category = Category.STRINGS,
      examples = {"lpad('7', 3, '0') = '007'", "lpad('stream', 3, '0') = 'str'"},
      canFail = true)
  public static String lpad(String text, long length, String fill) {
    long missing = length - CodePoints.length(text);
    return missing <= 0 ? CodePoints.slice(text, 0, length) : CodePoints.fill(fill, missing) + text;
  }

  @ScalarFunction(
      name = "rpad",
      signature = "(STRING, BIGINT) -> STRING",
      description = "The text filled with blanks on the right to a length, or cut to it.",
      category = Category.STRINGS,
      examples = {"rpad('7', 3) = '7  '"},
      canFail = true)
  public static String rpad(String text, long length) {
    return rpad(text, length, " ");
  }

  @ScalarFunction(
      name = "rpad",
      signature = "(STRING, BIGINT, STRING) -> STRING",
      description = "The text filled with another on the right to a length, or cut to it.",
      category = Category.STRINGS,
      examples = {"rpad('ab', 7, 'xyz') = 'abxyzxy'"},
      canFail = true)
  public static String rpad(String text, long length, String fill) {
    long missing = length - CodePoints.length(text);
    return missing <= 0 ? CodePoints.slice(text, 0, length) : text + CodePoints.fill(fill, missing);
  }

  @ScalarFunction(
      name = "initcap",
      signature = "(STRING) -> STRING",
      description = "Each word with a capital and small letters behind it.",
      category = Category.STRINGS,
      examples = {"initcap('hello wORLD-wide') = 'Hello World-Wide'"})
  public static String initcap(String text) {
    StringBuilder result = new StringBuilder(text.length());
    boolean inWord = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      result.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inWord = Character.isLetterOrDigit(c);
      i += Character.charCount(c);
    }
    return result.toString();
  }
}
