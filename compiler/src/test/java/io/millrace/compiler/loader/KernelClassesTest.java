package io.millrace.compiler.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.kernel.KernelSource;
import io.millrace.operators.kernel.RowPredicate;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelClassesTest {
  private final KernelClasses classes = new KernelClasses(KernelClasses.class.getClassLoader());

  private static KernelSource<RowPredicate> returning(int count) {
    String body =
        "public int select(Batch batch, int[] selection, RowErrors errors) {\n  return "
            + count
            + ";\n}\n"
            + "public boolean test(Batch batch, int row, RowErrors errors) {\n  return false;\n}\n";
    return new KernelSource<>(RowPredicate.class, body, List.of(), List.of());
  }

  @Test
  void shouldMakeOneClassOfAShape() {
    Class<?> one = classes.of(returning(1));
    Class<?> other = classes.of(returning(2));

    assertThat(classes.of(returning(1))).isSameAs(one);
    assertThat(other).isNotSameAs(one);
    assertThat(classes.size()).isEqualTo(2);
    // A class that nothing refers to may be unloaded at any time.
    Reference.reachabilityFence(one);
    Reference.reachabilityFence(other);
  }

  @Test
  void shouldForgetClassesThatNoKernelUses() {
    WeakReference<Class<?>> gone = new WeakReference<>(classes.of(returning(5)));
    Class<?> kept = classes.of(returning(6));

    for (int i = 0; i < 50 && classes.size() > 1; i++) {
      System.gc();
    }

    assertThat(gone.get()).isNull();
    assertThat(classes.size()).isEqualTo(1);
    assertThat(classes.of(returning(6))).isSameAs(kept);
    Reference.reachabilityFence(kept);
  }
}
