package io.millrace.compiler.loader;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.function.EvaluationContext;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.commons.compiler.InternalCompilerException;
import org.codehaus.janino.SimpleCompiler;

/**
 * Compiles kernels with Janino. Each shape (interface, body and types of constants) is one class in
 * a loader of its own; it is kept for as long as a kernel of it is in use, and unloaded afterwards.
 */
public final class JaninoKernelLoader implements KernelLoader {
  private record Shape(Class<?> type, String body, List<String> constantTypes) {}

  private static final class ClassReference extends WeakReference<Class<?>> {
    private final Shape shape;

    ClassReference(Shape shape, Class<?> type, ReferenceQueue<Class<?>> queue) {
      super(type, queue);
      this.shape = shape;
    }
  }

  private final ClassLoader parent;
  private final Map<Shape, ClassReference> classes = new HashMap<>();
  private final ReferenceQueue<Class<?>> unloaded = new ReferenceQueue<>();

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
    parent = new FunctionClassLoader(JaninoKernelLoader.class.getClassLoader(), functionLoaders);
  }

  @Override
  public <T> T load(KernelSource<T> source, EvaluationContext context) {
    Class<?> type = classOf(source);
    try {
      Constructor<?> constructor = type.getConstructor(Object[].class, EvaluationContext.class);
      return source.type().cast(constructor.newInstance(source.constants().toArray(), context));
    } catch (ReflectiveOperationException e) {
      throw failure(source, e);
    }
  }

  /** How many shapes have a class now. */
  public int size() {
    synchronized (classes) {
      forgetUnloaded();
      return classes.size();
    }
  }

  private Class<?> classOf(KernelSource<?> source) {
    Shape shape = new Shape(source.type(), source.body(), source.constantTypes());
    synchronized (classes) {
      forgetUnloaded();
      ClassReference reference = classes.get(shape);
      Class<?> known = reference == null ? null : reference.get();
      if (known != null) {
        return known;
      }
      Class<?> compiled = compile(source);
      classes.put(shape, new ClassReference(shape, compiled, unloaded));
      return compiled;
    }
  }

  private void forgetUnloaded() {
    for (Reference<? extends Class<?>> gone = unloaded.poll();
        gone != null;
        gone = unloaded.poll()) {
      classes.remove(((ClassReference) gone).shape, gone);
    }
  }

  private Class<?> compile(KernelSource<?> source) {
    SimpleCompiler compiler = new SimpleCompiler();
    compiler.setParentClassLoader(parent);
    try {
      compiler.cook(KernelClass.text(source));
      return compiler
          .getClassLoader()
          .loadClass(KernelClass.PACKAGE + "." + KernelClass.simpleName(source));
    } catch (CompileException | InternalCompilerException | ClassNotFoundException e) {
      throw failure(source, e);
    }
  }

  private static IllegalStateException failure(KernelSource<?> source, Exception cause) {
    return new IllegalStateException(
        "generated code does not compile: " + cause.getMessage() + "\n" + KernelClass.text(source),
        cause);
  }
}
