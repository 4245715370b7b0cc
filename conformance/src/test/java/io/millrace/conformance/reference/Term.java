package io.millrace.conformance.reference;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** An integer expression: its SQL, and its value by walking the tree. */
sealed interface Term {
  String sql();

  /** Whether its type is INT; else BIGINT. */
  boolean isInt();

  /**
   * Its value, null for NULL.
   *
   * @throws ArithmeticException if it fails for the row
   */
  @Nullable Long value(InputRow row);

  static Term random(Random random, int depth) {
    int kind = depth == 0 ? random.nextInt(3) : random.nextInt(8);
    return switch (kind) {
      case 0 -> new Column("a", true);
      case 1 -> new Column("b", false);
      case 2 -> new Literal(random.nextInt(9));
      case 3 ->
          new Choice(
              Condition.random(random, depth - 1),
              random(random, depth - 1),
              random(random, depth - 1));
      case 4 -> new FirstOf(random(random, depth - 1), random(random, depth - 1));
      default ->
          new Binary(
              "+-*/%".charAt(random.nextInt(5)),
              random(random, depth - 1),
              random(random, depth - 1));
    };
  }

  /** A column. */
  record Column(String name, boolean isInt) implements Term {
    @Override
    public String sql() {
      return name;
    }

    @Override
    public @Nullable Long value(InputRow row) {
      return (Long) row.value(name);
    }
  }

  /** A literal. */
  record Literal(long number) implements Term {
    @Override
    public String sql() {
      return Long.toString(number);
    }

    @Override
    public boolean isInt() {
      return true;
    }

    @Override
    public Long value(InputRow row) {
      return number;
    }
  }

  /** Arithmetic; both operands are evaluated, and NULL if one is. */
  record Binary(char operator, Term left, Term right) implements Term {
    @Override
    public String sql() {
      return "(" + left.sql() + " " + operator + " " + right.sql() + ")";
    }

    @Override
    public boolean isInt() {
      return left.isInt() && right.isInt();
    }

    @Override
    public @Nullable Long value(InputRow row) {
      Long a = left.value(row);
      Long b = right.value(row);
      if (a == null || b == null) {
        return null;
      }
      long result =
          switch (operator) {
            case '+' -> Math.addExact(a, b);
            case '-' -> Math.subtractExact(a, b);
            case '*' -> Math.multiplyExact(a, b);
            case '/' -> a / b;
            default -> a % b;
          };
      return isInt() ? (long) Math.toIntExact(result) : result;
    }
  }

  /** CASE with one condition. */
  record Choice(Condition condition, Term then, Term otherwise) implements Term {
    @Override
    public String sql() {
      return "CASE WHEN "
          + condition.sql()
          + " THEN "
          + then.sql()
          + " ELSE "
          + otherwise.sql()
          + " END";
    }

    @Override
    public boolean isInt() {
      return then.isInt() && otherwise.isInt();
    }

    @Override
    public @Nullable Long value(InputRow row) {
      return Boolean.TRUE.equals(condition.value(row)) ? then.value(row) : otherwise.value(row);
    }
  }

  /** COALESCE of two. */
  record FirstOf(Term first, Term second) implements Term {
    @Override
    public String sql() {
      return "coalesce(" + first.sql() + ", " + second.sql() + ")";
    }

    @Override
    public boolean isInt() {
      return first.isInt() && second.isInt();
    }

    @Override
    public @Nullable Long value(InputRow row) {
      Long value = first.value(row);
      return value != null ? value : second.value(row);
    }
  }
}
