package io.millrace.compiler.expression;

import io.millrace.compiler.code.CodeWriter;
import io.millrace.compiler.code.JavaTypes;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.LambdaParameter;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Layout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the statements of one method that evaluate expressions for the row {@code i}. What was
 * evaluated is kept in a variable for a second use as far as the block reaches in which it stands.
 */
final class RowCode {
  private static final int DEEPEST = 12;

  /** When an operation may be evaluated. */
  enum Evaluation {
    /** Also on what stands in place of NULL: it works on primitives and cannot fail. */
    ANYWHERE,
    /** Only if no operand is NULL. */
    NOT_NULL,
    /** Only if no operand is NULL, and at once, since it may fail. */
    FAILING
  }

  /** Code that was written apart: statements and what they lead to. */
  record Captured<T>(CodeWriter statements, T result) {}

  /** Writes statements and gives what they lead to. */
  interface Writing<T> {
    T write();
  }

  private final KernelBody kernel;
  private final Nullability nullability;
  private final List<LambdaParameter> parameters;
  private final ValueWriter values = new ValueWriter(this);
  private final Conditions conditions = new Conditions(this);
  private final Deque<Map<RowExpression, Fragment>> known = new ArrayDeque<>();
  private final CodeWriter columns = new CodeWriter();
  private CodeWriter out = new CodeWriter();
  private int nextVariable;

  RowCode(KernelBody kernel, Nullability nullability, List<LambdaParameter> parameters) {
    this.kernel = kernel;
    this.nullability = nullability;
    this.parameters = parameters;
    known.push(new HashMap<>());
  }

  KernelBody kernel() {
    return kernel;
  }

  CodeWriter statements() {
    return new CodeWriter().append(columns).append(out);
  }

  boolean columnsMayBeNull() {
    return nullability.columnsMayBeNull();
  }

  boolean mayBeNull(RowExpression expression) {
    return nullability.mayBeNull(expression);
  }

  boolean canFail(RowExpression expression) {
    return kernel.analysis().canFail(expression);
  }

  boolean isCheap(RowExpression expression) {
    return !columnsMayBeNull() && kernel.analysis().isCheap(expression);
  }

  /** The value of an expression. */
  Fragment value(RowExpression expression) {
    RowExpression form = kernel.analysis().form(expression);
    Fragment earlier = find(form);
    if (earlier != null) {
      return earlier;
    }
    if (form instanceof ColumnReference && isKept(form)) {
      return readFirst(form);
    }
    boolean isOutlined = kernel.analysis().isOutlined(form);
    Fragment fragment = isOutlined ? called(form) : form.accept(values);
    if (isKept(form)) {
      Fragment kept = bind(form.type(), fragment);
      known.element().put(form, kept);
      return kept;
    }
    return fragment.depth() > DEEPEST ? bind(form.type(), fragment) : fragment;
  }

  /**
   * Reads a column that is used several times before everything else, since reading cannot fail.
   */
  private Fragment readFirst(RowExpression column) {
    CodeWriter rest = out;
    out = columns;
    Fragment kept = bind(column.type(), column.accept(values));
    out = rest;
    known.getLast().put(column, kept);
    return kept;
  }

  /** The value of an expression that stands as the root of this method. */
  String result(RowExpression expression, KernelBody.Result result) {
    return switch (result) {
      case IS_TRUE -> conditions.isTrue(expression);
      case IS_FALSE -> conditions.isFalse(expression);
      default -> {
        Fragment fragment = expression.accept(values);
        if (expression.type().layout() != Layout.OBJECT) {
          fragment = bind(expression.type(), fragment);
          out.line("wasNull = " + fragment.isNull() + ";");
        }
        yield fragment.code();
      }
    };
  }

  /** A condition that an expression is true, not false and not NULL. */
  String isTrue(RowExpression expression) {
    RowExpression form = kernel.analysis().form(expression);
    return kernel.analysis().isOutlined(form)
        ? call(form, KernelBody.Result.IS_TRUE)
        : conditions.isTrue(form);
  }

  /** A condition that an expression is false, not true and not NULL. */
  String isFalse(RowExpression expression) {
    RowExpression form = kernel.analysis().form(expression);
    return kernel.analysis().isOutlined(form)
        ? call(form, KernelBody.Result.IS_FALSE)
        : conditions.isFalse(form);
  }

  /** Whether the value is kept in a variable, so that conditions read it there. */
  boolean isKept(RowExpression form) {
    return kernel.analysis().isRepeated(form)
        && (columnsMayBeNull() || !(form instanceof ColumnReference));
  }

  /** The value as an object, null for NULL. */
  String boxed(RowExpression expression) {
    Fragment fragment = value(expression);
    if (fragment.isAlwaysNull()) {
      return "null";
    }
    DataType type = expression.type();
    String box = JavaTypes.box(type, fragment.code());
    return type.layout() == Layout.OBJECT || fragment.isNeverNull()
        ? box
        : "(" + fragment.isNull() + " ? null : " + box + ")";
  }

  private Fragment called(RowExpression form) {
    String call = call(form, KernelBody.Result.VALUE);
    String variable = declare(JavaTypes.of(form.type()), call);
    if (form.type().layout() == Layout.OBJECT) {
      return mayBeNull(form)
          ? new Fragment(variable, variable + " == null", 0)
          : Fragment.of(variable, 0);
    }
    return mayBeNull(form)
        ? new Fragment(variable, declare("boolean", "wasNull"), 0)
        : Fragment.of(variable, 0);
  }

