package io.millrace.compiler.loader;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** Finds the engine's classes first, then those of users' functions, wherever they were loaded. */
final class FunctionClassLoader extends ClassLoader {
  private final List<ClassLoader> others;

  FunctionClassLoader(ClassLoader engine, Collection<ClassLoader> others) {
    super(engine);
    this.others = List.copyOf(new LinkedHashSet<>(others));
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    for (ClassLoader loader : others) {
      try {
        return loader.loadClass(name);
      } catch (ClassNotFoundException ignored) {
        // The next one may have it.
      }
    }
    throw new ClassNotFoundException(name);
  }
}
