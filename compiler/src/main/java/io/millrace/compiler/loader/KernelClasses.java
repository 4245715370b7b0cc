package io.millrace.compiler.loader;

import io.millrace.operators.kernel.KernelSource;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.commons.compiler.InternalCompilerException;
import org.codehaus.janino.SimpleCompiler;

/**
 * The classes of kernels under one parent: each shape (interface, body and types of constants) is
 * one class in a loader of its own; it is kept for as long as a kernel of it is in use, and
 * unloaded afterwards. Thread-safe.
 */
final class KernelClasses {
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

  /**
   * @param parent finds what generated code names
   */
  KernelClasses(ClassLoader parent) {
    this.parent = parent;
  }

  /** The class of the shape, made now if no kernel of it is in use. */
  synchronized Class<?> of(KernelSource<?> source) {
    forgetUnloaded();
    Shape shape = new Shape(source.type(), source.body(), source.constantTypes());
    ClassReference reference = classes.get(shape);
    Class<?> known = reference == null ? null : reference.get();
    if (known != null) {
      return known;
    }
    Class<?> compiled = compile(source);
    classes.put(shape, new ClassReference(shape, compiled, unloaded));
    return compiled;
  }

  /** How many shapes have a class now. */
  synchronized int size() {
    forgetUnloaded();
    return classes.size();
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
      throw JaninoKernelLoader.failure(source, e);
    }
  }
}
