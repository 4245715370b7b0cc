package io.millrace.compiler.loader;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.function.EvaluationContext;
import java.lang.reflect.Constructor;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compiles kernels with Janino. Loaders whose kernels name nothing but what the engine's own class
 * loader finds share their classes: an application with several engines compiles a shape once, and
 * the machine code that the JVM made of it is as good for the second engine as for the first.
 */
public final class JaninoKernelLoader implements KernelLoader {
  private static final ClassLoader ENGINE = JaninoKernelLoader.class.getClassLoader();
  private static final KernelClasses SHARED = new KernelClasses(ENGINE);

  private final KernelClasses classes;

  /** A loader for kernels that call built-in functions only. */
  public JaninoKernelLoader() {
    this(List.of());
  }

  /**
   * A loader whose kernels also call functions of classes that others have loaded.
   *
   * @param functionLoaders the loaders of these classes
   */
  public JaninoKernelLoader(Collection<ClassLoader> functionLoaders) {
    classes =
        functionLoaders.stream().allMatch(JaninoKernelLoader::isEngineOrItsParent)
            ? SHARED
            : new KernelClasses(new FunctionClassLoader(ENGINE, functionLoaders));
  }

  private static boolean isEngineOrItsParent(ClassLoader loader) {
    for (@Nullable ClassLoader at = ENGINE; at != null; at = at.getParent()) {
      if (at == loader) {
        return true;
      }
    }
    return false;
  }

  @Override
  public <T> T load(KernelSource<T> source, EvaluationContext context) {
    Class<?> type = classes.of(source);
    try {
      Constructor<?> constructor = type.getConstructor(Object[].class, EvaluationContext.class);
      return source.type().cast(constructor.newInstance(source.constants().toArray(), context));
    } catch (ReflectiveOperationException e) {
      throw failure(source, e);
    }
  }

  static IllegalStateException failure(KernelSource<?> source, Exception cause) {
    return new IllegalStateException(
        "generated code does not compile: " + cause.getMessage() + "\n" + KernelClass.text(source),
        cause);
  }
}
