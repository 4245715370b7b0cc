package io.millrace.spi.function;

import io.millrace.spi.error.MillraceException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

/** Makes the descriptor of an annotated class, and refuses one that does not fit. */
final class AggregateRegistration {
  private AggregateRegistration() {}

  static AggregateDescriptor of(Class<?> type, AggregateFunction annotation) {
    if (!isCallable(type)) {
      throw refused(type, "it must be public, and so must be the classes around it");
    }
    for (Method method : type.getDeclaredMethods()) {
      if (method.isAnnotationPresent(ScalarFunction.class)) {
        throw refused(type, "it holds functions, too: put them into a class of their own");
      }
    }
    List<String> names = Arrays.asList(annotation.name());
    if (names.isEmpty() || !names.stream().allMatch(FunctionRegistration::isName)) {
      throw refused(type, "its names must be lower-case identifiers, found " + names);
    }
    FunctionSignature signature = signature(type, annotation.signature());
    AggregateShape shape = new AggregateShape(type, signature);
    return new AggregateDescriptor(
        names,
        signature,
        shape.methods(),
        AggregateStates.of(type, shape.accumulator()),
        shape.nullableParameters(),
        shape.hasNullableResult(),
        new FunctionDocumentation(
            annotation.description(), annotation.category(), List.of(annotation.examples())));
  }

  /** Whether generated code can name the class. */
  static boolean isCallable(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getDeclaringClass()) {
      if (!Modifier.isPublic(each.getModifiers())) {
        return false;
      }
    }
    String name = type.getCanonicalName();
    return name != null && name.indexOf('$') < 0;
  }

  private static FunctionSignature signature(Class<?> type, String text) {
    try {
      return FunctionSignature.parse(text);
    } catch (MillraceException e) {
      throw refused(type, "its signature is wrong: " + e.message());
    }
  }

  static MillraceException refused(Class<?> type, String reason) {
    return new MillraceException(
        "aggregate " + type.getName() + " cannot be registered: " + reason);
  }
}
