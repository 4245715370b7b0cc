package io.millrace.operators.functions;

import io.millrace.spi.error.RowException;
import io.millrace.spi.function.Prepared;
import io.millrace.spi.function.ScalarFunction;
import java.util.IllegalFormatException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How alike strings are, and how values are laid out in them. */
public final class TextFunctions {
  private static final long MOST_WORK = 100_000_000;
  private static final String SOUNDEX_CODES = "01230120022455012623010202";
  private static final Pattern WIDTHS = Pattern.compile("%[^a-zA-Z%]*?(\\d{4,})");

  private TextFunctions() {}

  @ScalarFunction(
      name = "levenshtein",
      signature = "(STRING, STRING) -> INT",
      description =
          "How many characters must be added, left out or changed to make one of the other.",
      category = Category.STRINGS,
      examples = {"levenshtein('kitten', 'sitting') = 3"},
      canFail = true)
  public static int levenshtein(String a, String b) {
    int[] left = a.codePoints().toArray();
    int[] right = b.codePoints().toArray();
    if ((long) left.length * right.length > MOST_WORK) {
      throw new RowException("the texts are too long to be compared by levenshtein");
    }
    int[] row = new int[right.length + 1];
    for (int j = 0; j <= right.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length; i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length; j++) {
        int changed = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[right.length];
  }

  /** American Soundex as the US National Archives describe it. */
  @ScalarFunction(
      name = "soundex",
      signature = "(STRING) -> STRING",
      description = "The American Soundex code of a name; empty if it has no letter of A to Z.",
      category = Category.STRINGS,
      examples = {"soundex('Robert') = 'R163'", "soundex('Ashcraft') = 'A261'"})
  public static String soundex(String text) {
    StringBuilder code = new StringBuilder();
    char last = '0';
    for (int i = 0; i < text.length() && code.length() < 4; i++) {
      char letter = Character.toUpperCase(text.charAt(i));
      if (letter < 'A' || letter > 'Z') {
        continue;
      }
      char digit = SOUNDEX_CODES.charAt(letter - 'A');
      if (code.isEmpty()) {
        code.append(letter);
        last = digit;
      } else if (letter != 'H' && letter != 'W') {
        if (digit != '0' && digit != last) {
          code.append(digit);
        }
        last = digit;
      }
    }
    return code.isEmpty() ? "" : (code + "000").substring(0, 4);
  }

  @ScalarFunction(
      name = "format",
      signature = "(STRING, ANY...) -> STRING",
      description =
          "The arguments laid out by a pattern of java.util.Formatter. Times come as their numbers:"
              + " cast them to STRING first.",
      category = Category.STRINGS,
      examples = {
        "format('%s has %d of %.2f%%', 'a', 7, 25e-1) = 'a has 7 of 2.50%'",
        "format('%05d', 42) = '00042'"
      },
      canFail = true)
  public static String format(
      @Prepared("formatPattern") String pattern, @Nullable Object... arguments) {
    try {
      return String.format(Locale.ROOT, pattern, arguments);
    } catch (IllegalFormatException e) {
      throw new RowException("format pattern '" + pattern + "' does not fit: " + e.getMessage());
    }
  }

  /** Refuses patterns that would make endless texts of widths. */
  public static String formatPattern(String pattern) {
    Matcher matcher = WIDTHS.matcher(pattern);
    if (matcher.find()) {
      throw new RowException(
          "format pattern '" + pattern + "' asks for a width or precision above 999");
    }
    return pattern;
  }
}
