package io.millrace.operators.functions;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.spi.error.RowException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path into a JSON value, made once: {@code $}, then {@code .name}, {@code ['name']}, {@code [n]}
 * counted from 0, or {@code [*]} and {@code .*} for all elements or fields (a part of Goessner's
 * JSONPath, 2007; {@code lax} and {@code strict} of SQL may stand before it).
 */
public final class JsonPath {
  private final List<Step> steps;
  private final boolean wildcard;

  private JsonPath(List<Step> steps) {
    this.steps = steps;
    wildcard = steps.stream().anyMatch(step -> step.name() == null && step.index() < 0);
  }

  /**
   * A step: into a field if it has a name, to an element if its index is not negative, else to all
   * of them.
   */
  private record Step(@Nullable String name, int index) {}

  /** Takes the values that a path leads to. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Takes the value on whose first token the parser stands, and leaves it on the last one.
     *
     * @return whether to stop
     */
    boolean visit(JsonParser parser) throws IOException;
  }

  static JsonPath of(String text) {
    return new JsonPath(new Reader(text).steps());
  }

  /** Whether the path may lead to several values. */
  boolean hasWildcard() {
    return wildcard;
  }

  /** Shows the visitor all values that the path leads to, in their order, until it says stop. */
  boolean walk(JsonParser parser, Visitor visitor) throws IOException {
    return walk(parser, 0, visitor);
  }

  private boolean walk(JsonParser parser, int depth, Visitor visitor) throws IOException {
    if (depth == steps.size()) {
      return visitor.visit(parser);
    }
    Step step = steps.get(depth);
    if (parser.currentToken() == JsonToken.START_OBJECT && step.index() < 0) {
      return walkFields(parser, step, depth, visitor);
    }
    if (parser.currentToken() == JsonToken.START_ARRAY && step.name() == null) {
      return walkElements(parser, step, depth, visitor);
    }
    parser.skipChildren();
    return false;
  }

  private boolean walkFields(JsonParser parser, Step step, int depth, Visitor visitor)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = step.name() == null || step.name().equals(parser.currentName());
      parser.nextToken();
      if (!wanted) {
        parser.skipChildren();
      } else if (walk(parser, depth + 1, visitor)) {
        return true;
      }
    }
    return false;
  }

  private boolean walkElements(JsonParser parser, Step step, int depth, Visitor visitor)
      throws IOException {
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      if (step.index() >= 0 && step.index() != i) {
        parser.skipChildren();
      } else if (walk(parser, depth + 1, visitor)) {
        return true;
      }
    }
    return false;
  }

  /** Reads the text of a path. */
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    List<Step> steps() {
      String path = text.strip();
      at = text.indexOf(path);
      for (String mode : List.of("lax ", "strict ")) {
        at += path.startsWith(mode) ? mode.length() : 0;
      }
      if (!accept('$')) {
        throw bad("it begins with $");
      }
      List<Step> steps = new ArrayList<>();
      while (at < text.stripTrailing().length()) {
        steps.add(accept('.') ? field() : subscript());
      }
      return steps;
    }

    private Step field() {
      if (accept('*')) {
        return new Step(null, -1);
      }
      if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
        return new Step(quoted(), -1);
      }
      int from = at;
      while (at < text.length() && ".[ ".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      if (at == from) {
        throw bad("a name follows a point");
      }
      return new Step(text.substring(from, at), -1);
    }

    private Step subscript() {
      if (!accept('[')) {
        throw bad("a step begins with . or [");
      }
      Step step;
      if (accept('*')) {
        step = new Step(null, -1);
      } else if (at < text.length() && Character.isDigit(text.charAt(at))) {
        step = new Step(null, index());
      } else {
        step = new Step(quoted(), -1);
      }
      if (!accept(']')) {
        throw bad("] is missing");
      }
      return step;
    }

    private int index() {
      int from = at;
      while (at < text.length() && Character.isDigit(text.charAt(at))) {
        at++;
      }
      if (at - from > 9) {
        throw bad("an index has at most 9 digits");
      }
      return Integer.parseInt(text.substring(from, at));
    }

    private String quoted() {
      char quote = at < text.length() ? text.charAt(at) : ' ';
      int end = quote == '"' || quote == '\'' ? text.indexOf(quote, at + 1) : -1;
      if (end < 0) {
        throw bad("in brackets stands an index, * or a name in quotes");
      }
      String name = text.substring(at + 1, end);
      at = end + 1;
      return name;
    }

    private boolean accept(char c) {
      boolean found = at < text.length() && text.charAt(at) == c;
      at += found ? 1 : 0;
      return found;
    }

    private RowException bad(String reason) {
      return new RowException(
          "bad JSON path '" + text + "' at character " + (at + 1) + ": " + reason);
    }
  }
}
