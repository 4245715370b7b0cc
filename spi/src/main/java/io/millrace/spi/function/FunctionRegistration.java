package io.millrace.spi.function;

import io.millrace.spi.error.MillraceException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Makes descriptors of the annotated methods of a class, and refuses those that do not fit. */
final class FunctionRegistration {
  private static final Pattern NAME = Pattern.compile("[\\p{Ll}_$][\\p{Ll}\\p{N}_$]*");

  /**
   * A class says the same each time, and reading it takes long: an engine needs some hundred
   * functions.
   */
  private static final ClassValue<List<FunctionDescriptor>> FUNCTIONS =
      new ClassValue<>() {
        @Override
        protected List<FunctionDescriptor> computeValue(Class<?> type) {
          return describe(type);
        }
      };

  private FunctionRegistration() {}

  /**
   * The functions of a class, in no order.
   *
   * @throws MillraceException if it has none, or one that cannot be called
   */
  static List<FunctionDescriptor> of(Class<?> type) {
    return FUNCTIONS.get(type);
  }

  private static List<FunctionDescriptor> describe(Class<?> type) {
    if (!Modifier.isPublic(type.getModifiers())) {
      throw new MillraceException(
          "class " + type.getName() + " holds functions: it must be public");
    }
    List<FunctionDescriptor> functions = new ArrayList<>();
    for (Method method : type.getDeclaredMethods()) {
      ScalarFunction annotation = method.getAnnotation(ScalarFunction.class);
      if (annotation != null) {
        functions.add(describe(method, annotation));
      }
    }
    if (functions.isEmpty()) {
      throw new MillraceException(
          "class "
              + type.getName()
              + " holds no function: annotate a public static method with @ScalarFunction");
    }
    return List.copyOf(functions);
  }

  private static FunctionDescriptor describe(Method method, ScalarFunction annotation) {
    int modifiers = method.getModifiers();
    if (!Modifier.isPublic(modifiers) || !Modifier.isStatic(modifiers)) {
      throw refused(method, "it must be public and static");
    }
    List<String> names = Arrays.asList(annotation.name());
    if (names.isEmpty() || !names.stream().allMatch(FunctionRegistration::isName)) {
      throw refused(method, "its names must be lower-case identifiers, found " + names);
    }
    FunctionSignature signature = signature(method, annotation.signature());
    MethodShape shape = new MethodShape(method, signature);
    return new FunctionDescriptor(
        names,
        signature,
        method,
        shape.parameters(),
        new FunctionTraits(
            annotation.canFail(), annotation.deterministic(), shape.hasNullableResult()),
        new FunctionDocumentation(
            annotation.description(), annotation.category(), List.of(annotation.examples())));
  }

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  private static FunctionSignature signature(Method method, String text) {
    try {
      return FunctionSignature.parse(text);
    } catch (MillraceException e) {
      throw refused(method, "its signature is wrong: " + e.message());
    }
  }

  static MillraceException refused(Method method, String reason) {
    return new MillraceException(
        "function "
            + method.getDeclaringClass().getName()
            + "."
            + method.getName()
            + " cannot be registered: "
            + reason);
  }
}
