package io.millrace.spi.function;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lays the parameters and the result of a method beside its signature, and refuses what differs.
 */
final class MethodShape {
  private final Method method;
  private final FunctionSignature signature;
  private final List<FunctionParameter> parameters = new ArrayList<>();
  private int argument;

  MethodShape(Method method, FunctionSignature signature) {
    this.method = method;
    this.signature = signature;
    for (Parameter parameter : method.getParameters()) {
      parameters.add(describe(parameter));
    }
    if (argument != signature.parameterCount()) {
      throw refused(
          "its signature has "
              + signature.parameterCount()
              + " parameters, the method takes "
              + argument);
    }
    checkResult();
  }

  List<FunctionParameter> parameters() {
    return parameters;
  }

  boolean hasNullableResult() {
    return isNullable(method.getAnnotatedReturnType());
  }

  private FunctionParameter describe(Parameter parameter) {
    Class<?> type = parameter.getType();
    if (type == EvaluationContext.class) {
      if (!parameters.isEmpty()) {
        throw refused("an EvaluationContext must be its first parameter");
      }
      return new FunctionParameter(
          FunctionParameter.Role.CONTEXT, type, false, false, Optional.empty(), -1);
    }
    PreparedForType forType = parameter.getAnnotation(PreparedForType.class);
    if (forType != null) {
      return preparedForType(parameter, forType);
    }
    if (argument == signature.parameterCount()) {
      throw refused("parameter '" + parameter.getName() + "' is not in its signature");
    }
    int index = argument++;
    boolean repeated = signature.isVariadic() && argument == signature.parameterCount();
    Prepared prepared = parameter.getAnnotation(Prepared.class);
    if (prepared != null) {
      return prepared(parameter, prepared, index, repeated);
    }
    return argument(parameter, index, repeated);
  }

  private FunctionParameter argument(Parameter parameter, int index, boolean repeated) {
    Class<?> type = parameter.getType();
    AnnotatedType annotated = parameter.getAnnotatedType();
    if (repeated) {
      if (!(annotated instanceof AnnotatedArrayType array)) {
        throw refused("parameter '" + parameter.getName() + "' is repeated: it must be an array");
      }
      annotated = array.getAnnotatedGenericComponentType();
      type = type.getComponentType();
    }
    boolean nullable = isNullable(annotated);
    checkCarrier(parameter, signature.parameter(index), type, nullable);
    return new FunctionParameter(
        FunctionParameter.Role.ARGUMENT, type, nullable, repeated, Optional.empty(), index);
  }

  private FunctionParameter prepared(
      Parameter parameter, Prepared prepared, int index, boolean repeated) {
    if (repeated || isNullable(parameter.getAnnotatedType())) {
      throw refused(
          "parameter '"
              + parameter.getName()
              + "' is prepared: it can be neither repeated nor nullable");
    }
    Class<?> wanted = Carriers.of(signature.parameter(index));
    Method preparation = preparation(parameter, prepared.value(), wanted);
    return new FunctionParameter(
        FunctionParameter.Role.ARGUMENT,
        parameter.getType(),
        false,
        false,
        Optional.of(preparation),
        index);
  }

  private FunctionParameter preparedForType(Parameter parameter, PreparedForType forType) {
    if (forType.argument() < 0 || forType.argument() > signature.parameterCount()) {
      throw refused(
          "parameter '" + parameter.getName() + "' is prepared for an argument that there is not");
    }
    Method preparation = preparation(parameter, forType.value(), DataType.class);
    return new FunctionParameter(
        FunctionParameter.Role.TYPE,
        parameter.getType(),
        false,
        false,
        Optional.of(preparation),
        forType.argument() - 1);
  }

  private Method preparation(Parameter parameter, String name, Class<?> takes) {
    for (Method candidate : method.getDeclaringClass().getDeclaredMethods()) {
      if (candidate.getName().equals(name)
          && candidate.getParameterCount() == 1
          && candidate.getParameterTypes()[0] == takes
          && Modifier.isPublic(candidate.getModifiers())
          && Modifier.isStatic(candidate.getModifiers())
          && parameter.getType().isAssignableFrom(candidate.getReturnType())) {
        return candidate;
      }
    }
    throw refused(
        "parameter '"
            + parameter.getName()
            + "' is prepared by '"
            + name
            + "': there must be a public static method "
            + parameter.getType().getSimpleName()
            + " "
            + name
            + "("
            + takes.getSimpleName()
            + ") in its class");
  }

  private void checkCarrier(
      Parameter parameter, TypePattern pattern, Class<?> found, boolean nullable) {
    Carriers.mismatch(pattern, found, nullable, false)
        .ifPresent(
            mismatch -> {
              throw refused("parameter '" + parameter.getName() + "' " + mismatch);
            });
  }

  private void checkResult() {
    Carriers.mismatch(signature.result(), method.getReturnType(), hasNullableResult(), true)
        .ifPresent(
            mismatch -> {
              throw refused("its result " + mismatch);
            });
  }

  private static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  private MillraceException refused(String reason) {
    return FunctionRegistration.refused(method, reason);
  }
}
