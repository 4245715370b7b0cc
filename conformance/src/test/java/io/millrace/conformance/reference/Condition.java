package io.millrace.conformance.reference;

import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A condition: its SQL, and its value in three-valued logic. */
sealed interface Condition {
  String sql();

  /** Null is unknown; throws as {@link Term#value} does. */
  @Nullable Boolean value(InputRow row);

  static Condition random(Random random, int depth) {
    int kind = depth <= 0 ? random.nextInt(3) : random.nextInt(6);
    int below = Math.max(0, depth - 1);
    return switch (kind) {
      case 0 -> new Missing(Term.random(random, below));
      case 1, 2 ->
          new Compared(
              Compared.OPERATORS[random.nextInt(Compared.OPERATORS.length)],
              Term.random(random, below),
              Term.random(random, below));
      case 3 -> new Not(random(random, below));
      default -> new Both(random.nextBoolean(), random(random, below), random(random, below));
    };
  }

  /** A comparison. */
  record Compared(String operator, Term left, Term right) implements Condition {
    static final String[] OPERATORS = {"=", "<>", "<", ">=", "IS DISTINCT FROM"};

    @Override
    public String sql() {
      return "(" + left.sql() + " " + operator + " " + right.sql() + ")";
    }

    @Override
    public @Nullable Boolean value(InputRow row) {
      return value(operator, left.value(row), right.value(row));
    }

    static @Nullable Boolean value(String operator, @Nullable Long a, @Nullable Long b) {
      if (operator.equals("IS DISTINCT FROM")) {
        return !Objects.equals(a, b);
      }
      if (a == null || b == null) {
        return null;
      }
      return switch (operator) {
        case "=" -> a.equals(b);
        case "<>" -> !a.equals(b);
        case "<" -> a < b;
        default -> a >= b;
      };
    }
  }

  /** IS NULL. */
  record Missing(Term term) implements Condition {
    @Override
    public String sql() {
      return "(" + term.sql() + " IS NULL)";
    }

    @Override
    public Boolean value(InputRow row) {
      return term.value(row) == null;
    }
  }

  /** NOT. */
  record Not(Condition condition) implements Condition {
    @Override
    public String sql() {
      return "(NOT " + condition.sql() + ")";
    }

    @Override
    public @Nullable Boolean value(InputRow row) {
      Boolean value = condition.value(row);
      return value == null ? null : !value;
    }
  }

  /** AND or OR, from left to right, up to what decides. */
  record Both(boolean isAnd, Condition left, Condition right) implements Condition {
    @Override
    public String sql() {
      return "(" + left.sql() + (isAnd ? " AND " : " OR ") + right.sql() + ")";
    }

    @Override
    public @Nullable Boolean value(InputRow row) {
      Boolean a = left.value(row);
      if (a != null && a != isAnd) {
        return a;
      }
      Boolean b = right.value(row);
      if (b != null && b != isAnd) {
        return b;
      }
      return (a == null || b == null) ? null : (Boolean) isAnd;
    }
  }
}
