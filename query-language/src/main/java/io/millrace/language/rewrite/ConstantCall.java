package io.millrace.language.rewrite;

import io.millrace.language.expression.Constant;
import io.millrace.language.expression.FunctionCall;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.function.FunctionDescriptor;
import io.millrace.spi.function.FunctionParameter;
import io.millrace.spi.types.DataType;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls functions with constants: the static method itself. Not those whose results differ from
 * call to call, nor those that ask the clock or the zone of the job.
 */
final class ConstantCall {
  private ConstantCall() {}

  /** The result; empty if the call fails, so that it fails for each row. */
  static Optional<RowExpression> call(FunctionCall call) {
    FunctionDescriptor function = call.function();
    if (!function.deterministic() || function.takesContext()) {
      return Optional.empty();
    }
    try {
      List<@Nullable Object> arguments = new ArrayList<>();
      for (FunctionParameter parameter : function.parameters()) {
        if (isSkippedForNull(parameter, call)) {
          return Optional.of(Constant.nullOf(call.type()));
        }
        arguments.add(argument(parameter, call));
      }
      Object result = function.method().invoke(null, arguments.toArray());
      return Optional.of(new Constant(internal(result), call.type()));
    } catch (InvocationTargetException | IllegalAccessException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static @Nullable Object internal(@Nullable Object result) {
    return result instanceof Integer number ? Long.valueOf(number) : result;
  }

  /** Whether NULL comes to a parameter that does not take it: then the call is NULL. */
  private static boolean isSkippedForNull(FunctionParameter parameter, FunctionCall call) {
    if (parameter.role() != FunctionParameter.Role.ARGUMENT || parameter.nullable()) {
      return false;
    }
    int from = parameter.argument();
    int to = parameter.repeated() ? call.arguments().size() : from + 1;
    for (int i = from; i < to; i++) {
      if (value(call, i) == null) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Object value(FunctionCall call, int argument) {
    return ((Constant) call.arguments().get(argument)).value();
  }

  private static @Nullable Object argument(FunctionParameter parameter, FunctionCall call)
      throws InvocationTargetException, IllegalAccessException {
    if (parameter.role() == FunctionParameter.Role.TYPE) {
      DataType type =
          parameter.argument() < 0
              ? call.type()
              : call.arguments().get(parameter.argument()).type();
      return prepared(parameter, type);
    }
    if (!parameter.repeated()) {
      return prepared(parameter, value(call, parameter.argument()));
    }
    int count = call.arguments().size() - parameter.argument();
    Object repeated = Array.newInstance(parameter.carrier(), count);
    for (int i = 0; i < count; i++) {
      Array.set(repeated, i, value(call, parameter.argument() + i));
    }
    return repeated;
  }

  private static @Nullable Object prepared(FunctionParameter parameter, @Nullable Object value)
      throws InvocationTargetException, IllegalAccessException {
    Optional<Method> preparation = parameter.preparedBy();
    return preparation.isPresent() && value != null ? preparation.get().invoke(null, value) : value;
  }
}
