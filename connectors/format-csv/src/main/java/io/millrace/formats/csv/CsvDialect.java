package io.millrace.formats.csv;

import io.millrace.spi.connector.Framing;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.option.OptionType;
import io.millrace.spi.option.Options;
import java.util.List;

/**
 * How fields are told apart.
 *
 * @param delimiter between fields, an ASCII character
 * @param quote around fields, an ASCII character
 * @param header whether a file begins with the names of its fields
 */
record CsvDialect(char delimiter, char quote, boolean header) {
  private static final String DELIMITER = "csv.delimiter";
  private static final String QUOTE = "csv.quote";
  private static final String HEADER = "csv.header";

  static List<OptionSpec> options() {
    return List.of(
        OptionSpec.optional(
            DELIMITER,
            OptionType.STRING,
            ",",
            "The character between fields; 'tab' is the tabulator."),
        OptionSpec.optional(
            QUOTE,
            OptionType.STRING,
            "\"",
            "The character around fields that hold delimiters or line ends; doubled inside."),
        OptionSpec.optional(
            HEADER,
            OptionType.BOOLEAN,
            "true",
            "Whether a file begins with the names of its fields; without it the fields are the"
                + " columns in order."));
  }

  static CsvDialect of(Options options) {
    char delimiter = character(DELIMITER, options);
    char quote = character(QUOTE, options);
    if (delimiter == quote) {
      throw new MillraceException(
          "options '" + DELIMITER + "' and '" + QUOTE + "' must differ, both are '" + quote + "'");
    }
    return new CsvDialect(delimiter, quote, options.getBoolean(HEADER));
  }

  Framing framing() {
    return Framing.quotedLines(quote, delimiter);
  }

  private static char character(String option, Options options) {
    String text = options.getString(option);
    if (text.equalsIgnoreCase("tab") || text.equals("\\t")) {
      return '\t';
    }
    boolean good = text.length() == 1 && text.charAt(0) < 128 && "\r\n".indexOf(text) < 0;
    if (!good) {
      throw new MillraceException(
          "option '" + option + "' must be one ASCII character or 'tab', not '" + text + "'");
    }
    return text.charAt(0);
  }
}