  /** A call of the method of an expression. */
  String call(RowExpression expression, KernelBody.Result result) {
    return kernel.call(expression, result, nullability, parameters);
  }

  /** Keeps a value in a variable, so that its code may stand several times. */
  Fragment bind(DataType type, Fragment fragment) {
    if (fragment.isAlwaysNull()) {
      return Fragment.nullOf(type);
    }
    if (fragment.depth() == 0 && (fragment.isNeverNull() || isVariable(fragment.isNull()))) {
      return fragment;
    }
    if (type.layout() == Layout.OBJECT) {
      String variable =
          fragment.depth() == 0 ? fragment.code() : declare(JavaTypes.of(type), fragment.code());
      return new Fragment(
          variable, fragment.isNeverNull() ? Fragment.NEVER : variable + " == null", 0);
    }
    String isNull = fragment.isNeverNull() ? Fragment.NEVER : declare("boolean", fragment.isNull());
    String variable =
        fragment.depth() == 0 ? fragment.code() : declare(JavaTypes.of(type), fragment.code());
    return new Fragment(variable, isNull, 0, fragment.falseIfNull());
  }

  private static boolean isVariable(String code) {
    return code.chars().allMatch(c -> Character.isJavaIdentifierPart(c) || c == ' ' || c == '=');
  }

  /** Declares a variable with a value of its own and gives its name. */
  String declare(String javaType, String code) {
    String name = newVariable();
    out.line(javaType + " " + name + " = " + code + ";");
    return name;
  }

  private String newVariable() {
    return "t" + nextVariable++;
  }

  void line(String statement) {
    out.line(statement);
  }

  CodeWriter out() {
    return out;
  }

  /**
   * An operation that is NULL if an operand is.
   *
   * @param code the operation on the codes of the operands, each of which stands in it once unless
   *     it is a variable
   */
  Fragment strict(DataType type, List<Fragment> operands, String code, Evaluation evaluation) {
    if (operands.stream().anyMatch(Fragment::isAlwaysNull)) {
      return Fragment.nullOf(type);
    }
    int depth = 1 + operands.stream().mapToInt(Fragment::depth).max().orElse(0);
    String isNull = anyNull(operands);
    if (isNull.equals(Fragment.NEVER)) {
      Fragment fragment = Fragment.of(code, depth);
      return evaluation == Evaluation.FAILING ? bind(type, fragment) : fragment;
    }
    if (evaluation == Evaluation.ANYWHERE) {
      return new Fragment(code, isNull, depth);
    }
    if (evaluation == Evaluation.NOT_NULL && type == DataType.BOOLEAN) {
      return new Fragment(
          "(" + Fragment.negate(isNull) + " && " + code + ")", isNull, depth + 1, true);
    }
    return guarded(type, isNull, code);
  }

  private Fragment guarded(DataType type, String isNull, String code) {
    if (type.layout() == Layout.OBJECT) {
      String variable = declare(JavaTypes.of(type), "null");
      out.open("if (" + Fragment.negate(isNull) + ")").line(variable + " = " + code + ";").close();
      return new Fragment(variable, variable + " == null", 0);
    }
    String nullVariable = declare("boolean", isNull);
    String variable = declare(JavaTypes.of(type), JavaTypes.placeholder(type));
    out.open("if (!" + nullVariable + ")").line(variable + " = " + code + ";").close();
    return new Fragment(variable, nullVariable, 0);
  }

  /** A condition that one of some values is NULL. */
  static String anyNull(List<Fragment> operands) {
    List<String> conditions =
        operands.stream()
            .map(Fragment::isNull)
            .filter(c -> !c.equals(Fragment.NEVER))
            .distinct()
            .toList();
    if (conditions.isEmpty()) {
      return Fragment.NEVER;
    }
    return conditions.size() == 1
        ? conditions.get(0)
        : conditions.stream().collect(Collectors.joining(" || ", "(", ")"));
  }

  /**
   * The value of code that gives an object or null.
   *
   * @param code evaluated once, at once
   */
  Fragment ofObject(DataType type, String code) {
    if (type.layout() == Layout.OBJECT) {
      String variable = declare(JavaTypes.of(type), "(" + JavaTypes.of(type) + ") " + code);
      return new Fragment(variable, variable + " == null", 0);
    }
    String object = declare("Object", code);
    String isNull = object + " == null";
    String value =
        "("
            + isNull
            + " ? "
            + JavaTypes.placeholder(type)
            + " : "
            + JavaTypes.unbox(type, object)
            + ")";
    return new Fragment(declare(JavaTypes.of(type), value), isNull, 0);
  }

  /** Writes statements apart; what is evaluated in them is not known outside. */
  <T> Captured<T> capture(Writing<T> writing) {
    CodeWriter outside = out;
    out = new CodeWriter();
    known.push(new HashMap<>());
    try {
      T result = writing.write();
      return new Captured<>(out, result);
    } finally {
      known.pop();
      out = outside;
    }
  }

  private @Nullable Fragment find(RowExpression expression) {
    for (Map<RowExpression, Fragment> scope : known) {
      Fragment fragment = scope.isEmpty() ? null : scope.get(expression);
      if (fragment != null) {
        return fragment;
      }
    }
    return null;
  }
}
