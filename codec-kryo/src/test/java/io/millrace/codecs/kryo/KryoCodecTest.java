package io.millrace.codecs.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.serializers.TaggedFieldSerializer.Tag;
import io.millrace.spi.state.StateCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class KryoCodecTest {
  enum Colour {
    RED,
    GREEN
  }

  /** The same with its constants in another order, and one more. */
  enum Paint {
    BLUE,
    GREEN,
    RED
  }

  static final class Node {
    @Tag(1)
    String name = "";

    @Tag(2)
    List<Node> below = new ArrayList<>();
  }

  static final class Everything {
    @Tag(1)
    long number;

    @Tag(2)
    @Nullable String text;

    @Tag(3)
    double[] values = {};

    @Tag(4)
    TreeMap<String, BigDecimal> sums = new TreeMap<>();

    @Tag(5)
    Instant first = Instant.EPOCH;

    @Tag(6)
    UUID id = new UUID(0, 0);

    @Tag(7)
    Colour colour = Colour.RED;

    int notSaved;
  }

  static final class Before {
    @Tag(1)
    int kept = 1;

    @Tag(2)
    List<Colour> gone = new ArrayList<>();

    @Tag(3)
    String last = "z";
  }

  static final class After {
    @Tag(3)
    String theLastOne = "";

    @Tag(1)
    int kept;

    @Tag(4)
    Instant added = Instant.EPOCH;
  }

  static final class Coloured {
    @Tag(1)
    Colour of = Colour.RED;
  }

  static final class Painted {
    @Tag(1)
    Paint of = Paint.BLUE;
  }

  static final class OfTwo {
    @Tag(1)
    final int x;

    OfTwo(int x) {
      this.x = x;
    }

    @Override
    public String toString() {
      return "x = " + x;
    }
  }

  static final class Defaults {
    @Tag(1)
    @Nullable String text = "text";

    @Tag(2)
    @Nullable Instant moment = Instant.EPOCH;

    @Tag(3)
    @Nullable Integer number = 7;

    @Tag(4)
    int last = 8;
  }

  static class Base {
    @Tag(1)
    int x;
  }

  static final class SameTagAsAbove extends Base {
    @Tag(1)
    int y;
  }

  static final class Passing {
    @Tag(1)
    int kept;

    @Tag(2)
    transient int passing;
  }

  static final class WithoutTags {
    @Override
    public String toString() {
      return "without tags";
    }
  }

  record Pair(int x, int y) {}

  @Test
  void shouldReadWhatWasWrittenWhenThereIsOneOfEachKind() throws IOException {
    StateCodec<Everything> codec = everything();
    Everything one = new Everything();
    one.number = Long.MIN_VALUE;
    one.text = "ağaç";
    one.values = new double[] {1.5, Double.NEGATIVE_INFINITY};
    one.sums.put("x", new BigDecimal("12.50"));
    one.first = Instant.parse("2026-11-29T10:15:30.000000001Z");
    one.id = new UUID(1, -2);
    one.colour = Colour.GREEN;
    one.notSaved = 7;

    Everything read = read(codec, write(codec, one));

    assertThat(read.id).isEqualTo(one.id);
    assertThat(read.notSaved).isZero();
    one.notSaved = 0;
    assertThat(read).usingRecursiveComparison().isEqualTo(one);
  }

  @Test
  void shouldReadRandomTreesWhenOneFollowsTheOther() throws IOException {
    StateCodec<Node> codec = KryoCodec.of(Node.class).register(16, ArrayList.class).build();
    Random random = new Random(11);
    List<Node> trees = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (int i = 0; i < 100; i++) {
      Node tree = tree(random, 6);
      trees.add(tree);
      codec.write(tree, out);
    }

    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    for (Node tree : trees) {
      assertThat(codec.read(1, in)).usingRecursiveComparison().isEqualTo(tree);
    }
    assertThat(in.read()).isEqualTo(-1);
  }

  @Test
  void shouldKeepWhatFieldsMeanWhenSomeCameAndOthersWent() throws IOException {
    StateCodec<Before> before =
        KryoCodec.of(Before.class)
            .register(16, ArrayList.class)
            .register(17, Colour.class)
            .register(18, Instant.class)
            .build();
    StateCodec<After> after =
        KryoCodec.of(After.class)
            .register(16, ArrayList.class)
            .register(17, Colour.class)
            .register(18, Instant.class)
            .version(2)
            .build();
    Before old = new Before();
    old.kept = 42;
    old.gone.add(Colour.GREEN);
    old.last = "last";
    After later = new After();
    later.kept = 43;
    later.theLastOne = "newest";
    later.added = Instant.MAX;

    After upgraded = read(after, write(before, old));
    Before downgraded = read(before, write(after, later));

    assertThat(upgraded.kept).isEqualTo(42);
    assertThat(upgraded.theLastOne).isEqualTo("last");
    assertThat(upgraded.added).isEqualTo(Instant.EPOCH);
    assertThat(downgraded.kept).isEqualTo(43);
    assertThat(downgraded.last).isEqualTo("newest");
    assertThat(downgraded.gone).isEmpty();
    assertThat(after.version()).isEqualTo(2);
  }

  @Test
  void shouldKeepConstantsOfEnumsWhenTheirOrderChanges() throws IOException {
    StateCodec<Coloured> colours = KryoCodec.of(Coloured.class).register(16, Colour.class).build();
    StateCodec<Painted> paints = KryoCodec.of(Painted.class).register(16, Paint.class).build();
    Coloured green = new Coloured();
    green.of = Colour.GREEN;

    assertThat(read(paints, write(colours, green)).of).isEqualTo(Paint.GREEN);
  }

  @Test
  void shouldReadNullsWhereConstructorGivesValues() throws IOException {
    StateCodec<Defaults> codec = KryoCodec.of(Defaults.class).register(16, Instant.class).build();
    Defaults nothing = new Defaults();
    nothing.text = null;
    nothing.moment = null;
    nothing.number = null;
    nothing.last = 9;

    assertThat(read(codec, write(codec, nothing))).usingRecursiveComparison().isEqualTo(nothing);
  }

  @Test
  void shouldRefuseToReadWhenNumberOfClassIsNotThatOfTheWriter() throws IOException {
    StateCodec<Node> writer = KryoCodec.of(Node.class).register(16, ArrayList.class).build();
    StateCodec<Node> reader = KryoCodec.of(Node.class).register(17, ArrayList.class).build();
    byte[] bytes = write(writer, new Node());

    assertThatThrownBy(() -> read(reader, bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("unregistered class ID: 16");
  }

  @Test
  void shouldRefuseToWriteWhenClassIsNotRegistered() {
    StateCodec<Node> codec = KryoCodec.of(Node.class).build();

    assertThatThrownBy(() -> write(codec, new Node()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot save a " + Node.class.getName() + " with Kryo: ")
        .hasMessageContaining("Class is not registered: java.util.ArrayList");
  }

  @Test
  void shouldRefuseToWriteWhenObjectHoldsItself() {
    StateCodec<Node> codec = KryoCodec.of(Node.class).register(16, ArrayList.class).build();
    Node node = new Node();
    node.below.add(node);

    assertThatThrownBy(() -> write(codec, node))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Max depth exceeded");
  }

  @Test
  void shouldRefuseToReadWhenBytesAreOfAnotherClass() throws IOException {
    StateCodec<Everything> everything = everything();
    StateCodec<Before> before =
        KryoCodec.of(Before.class).register(16, ArrayList.class).register(17, Colour.class).build();
    byte[] bytes = write(before, new Before());

    assertThatThrownBy(() -> read(everything, bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(Everything.class.getName());
  }

  @Test
  void shouldReadWhatWasWrittenWhenManyThreadsUseIt() throws Exception {
    StateCodec<Node> codec = KryoCodec.of(Node.class).register(16, ArrayList.class).build();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int task = 0; task < 8; task++) {
        Random random = new Random(task);
        tasks.add(() -> readsWhatItWrites(codec, random));
      }
      for (Future<Boolean> done : threads.invokeAll(tasks)) {
        assertThat(done.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void shouldRefuseClassWhenItWouldNotBeSavedSafely(Runnable building, String message) {
    assertThatThrownBy(building::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static List<Arguments> refused() {
    return List.of(
        refused(() -> KryoCodec.of(WithoutTags.class), "has no fields with tags"),
        refused(() -> KryoCodec.of(Pair.class), "a record needs no codec"),
        refused(
            () -> KryoCodec.of(SameTagAsAbove.class),
            "Base.x and io.millrace.codecs.kryo.KryoCodecTest$SameTagAsAbove.y have the same tag, 1"),
        refused(() -> KryoCodec.of(Passing.class), "Passing.passing has a tag, but is static or"),
        refused(() -> KryoCodec.of(OfTwo.class), "no constructor without parameters"),
        refused(() -> node().register(15, Instant.class), "they begin with 16"),
        refused(() -> node().register(16, Node.class), "is registered already"),
        refused(
            () -> node().register(16, Instant.class).register(17, Instant.class),
            "java.time.Instant is registered already"),
        refused(
            () -> node().register(16, Instant.class).register(16, UUID.class),
            "number 16 is that of java.time.Instant, and cannot be that of java.util.UUID"),
        refused(() -> node().register(16, Pair.class), "Pair is a record"),
        refused(() -> node().register(16, WithoutTags.class), "annotate them with @Tag"),
        refused(() -> node().register(16, Random.class), "does not know how to save and read"),
        refused(
            () -> node().register(16, Collections.unmodifiableList(List.of()).getClass()),
            "does not know how to save and read"),
        refused(() -> node().version(0), "the first one is 1"));
  }

  private static Arguments refused(Runnable building, String message) {
    return Arguments.of(building, message);
  }

  private static KryoCodec.Builder<Node> node() {
    return KryoCodec.of(Node.class);
  }

  private static StateCodec<Everything> everything() {
    return KryoCodec.of(Everything.class)
        .register(16, double[].class)
        .register(17, TreeMap.class)
        .register(18, BigDecimal.class)
        .register(19, Instant.class)
        .register(20, UUID.class)
        .register(21, Colour.class)
        .build();
  }

  private static Node tree(Random random, int depth) {
    Node node = new Node();
    node.name = "n" + random.nextInt(1_000);
    for (int i = random.nextInt(3); i > 0 && depth > 0; i--) {
      node.below.add(tree(random, depth - 1));
    }
    return node;
  }

  private static boolean readsWhatItWrites(StateCodec<Node> codec, Random random)
      throws IOException {
    for (int i = 0; i < 200; i++) {
      Node tree = tree(random, 5);
      assertThat(read(codec, write(codec, tree))).usingRecursiveComparison().isEqualTo(tree);
    }
    return true;
  }

  private static <V> byte[] write(StateCodec<V> codec, V value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(value, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static <V> V read(StateCodec<V> codec, byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    V value = codec.read(codec.version(), in);
    assertThat(in.read()).isEqualTo(-1);
    return value;
  }
}
