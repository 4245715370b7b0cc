package io.millrace.compiler.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.kernel.KernelSource;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.operators.kernel.RowPredicate;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.time.Clock;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.types.Schema;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.codehaus.janino.SimpleCompiler;
import org.junit.jupiter.api.Test;

class JaninoKernelLoaderTest {
  private static final EvaluationContext CONTEXT =
      new EvaluationContext(Clock.system(), ZoneOffset.UTC);
  private static final Batch NO_ROWS = new Batch(Schema.of(), new Column[0], new SourceTimeline());
  private final JaninoKernelLoader loader = new JaninoKernelLoader();

  private static KernelSource<RowPredicate> returning(
      String code, List<String> types, List<Object> constants) {
    String body =
        "public int select(Batch batch, int[] selection, RowErrors errors) {\n  return "
            + code
            + ";\n}\n"
            + "public boolean test(Batch batch, int row, RowErrors errors) {\n  return false;\n}\n";
    return new KernelSource<>(RowPredicate.class, body, types, List.copyOf(constants));
  }

  private static int run(RowPredicate predicate) {
    return predicate.select(NO_ROWS, new int[0], new RowErrors());
  }

  @Test
  void shouldGiveEachKernelItsConstants() {
    List<String> types = List.of("long", "double", "boolean", "String");

    RowPredicate kernel =
        loader.load(
            returning(
                "(int) c0 + (int) c1 + (c2 ? 1 : 0) + c3.length()",
                types,
                List.of(1L, 2.0, true, "abc")),
            CONTEXT);

    assertThat(run(kernel)).isEqualTo(7);
  }

  @Test
  void shouldShareClassAmongKernelsOfOneShape() {
    RowPredicate one = loader.load(returning("(int) c0", List.of("long"), List.of(1L)), CONTEXT);
    RowPredicate two = loader.load(returning("(int) c0", List.of("long"), List.of(2L)), CONTEXT);

    assertThat(one.getClass()).isSameAs(two.getClass());
    assertThat(run(one)).isEqualTo(1);
    assertThat(run(two)).isEqualTo(2);
  }

  @Test
  void shouldShareClassesWithOtherLoadersOfTheEnginesOwnClasses() {
    KernelSource<RowPredicate> source = returning("3", List.of(), List.of());
    JaninoKernelLoader another =
        new JaninoKernelLoader(List.of(ClassLoader.getSystemClassLoader()));

    RowPredicate one = loader.load(source, CONTEXT);
    RowPredicate two = another.load(source, CONTEXT);

    assertThat(one).isNotSameAs(two);
    assertThat(one.getClass()).isSameAs(two.getClass());
  }

  @Test
  void shouldShowSourceWhenGeneratedCodeIsWrong() {
    assertThatThrownBy(() -> loader.load(returning("nonsense", List.of(), List.of()), CONTEXT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nonsense")
        .hasMessageContaining("public int select(Batch batch");
  }

  @Test
  void shouldCallFunctionsOfOtherClassLoaders() throws Exception {
    ClassLoader users = usersLoader();
    JaninoKernelLoader withUsers = new JaninoKernelLoader(List.of(users));

    assertThat(
            run(
                withUsers.load(
                    returning("acme.Functions.answer()", List.of(), List.of()), CONTEXT)))
        .isEqualTo(42);
  }

  @Test
  void shouldKeepClassesUnderOtherClassLoadersApart() throws Exception {
    KernelSource<RowPredicate> source = returning("acme.Functions.answer()", List.of(), List.of());

    RowPredicate one = new JaninoKernelLoader(List.of(usersLoader())).load(source, CONTEXT);
    RowPredicate two = new JaninoKernelLoader(List.of(usersLoader())).load(source, CONTEXT);

    assertThat(one.getClass()).isNotSameAs(two.getClass());
  }

  private static ClassLoader usersLoader() throws Exception {
    SimpleCompiler compiler = new SimpleCompiler();
    compiler.cook(
        "package acme; public class Functions { public static int answer() { return 42; } }");
    Map<String, byte[]> classes = compiler.getBytecodes();
    return new ClassLoader(null) {
      @Override
      protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] content = classes.get(name);
        if (content == null) {
          throw new ClassNotFoundException(name);
        }
        return defineClass(name, content, 0, content.length);
      }
    };
  }
}
