package io.millrace.compiler.expression;

import io.millrace.compiler.code.CodeWriter;
import io.millrace.compiler.code.ConstantPool;
import io.millrace.compiler.code.JavaTypes;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.LambdaExpression;
import io.millrace.language.expression.LambdaParameter;
import io.millrace.language.expression.RowExpression;
import io.millrace.operators.kernel.KernelSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The members of one kernel's class while they are written: its constants, and the methods that
 * heavy expressions and lambdas become. These methods read columns from fields, so that they take
 * the row's index and the parameters of the lambdas around them only.
 */
final class KernelBody {
  /** What a method of an expression gives. */
  enum Result {
    /** The value; of a primitive type, whether it is NULL is in the field {@code wasNull}. */
    VALUE,
    /** Whether it is true, not false and not NULL. */
    IS_TRUE,
    /** Whether it is false, not true and not NULL. */
    IS_FALSE,
    /** An object that evaluates the body of a lambda. */
    LAMBDA
  }

  private record Method(Result result, boolean columnsMayBeNull) {}

  private final ConstantPool constants = new ConstantPool();
  private final ExpressionAnalysis analysis;
  private final List<CodeWriter> methods = new ArrayList<>();
  private final Map<RowExpression, Map<Method, String>> names = new IdentityHashMap<>();
  private final Deque<Runnable> open = new ArrayDeque<>();
  private int nextMethod;

  KernelBody(ExpressionAnalysis analysis) {
    this.analysis = analysis;
  }

  ConstantPool constants() {
    return constants;
  }

  ExpressionAnalysis analysis() {
    return analysis;
  }

  /** The code of a constant that is not NULL. */
  String constant(Constant constant) {
    return constants.of(
        constant, "value", JavaTypes.of(constant.type()), Objects.requireNonNull(constant.value()));
  }

  /** The code of the SQL text of an expression, for messages. */
  String text(RowExpression expression) {
    return constants.of(expression, "text", "String", SqlText.of(expression));
  }

  /** Adds members to the class. */
  void add(CodeWriter members) {
    methods.add(members);
  }

  /** A call of the method of an expression, which {@link #finish} writes. */
  String call(
      RowExpression expression,
      Result result,
      Nullability nullability,
      List<LambdaParameter> parameters) {
    Map<Method, String> known = names.computeIfAbsent(expression, unused -> new HashMap<>());
    Method method = new Method(result, nullability.columnsMayBeNull());
    String name = known.get(method);
    if (name == null) {
      name = "m" + nextMethod++;
      known.put(method, name);
      String found = name;
      open.add(() -> write(found, expression, result, nullability, parameters));
    }
    StringBuilder call = new StringBuilder(name).append("(i");
    parameters.forEach(parameter -> call.append(", ").append(variable(parameter)));
    return call.append(")").toString();
  }

  private void write(
      String name,
      RowExpression expression,
      Result result,
      Nullability nullability,
      List<LambdaParameter> parameters) {
    StringBuilder head = new StringBuilder();
    head.append(typeOf(expression, result)).append(' ').append(name).append("(final int i");
    parameters.forEach(parameter -> head.append(", final Object ").append(variable(parameter)));
    CodeWriter out = new CodeWriter().open(head.append(")").toString());
    if (result == Result.LAMBDA) {
      writeLambda(out, (LambdaExpression) expression, nullability, parameters);
    } else {
      RowCode code = new RowCode(this, nullability, parameters);
      String value = code.result(expression, result);
      out.append(code.statements()).line("return " + value + ";");
    }
    add(out.close());
  }

  private void writeLambda(
      CodeWriter out,
      LambdaExpression lambda,
      Nullability nullability,
      List<LambdaParameter> outer) {
    List<LambdaParameter> parameters = new ArrayList<>(outer);
    parameters.addAll(lambda.parameters());
    RowCode code = new RowCode(this, nullability, parameters);
    String value = code.boxed(lambda.body());
    String first = variable(lambda.parameters().get(0));
    String second =
        lambda.parameters().size() > 1 ? variable(lambda.parameters().get(1)) : "unused";
    out.open("return new Lambda()");
    out.open("public Object apply(final Object " + first + ", final Object " + second + ")");
    out.append(code.statements()).line("return " + value + ";").close();
    out.close().line(";");
  }

  private static String typeOf(RowExpression expression, Result result) {
    return switch (result) {
      case VALUE -> JavaTypes.of(expression.type());
      case IS_TRUE, IS_FALSE -> "boolean";
      case LAMBDA -> "Lambda";
    };
  }

  static String variable(LambdaParameter parameter) {
    return "p" + parameter.id();
  }

  /** Writes the methods that were called, and gives the kernel. */
  <T> KernelSource<T> finish(Class<T> type) {
    while (!open.isEmpty()) {
      open.remove().run();
    }
    StringBuilder text = new StringBuilder();
    methods.forEach(method -> text.append(text.isEmpty() ? "" : "\n").append(method));
    return new KernelSource<>(type, text.toString(), constants.types(), constants.values());
  }
}
