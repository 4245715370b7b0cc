package io.millrace.compiler.expression;

import io.millrace.compiler.code.JavaTypes;
import io.millrace.spi.types.DataType;
import java.util.regex.Pattern;

/**
 * The Java code of a value. Both parts have no effects and cannot fail, so that they may stand
 * wherever the statements before them have run.
 *
 * @param code the value; for an object null where it is NULL
 * @param isNull whether it is NULL: {@link #NEVER}, {@link #ALWAYS}, or a condition
 * @param depth how deep the code is nested; 0 for a variable, a field or a literal
 * @param falseIfNull whether a BOOLEAN's {@code code} is false where it is NULL
 */
record Fragment(String code, String isNull, int depth, boolean falseIfNull) {
  static final String NEVER = "false";
  static final String ALWAYS = "true";
  private static final Pattern NULL_CHECK = Pattern.compile("\\w+ == null");

  Fragment(String code, String isNull, int depth) {
    this(code, isNull, depth, false);
  }

  /** A value that is never NULL. */
  static Fragment of(String code, int depth) {
    return new Fragment(code, NEVER, depth);
  }

  static Fragment nullOf(DataType type) {
    return new Fragment(JavaTypes.placeholder(type), ALWAYS, 0);
  }

  boolean isNeverNull() {
    return isNull.equals(NEVER);
  }

  boolean isAlwaysNull() {
    return isNull.equals(ALWAYS);
  }

  /** A condition that it is true, not false and not NULL. */
  String isTrue() {
    if (isAlwaysNull()) {
      return "false";
    }
    return isNeverNull() || falseIfNull ? code : "(" + negate(isNull) + " && " + code + ")";
  }

  /** A condition that it is false, not true and not NULL. */
  String isFalse() {
    if (isAlwaysNull()) {
      return "false";
    }
    return isNeverNull() ? negate(code) : "(" + negate(isNull) + " && " + negate(code) + ")";
  }

  /** A condition as an operand of whatever operator. */
  static String operand(String condition) {
    return isAtom(condition) || isInParentheses(condition) ? condition : "(" + condition + ")";
  }

  static String negate(String condition) {
    return switch (condition) {
      case "true" -> "false";
      case "false" -> "true";
      default ->
          NULL_CHECK.matcher(condition).matches()
              ? condition.replace("==", "!=")
              : "!"
                  + (isAtom(condition) || isInParentheses(condition)
                      ? condition
                      : "(" + condition + ")");
    };
  }

  private static boolean isInParentheses(String condition) {
    int depth = 0;
    for (int i = 0; i < condition.length(); i++) {
      char c = condition.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) {
        return i > 0 && i == condition.length() - 1;
      }
    }
    return false;
  }

  private static boolean isAtom(String condition) {
    return condition.chars().allMatch(Character::isJavaIdentifierPart);
  }
}
