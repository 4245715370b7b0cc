package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What ON says of a row of {@code l} and one of {@code r}: all of its parts. */
record JoinCondition(List<Part> parts) {

  /** A part of the condition. */
  sealed interface Part {
    String sql();

    /** Null is unknown. */
    @Nullable Boolean value(InputRow left, InputRow right);
  }

  static JoinCondition random(Random random) {
    List<Part> parts = new ArrayList<>();
    int key = random.nextInt(7);
    if (key < 3) {
      parts.add(new Equal("k", "k"));
    }
    if (key == 2 || key == 3) {
      parts.add(new Equal("a", "b"));
    }
    if (key == 4) {
      parts.add(new Successor());
    }
    if (key > 4 || random.nextInt(3) == 0) {
      parts.add(Compared.random(random));
    }
    if (random.nextInt(4) == 0) {
      parts.add(OneSided.random(random));
    }
    return new JoinCondition(parts);
  }

  /** As above, without expressions that fail for some rows. */
  static JoinCondition safe(Random random) {
    JoinCondition condition = random(random);
    return condition.parts.stream().anyMatch(Successor.class::isInstance)
        ? safe(random)
        : condition;
  }

  String sql() {
    return parts.stream().map(Part::sql).collect(Collectors.joining(" AND "));
  }

  boolean matches(InputRow left, InputRow right) {
    return parts.stream().allMatch(part -> Boolean.TRUE.equals(part.value(left, right)));
  }

  /** Whether a row has no key because its expression fails: then it is not there. */
  boolean fails(boolean isLeft, InputRow row) {
    Long a = row.a();
    return isLeft
        && a != null
        && a == Integer.MAX_VALUE
        && parts.stream().anyMatch(Successor.class::isInstance);
  }

  /** A random term whose value never fails. */
  private static Term term(Random random) {
    Term term = Term.random(random, 2);
    return mayFail(term.sql()) ? term(random) : term;
  }

  /** A random condition whose value never fails. */
  static Condition safeCondition(Random random) {
    Condition condition = Condition.random(random, 2);
    return mayFail(condition.sql()) ? safeCondition(random) : condition;
  }

  private static boolean mayFail(String sql) {
    return sql.matches(".*[-+*/%].*");
  }

  /** SQL of one row's columns, of a source. */
  static String qualified(String sql, String source) {
    return sql.replaceAll("\\b([ab])\\b", source + ".$1");
  }

  /** Equal columns. */
  record Equal(String left, String right) implements Part {
    @Override
    public String sql() {
      return "l." + left + " = r." + right;
    }

    @Override
    public @Nullable Boolean value(InputRow left, InputRow right) {
      Object a = left.value(this.left);
      Object b = right.value(this.right);
      return (a == null || b == null) ? null : (Boolean) a.equals(b);
    }
  }

  /** A key that is computed, and fails for the greatest INT. */
  record Successor() implements Part {
    @Override
    public String sql() {
      return "l.a + 1 = r.b";
    }

    @Override
    public @Nullable Boolean value(InputRow left, InputRow right) {
      Long a = left.a();
      Long b = right.b();
      return (a == null || b == null) ? null : (Boolean) (a + 1 == b);
    }
  }

  /** A comparison of the one side with the other. */
  record Compared(String operator, Term left, Term right) implements Part {
    static Compared random(Random random) {
      String[] operators = Condition.Compared.OPERATORS;
      return new Compared(operators[random.nextInt(operators.length)], term(random), term(random));
    }

    @Override
    public String sql() {
      return "("
          + qualified(left.sql(), "l")
          + " "
          + operator
          + " "
          + qualified(right.sql(), "r")
          + ")";
    }

    @Override
    public @Nullable Boolean value(InputRow left, InputRow right) {
      return Condition.Compared.value(operator, this.left.value(left), this.right.value(right));
    }
  }

  /** A condition on one side alone. */
  record OneSided(boolean isLeft, Condition condition) implements Part {
    static OneSided random(Random random) {
      return new OneSided(random.nextBoolean(), safeCondition(random));
    }

    @Override
    public String sql() {
      return qualified(condition.sql(), isLeft ? "l" : "r");
    }

    @Override
    public @Nullable Boolean value(InputRow left, InputRow right) {
      return condition.value(isLeft ? left : right);
    }
  }
}
