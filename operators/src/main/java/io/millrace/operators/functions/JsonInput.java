package io.millrace.operators.functions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.millrace.operators.values.JsonText;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads JSON texts as streams of tokens. What is behind the value that is looked for is not read,
 * so a text that is broken there goes unnoticed; {@code is_json} reads all.
 */
final class JsonInput {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();

  private JsonInput() {}

  /** What is done with a parser that stands on the first token of a text. */
  @FunctionalInterface
  interface Reader<R> {
    R read(JsonParser parser) throws IOException;
  }

  /** What a reader makes of a text; empty if the text is no JSON as far as it is read. */
  static <R> Optional<R> read(String text, Reader<R> reader) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return parser.nextToken() == null ? Optional.empty() : Optional.of(reader.read(parser));
    } catch (IOException ignored) { // no JSON: the answer is empty
      return Optional.empty();
    }
  }

  /** Whether nothing but blanks follows the value on whose last token the parser stands. */
  static boolean isAtEnd(JsonParser parser) throws IOException {
    return parser.nextToken() == null;
  }

  /** The value on whose first token the parser stands as JSON without blanks; goes to its last. */
  static String copy(JsonParser parser) throws IOException {
    StringBuilder out = new StringBuilder();
    int depth = 0;
    boolean first = true;
    do {
      JsonToken token = Objects.requireNonNull(parser.currentToken());
      if (token.isStructEnd()) {
        depth--;
        out.append(parser.getText());
        first = false;
      } else {
        boolean isValueOfField = !out.isEmpty() && out.charAt(out.length() - 1) == ':';
        out.append(first || isValueOfField ? "" : ",");
        first = appendStart(parser, token, out);
        depth += token.isStructStart() ? 1 : 0;
      }
    } while (depth > 0 && parser.nextToken() != null);
    return out.toString();
  }

  /** Whether what comes next is the first in an array or object. */
  private static boolean appendStart(JsonParser parser, JsonToken token, StringBuilder out)
      throws IOException {
    switch (token) {
      case VALUE_STRING -> JsonText.appendString(parser.getText(), out);
      case FIELD_NAME -> {
        JsonText.appendString(parser.currentName(), out);
        out.append(':');
      }
      default -> out.append(parser.getText());
    }
    return token.isStructStart();
  }
}
