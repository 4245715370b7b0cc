package io.millrace.language.expression;

import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Writes expressions as SQL, with as few parentheses as its precedences need. */
public final class ExpressionPrinter implements RowExpressionVisitor<String> {
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final ExpressionPrinter PRINTER = new ExpressionPrinter();

  /** How tightly a form binds; operands that bind less tightly stand in parentheses. */
  private enum Binding {
    LAMBDA,
    OR,
    AND,
    NOT,
    PREDICATE,
    CONCATENATION,
    SUM,
    PRODUCT,
    SIGN,
    PRIMARY
  }

  private ExpressionPrinter() {}

  public static String print(RowExpression expression) {
    return expression.accept(PRINTER);
  }

  /** A name as it is written in SQL: in back-quotes if it is no plain one. */
  public static String name(String name) {
    return PLAIN_NAME.matcher(name).matches() ? name : "`" + name.replace("`", "``") + "`";
  }

  /** A length of time as number-unit pairs, such as {@code 1 HOUR 30 MINUTES}. */
  public static String duration(long millis) {
    return ConstantPrinter.duration(millis);
  }

  /** Expressions one behind the other, with commas. */
  public static String list(List<? extends RowExpression> expressions) {
    List<String> texts = new ArrayList<>();
    for (RowExpression expression : expressions) {
      texts.add(print(expression));
    }
    return String.join(", ", texts);
  }

  private static Binding binding(RowExpression expression) {
    if (expression instanceof Logical logical) {
      return logical.isAnd() ? Binding.AND : Binding.OR;
    }
    if (expression instanceof Not) {
      return Binding.NOT;
    }
    if (expression instanceof Comparison
        || expression instanceof IsNull
        || expression instanceof InList) {
      return Binding.PREDICATE;
    }
    if (expression instanceof Concatenation) {
      return Binding.CONCATENATION;
    }
    if (expression instanceof Arithmetic arithmetic) {
      return isSum(arithmetic.operator()) ? Binding.SUM : Binding.PRODUCT;
    }
    if (expression instanceof Negation || isNegativeNumber(expression)) {
      return Binding.SIGN;
    }
    return expression instanceof LambdaExpression ? Binding.LAMBDA : Binding.PRIMARY;
  }

  private static boolean isSum(ArithmeticOperator operator) {
    return operator == ArithmeticOperator.ADD || operator == ArithmeticOperator.SUBTRACT;
  }

  private static boolean isNegativeNumber(RowExpression expression) {
    return expression instanceof Constant constant
        && constant.value() instanceof Number
        && print(expression).startsWith("-");
  }

  /** The operand, in parentheses if it binds less tightly than {@code needed}. */
  private static String operand(RowExpression operand, Binding needed) {
    String text = print(operand);
    return binding(operand).compareTo(needed) < 0 ? "(" + text + ")" : text;
  }

  private static Binding above(Binding binding) {
    return Binding.values()[binding.ordinal() + 1];
  }

  private static String joined(List<RowExpression> operands, String separator, Binding binding) {
    List<String> texts = new ArrayList<>();
    for (RowExpression operand : operands) {
      texts.add(operand(operand, above(binding)));
    }
    return String.join(separator, texts);
  }

  @Override
  public String visitConstant(Constant expression) {
    return ConstantPrinter.print(expression.value(), expression.type());
  }

  @Override
  public String visitColumnReference(ColumnReference expression) {
    return name(expression.name());
  }

  @Override
  public String visitRowtimeReference(RowtimeReference expression) {
    return "ROWTIME";
  }

  @Override
  public String visitRowKindReference(RowKindReference expression) {
    return "ROW_KIND";
  }

  @Override
  public String visitArithmetic(Arithmetic expression) {
    Binding binding = binding(expression);
    return operand(expression.left(), binding)
        + " "
        + expression.operator().symbol()
        + " "
        + operand(expression.right(), above(binding));
  }

