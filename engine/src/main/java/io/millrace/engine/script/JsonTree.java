package io.millrace.engine.script;

import io.millrace.spi.error.MillraceException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) into maps, lists, strings, {@link BigDecimal}, booleans and null, and says
 * where it ends. Used once.
 */
final class JsonTree {
  private static final int DEEPEST = 200;
  private static final int LARGEST_EXPONENT = 10_000;
  private final String text;
  private int at;
  private int depth;

  private JsonTree(String text, int from) {
    this.text = text;
    this.at = from;
  }

  /**
   * An object within a text.
   *
   * @param values its members, in order
   * @param end the index behind it
   */
  record Extent(Map<String, @Nullable Object> values, int end) {}

  /**
   * Reads the object that begins at {@code from}.
   *
   * @throws MillraceException if there is none
   */
  static Extent readObject(String text, int from) {
    JsonTree tree = new JsonTree(text, from);
    tree.skipBlanks();
    if (tree.peek() != '{') {
      throw tree.expected("'{'");
    }
    return new Extent(tree.object(), tree.at);
  }

  private @Nullable Object value() {
    skipBlanks();
    char c = peek();
    if (c == '{' || c == '[') {
      if (++depth > DEEPEST) {
        throw new MillraceException("JSON nested more than " + DEEPEST + " deep");
      }
      Object nested = c == '{' ? object() : array();
      depth--;
      return nested;
    }
    if (c == '"') {
      return string();
    }
    if (c == '-' || Character.isDigit(c)) {
      return number();
    }
    return word();
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    at++;
    if (takes('}')) {
      return members;
    }
    do {
      skipBlanks();
      String name = string();
      require(':');
      if (members.containsKey(name)) {
        throw new MillraceException("\"" + name + "\" stands twice in one JSON object");
      }
      members.put(name, value());
    } while (takes(','));
    require('}');
    return members;
  }

  private List<@Nullable Object> array() {
    List<@Nullable Object> elements = new ArrayList<>();
    at++;
    if (takes(']')) {
      return elements;
    }
    do {
      elements.add(value());
    } while (takes(','));
    require(']');
    return elements;
  }

  private String string() {
    if (peek() != '"') {
      throw expected("a string");
    }
    StringBuilder value = new StringBuilder();
    for (at++; peek() != '"'; at++) {
      value.append(peek() == '\\' ? escaped() : peek());
    }
    at++;
    return value.toString();
  }

  private char escaped() {
    at++;
    char c = peek();
    int index = "\"\\/bfnrt".indexOf(c);
    if (index >= 0) {
      return "\"\\/\b\f\n\r\t".charAt(index);
    }
    if (c != 'u'
        || at + 4 >= text.length()
        || !text.substring(at + 1, at + 5).matches("\\p{XDigit}{4}")) {
      throw expected("an escape such as \\n or \\u00e9");
    }
    at += 4;
    return (char) Integer.parseInt(text.substring(at - 3, at + 1), 16);
  }

  private BigDecimal number() {
    int from = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String digits = text.substring(from, at);
    try {
      BigDecimal number = new BigDecimal(digits);
      if (Math.abs((long) number.scale()) > LARGEST_EXPONENT) {
        throw new MillraceException("the number " + digits + " is too large or too small");
      }
      return number;
    } catch (NumberFormatException e) {
      throw new MillraceException("'" + digits + "' is no number", e);
    }
  }

  private @Nullable Object word() {
    int from = at;
    while (at < text.length() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    switch (text.substring(from, at)) {
      case "true":
        return true;
      case "false":
        return false;
      case "null":
        return null;
      default:
        at = from;
        throw expected("a JSON value");
    }
  }

  private boolean takes(char c) {
    skipBlanks();
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  private void require(char c) {
    if (!takes(c)) {
      throw expected("'" + c + "'");
    }
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw new MillraceException("the JSON is not complete: the line ends inside it");
    }
    return text.charAt(at);
  }

  private MillraceException expected(String what) {
    String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end of the line";
    return new MillraceException(
        "expected " + what + " at column " + (at + 1) + ", found " + found);
  }
}
