package io.millrace.compiler.expression;

import io.millrace.compiler.code.JavaTypes;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.FunctionCall;
import io.millrace.language.expression.LambdaExpression;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.RowException;
import io.millrace.spi.function.FunctionParameter;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Layout;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Calls of functions: the static method itself, with arguments boxed, prepared or collected as its
 * parameters ask for.
 */
final class CallCode {
  private final RowCode row;

  CallCode(RowCode row) {
    this.row = row;
  }

  Fragment write(FunctionCall call) {
    List<Fragment> required = new ArrayList<>();
    List<String> arguments = new ArrayList<>();
    for (FunctionParameter parameter : call.function().parameters()) {
      arguments.add(argument(call, parameter, required));
    }
    Method method = call.function().method();
    String code =
        name(method.getDeclaringClass())
            + "."
            + method.getName()
            + arguments.stream().collect(Collectors.joining(", ", "(", ")"));
    DataType type = call.type();
    boolean isBoxed = !method.getReturnType().isPrimitive() && type.layout() != Layout.OBJECT;
    boolean mayBeNull = isBoxed || call.function().nullableResult();
    if (required.stream().anyMatch(Fragment::isAlwaysNull)) {
      return Fragment.nullOf(type);
    }
    String isNull = RowCode.anyNull(required);
    if (call.function().canFail()) {
      return failing(call, mayBeNull, isNull, mayBeNull ? code : cast(type, code));
    }
    if (mayBeNull) {
      return row.ofObject(
          type,
          isNull.equals(Fragment.NEVER) ? code : "(" + isNull + " ? null : (Object) " + code + ")");
    }
    return row.strict(type, required, cast(type, code), RowCode.Evaluation.NOT_NULL);
  }

  /** A call that may fail; Java's own arithmetic errors get the expression's text. */
  private Fragment failing(FunctionCall call, boolean mayBeNull, String isNull, String code) {
    DataType type = call.type();
    boolean isObject = mayBeNull || type.layout() == Layout.OBJECT;
    String flag =
        isObject || isNull.equals(Fragment.NEVER) ? isNull : row.declare("boolean", isNull);
    String javaType = mayBeNull ? "Object" : JavaTypes.of(type);
    String result = row.declare(javaType, isObject ? "null" : JavaTypes.placeholder(type));
    boolean isGuarded = !flag.equals(Fragment.NEVER);
    if (isGuarded) {
      row.out().open("if (" + Fragment.negate(flag) + ")");
    }
    row.out().open("try").line(result + " = " + code + ";").reopen("catch (ArithmeticException e)");
    row.line("throw IntegerMath.failure(e, " + row.kernel().text(call) + ");");
    row.out().close();
    if (isGuarded) {
      row.out().close();
    }
    if (mayBeNull) {
      return row.ofObject(type, result);
    }
    return new Fragment(result, isGuarded && isObject ? result + " == null" : flag, 0);
  }

  private static String cast(DataType type, String code) {
    return type.layout() == Layout.OBJECT ? "((" + JavaTypes.of(type) + ") " + code + ")" : code;
  }

  private String argument(FunctionCall call, FunctionParameter parameter, List<Fragment> required) {
    if (parameter.role() == FunctionParameter.Role.CONTEXT) {
      return "context";
    }
    if (parameter.role() == FunctionParameter.Role.TYPE) {
      return preparedForType(call, parameter);
    }
    if (parameter.repeated()) {
      return repeated(call, parameter, required);
    }
    RowExpression argument = call.arguments().get(parameter.argument());
    if (argument instanceof LambdaExpression lambda) {
      return row.call(lambda, KernelBody.Result.LAMBDA);
    }
    if (parameter.preparedBy().isPresent()) {
      return prepared(call, parameter, argument, required);
    }
    return passed(argument, parameter, required);
  }

  private String passed(
      RowExpression argument, FunctionParameter parameter, List<Fragment> required) {
    if (parameter.nullable()) {
      return "(" + name(parameter.carrier()) + ") " + row.boxed(argument);
    }
    Fragment fragment = row.value(argument);
    required.add(fragment);
    boolean isObject = !parameter.carrier().isPrimitive();
    return isObject ? JavaTypes.box(argument.type(), fragment.code()) : fragment.code();
  }

  private String repeated(FunctionCall call, FunctionParameter parameter, List<Fragment> required) {
    List<String> elements = new ArrayList<>();
    for (RowExpression argument :
        call.arguments().subList(parameter.argument(), call.arguments().size())) {
      elements.add(passed(argument, parameter, required));
    }
    return "new "
        + name(parameter.carrier())
        + "[] "
        + elements.stream().collect(Collectors.joining(", ", "{", "}"));
  }

  private String prepared(
      FunctionCall call,
      FunctionParameter parameter,
      RowExpression argument,
      List<Fragment> required) {
    Method preparation = parameter.preparedBy().orElseThrow();
    if (argument instanceof Constant constant && !constant.isNull()) {
      Object object =
          prepare(call, parameter, preparation, Objects.requireNonNull(constant.value()));
      return row.kernel()
          .constants()
          .of(constant, preparation.toString(), name(parameter.carrier()), object);
    }
    Fragment fragment = row.value(argument);
    required.add(fragment);
    return name(preparation.getDeclaringClass())
        + "."
        + preparation.getName()
        + "("
        + fragment.code()
        + ")";
  }

  private String preparedForType(FunctionCall call, FunctionParameter parameter) {
    DataType type =
        parameter.argument() < 0 ? call.type() : call.arguments().get(parameter.argument()).type();
    Object object = prepare(call, parameter, parameter.preparedBy().orElseThrow(), type);
    return row.kernel()
        .constants()
        .of(
            call,
            "type " + call.function().parameters().indexOf(parameter),
            name(parameter.carrier()),
            object);
  }

  private static Object prepare(
      FunctionCall call, FunctionParameter parameter, Method preparation, Object of) {
    try {
      return Objects.requireNonNull(preparation.invoke(null, of));
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      if (cause instanceof RowException
          || cause instanceof MillraceException
          || cause instanceof IllegalArgumentException
          || cause instanceof ArithmeticException
          || cause instanceof DateTimeException) {
        throw new PreparationException(
            call, parameter.argument(), String.valueOf(cause.getMessage()));
      }
      throw new IllegalStateException(preparation + " failed", cause);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String name(Class<?> type) {
    return type.getCanonicalName();
  }
}