  @Override
  public String visitNegation(Negation expression) {
    return "-" + operand(expression.operand(), Binding.PRIMARY);
  }

  @Override
  public String visitComparison(Comparison expression) {
    return operand(expression.left(), Binding.CONCATENATION)
        + " "
        + expression.operator().symbol()
        + " "
        + operand(expression.right(), Binding.CONCATENATION);
  }

  @Override
  public String visitLogical(Logical expression) {
    return expression.isAnd()
        ? joined(expression.terms(), " AND ", Binding.AND)
        : joined(expression.terms(), " OR ", Binding.OR);
  }

  @Override
  public String visitNot(Not expression) {
    if (expression.operand() instanceof IsNull isNull) {
      return operand(isNull.operand(), Binding.CONCATENATION) + " IS NOT NULL";
    }
    if (expression.operand() instanceof InList in) {
      return operand(in.value(), Binding.CONCATENATION) + " NOT IN (" + list(in.options()) + ")";
    }
    return "NOT " + operand(expression.operand(), Binding.NOT);
  }

  @Override
  public String visitIsNull(IsNull expression) {
    return operand(expression.operand(), Binding.CONCATENATION) + " IS NULL";
  }

  @Override
  public String visitInList(InList expression) {
    return operand(expression.value(), Binding.CONCATENATION)
        + " IN ("
        + list(expression.options())
        + ")";
  }

  @Override
  public String visitCase(Case expression) {
    StringBuilder text = new StringBuilder("CASE");
    for (Case.When when : expression.whens()) {
      text.append(" WHEN ").append(print(when.condition()));
      text.append(" THEN ").append(print(when.result()));
    }
    return text.append(" ELSE ").append(print(expression.otherwise())).append(" END").toString();
  }

  @Override
  public String visitCoalesce(Coalesce expression) {
    return "coalesce(" + list(expression.values()) + ")";
  }

  @Override
  public String visitConcatenation(Concatenation expression) {
    return joined(expression.parts(), " || ", Binding.CONCATENATION);
  }

  @Override
  public String visitCast(Cast expression) {
    return (expression.isTry() ? "TRY_CAST(" : "CAST(")
        + print(expression.operand())
        + " AS "
        + expression.type().sql()
        + ")";
  }

  @Override
  public String visitFunctionCall(FunctionCall expression) {
    return expression.function().name() + "(" + list(expression.arguments()) + ")";
  }

  @Override
  public String visitLambdaExpression(LambdaExpression expression) {
    List<LambdaParameter> parameters = expression.parameters();
    String head =
        parameters.size() == 1
            ? name(parameters.get(0).name())
            : "(" + String.join(", ", parameters.stream().map(p -> name(p.name())).toList()) + ")";
    return head + " => " + print(expression.body());
  }

  @Override
  public String visitLambdaReference(LambdaReference expression) {
    return name(expression.parameter().name());
  }

  @Override
  public String visitFieldAccess(FieldAccess expression) {
    DataType.StructOf struct = (DataType.StructOf) expression.struct().type();
    return operand(expression.struct(), Binding.PRIMARY)
        + "."
        + name(struct.fields().get(expression.field()).name());
  }

  @Override
  public String visitSubscript(Subscript expression) {
    return operand(expression.collection(), Binding.PRIMARY)
        + "["
        + print(expression.index())
        + "]";
  }

  @Override
  public String visitArrayConstructor(ArrayConstructor expression) {
    return "ARRAY[" + list(expression.values()) + "]";
  }

  @Override
  public String visitStructConstructor(StructConstructor expression) {
    DataType.StructOf struct = (DataType.StructOf) expression.type();
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < expression.values().size(); i++) {
      fields.add(print(expression.values().get(i)) + " AS " + name(struct.fields().get(i).name()));
    }
    return "STRUCT(" + String.join(", ", fields) + ")";
  }

  @Override
  public String visitMapConstructor(MapConstructor expression) {
    return "MAP[" + list(expression.operands()) + "]";
  }
}
