package io.millrace.conformance.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** How many lines of code each method has, as the JDK's own parser sees it. */
final class MethodLengths {
  private MethodLengths() {}

  /**
   * A method and its lines of code, from its first modifier to its closing brace.
   *
   * @param name file, class and method, as {@code spi/…/Batch.java: Batch.row}
   */
  record MethodLength(String name, int linesOfCode) {}

  static List<MethodLength> in(List<Path> files) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, List.of(), null, manager.getJavaFileObjectsFromPaths(files));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      List<MethodLength> lengths = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        new Measure(unit, positions, lengths).scan(unit, "");
      }
      return lengths;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Visits the methods of a file; the parameter is the name of the class around. */
  private static final class Measure extends TreeScanner<@Nullable Void, String> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<MethodLength> lengths;
    private final Path file;
    private final List<String> lines;

    Measure(CompilationUnitTree unit, SourcePositions positions, List<MethodLength> lengths) {
      this.unit = unit;
      this.positions = positions;
      this.lengths = lengths;
      this.file = Path.of(unit.getSourceFile().toUri());
      this.lines = Sources.linesOf(file);
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, String around) {
      return super.visitClass(type, type.getSimpleName().toString());
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, String type) {
      LineMap map = unit.getLineMap();
      int first = (int) map.getLineNumber(positions.getStartPosition(unit, method));
      int last = (int) map.getLineNumber(positions.getEndPosition(unit, method));
      int code = Sources.countCode(lines.subList(first - 1, last));
      lengths.add(
          new MethodLength(Sources.nameOf(file) + ": " + type + "." + method.getName(), code));
      return super.visitMethod(method, type);
    }
  }
}
