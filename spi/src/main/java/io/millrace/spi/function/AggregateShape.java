package io.millrace.spi.function;

import io.millrace.spi.error.MillraceException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the methods of an aggregate, lays them beside its signature, and refuses what differs. */
final class AggregateShape {
  private final Class<?> type;
  private final FunctionSignature signature;
  private final Class<?> accumulator;
  private final AggregateMethods methods;

  AggregateShape(Class<?> type, FunctionSignature signature) {
    this.type = type;
    this.signature = signature;
    refuseForeignParts();
    Method create = method("create");
    this.accumulator = create.getReturnType();
    if (accumulator.isPrimitive() || !AggregateRegistration.isCallable(accumulator)) {
      throw refused(
          "create() gives "
              + accumulator.getSimpleName()
              + ": an accumulator is of a public class, such as a record");
    }
    requireParameters(create, 0, "nothing");
    methods =
        new AggregateMethods(
            create,
            rows(method("accumulate")),
            find("retract").map(this::rows),
            find("merge").map(this::merging),
            result(method("result")));
  }

  AggregateMethods methods() {
    return methods;
  }

  Class<?> accumulator() {
    return accumulator;
  }

  List<Boolean> nullableParameters() {
    return nullableParameters(methods.accumulate());
  }

  boolean hasNullableResult() {
    return isNullable(methods.result().getAnnotatedReturnType());
  }

  private void refuseForeignParts() {
    boolean hasLambda = false;
    for (int i = 0; i < signature.parameterCount(); i++) {
      hasLambda |= signature.parameter(i) instanceof TypePattern.LambdaOf;
    }
    if (hasLambda
        || signature.isVariadic()
        || signature.result() instanceof TypePattern.FromLiteral) {
      throw refused("an aggregate has no lambda, no repeated parameter and no FROM_LITERAL");
    }
  }

  private Method method(String name) {
    return find(name).orElseThrow(() -> refused("it has no method '" + name + "'"));
  }

  private Optional<Method> find(String name) {
    List<Method> found =
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> method.getName().equals(name) && !method.isSynthetic())
            .toList();
    if (found.size() > 1) {
      throw refused("it has several methods '" + name + "'");
    }
    for (Method method : found) {
      if (!Modifier.isPublic(method.getModifiers()) || !Modifier.isStatic(method.getModifiers())) {
        throw refused("method '" + name + "' must be public and static");
      }
      refuseCheckedExceptions(method);
    }
    return found.stream().findFirst();
  }

  /** Generated code calls the method, and catches none. */
  private void refuseCheckedExceptions(Method method) {
    for (Class<?> thrown : method.getExceptionTypes()) {
      if (!RuntimeException.class.isAssignableFrom(thrown)
          && !Error.class.isAssignableFrom(thrown)) {
        throw refused(
            "'"
                + method.getName()
                + "' declares "
                + thrown.getSimpleName()
                + ": it may only throw unchecked exceptions");
      }
    }
  }

  /** A method that takes an accumulator and the arguments of a row. */
  private Method rows(Method method) {
    int count = signature.parameterCount();
    requireParameters(
        method, count + 1, "an accumulator and the " + count + " parameters of its signature");
    requireAccumulator(method, 0);
    requireAccumulatorResult(method);
    List<Boolean> nullable = nullableParameters(method);
    for (int i = 0; i < count; i++) {
      Class<?> found = method.getParameterTypes()[i + 1];
      String parameter = "parameter " + (i + 1) + " of '" + method.getName() + "' ";
      Carriers.mismatch(signature.parameter(i), found, nullable.get(i), false)
          .ifPresent(
              mismatch -> {
                throw refused(parameter + mismatch);
              });
    }
    if (method.getName().equals("retract")
        && !nullable.equals(nullableParameters(method("accumulate")))) {
      throw refused("'retract' must take NULL where 'accumulate' does");
    }
    return method;
  }

  private Method merging(Method method) {
    requireParameters(method, 2, "two accumulators");
    requireAccumulator(method, 0);
    requireAccumulator(method, 1);
    requireAccumulatorResult(method);
    return method;
  }

  private Method result(Method method) {
    requireParameters(method, 1, "an accumulator");
    requireAccumulator(method, 0);
    boolean nullable = isNullable(method.getAnnotatedReturnType());
    Carriers.mismatch(signature.result(), method.getReturnType(), nullable, true)
        .ifPresent(
            mismatch -> {
              throw refused("its result " + mismatch);
            });
    return method;
  }

  private void requireParameters(Method method, int count, String expected) {
    if (method.getParameterCount() != count) {
      throw refused(
          "'"
              + method.getName()
              + "' must take "
              + expected
              + ", found "
              + method.getParameterCount()
              + (method.getParameterCount() == 1 ? " parameter" : " parameters"));
    }
  }

  private void requireAccumulator(Method method, int parameter) {
    Class<?> found = method.getParameterTypes()[parameter];
    if (found != accumulator) {
      throw refused(
          "'"
              + method.getName()
              + "' must take "
              + accumulator.getSimpleName()
              + ", which 'create' gives, found "
              + found.getSimpleName());
    }
  }

  private void requireAccumulatorResult(Method method) {
    if (method.getReturnType() != accumulator) {
      throw refused(
          "'"
              + method.getName()
              + "' must give "
              + accumulator.getSimpleName()
              + ", as 'create' does, found "
              + method.getReturnType().getSimpleName());
    }
  }

  private List<Boolean> nullableParameters(Method method) {
    AnnotatedType[] types = method.getAnnotatedParameterTypes();
    List<Boolean> nullable = new ArrayList<>();
    for (int i = 1; i < types.length; i++) {
      nullable.add(isNullable(types[i]));
    }
    return nullable;
  }

  private static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  private MillraceException refused(String reason) {
    return AggregateRegistration.refused(type, reason);
  }
}
