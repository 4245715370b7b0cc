package io.millrace.codecs.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.Pool;
import io.millrace.spi.state.StateCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Saves objects of a class, and of those that its objects hold, with Kryo. What is saved is what is
 * annotated: each field that belongs to the state has a number, {@code @Tag(1)}, of {@link
 * com.esotericsoftware.kryo.serializers.TaggedFieldSerializer}.
 *
 * <pre>{@code
 * public final class Visits {
 *   @Tag(1) private Instant first;
 *   @Tag(2) private TreeMap<String, Long> pages = new TreeMap<>();
 *   …
 * }
 *
 * public static StateCodec<Visits> codec() {
 *   return KryoCodec.of(Visits.class).register(20, Instant.class).register(21, TreeMap.class).build();
 * }
 * }</pre>
 *
 * <p><b>What may change between what wrote and what reads:</b> a field may come, and has what the
 * constructor gives it in what was written before; a field may go, and its tag is never given to
 * another. Classes, fields and packages may get other names; tags, numbers of classes and types of
 * fields stay. What else changes the bytes needs another {@link Builder#version}.
 *
 * <p><b>Every class is registered</b>, by a number that stays. An object of another class is
 * refused when it is written, and so are, when the codec is built, classes whose bytes would be
 * read wrongly in silence after a change: those without tags, and records (an aggregate's record is
 * saved without a codec). Enums are saved by name, a {@code UUID} by its bits. An object that is
 * reached twice is saved twice; objects that hold themselves cannot be saved. Of collections and
 * maps the elements are saved, in their order, and of sorted ones the comparator, which must be
 * registered; a {@code LinkedHashMap} that orders by access comes back as one that does not.
 *
 * <p>Used by any number of threads. Errors are {@link IOException}s that name the class.
 */
public final class KryoCodec<V> implements StateCodec<V> {
  private static final int FIRST_ROOM = 256;

  private final Class<V> type;
  private final int version;
  private final Pool<Kryo> kryos;

  KryoCodec(Class<V> type, int version, KryoClasses classes) {
    this.type = type;
    this.version = version;
    kryos =
        new Pool<>(true, false) {
          @Override
          protected Kryo create() {
            return classes.newKryo();
          }
        };
  }

  /**
   * Begins a codec.
   *
   * @param type a class with a constructor without parameters, which may be private, and with tags
   */
  public static <V> Builder<V> of(Class<V> type) {
    return new Builder<>(type);
  }

  @Override
  public int version() {
    return version;
  }

  @Override
  public void write(V value, DataOutput out) throws IOException {
    Kryo kryo = kryos.obtain();
    try {
      Output bytes = new Output(FIRST_ROOM, -1);
      kryo.writeObject(bytes, value);
      out.writeInt(bytes.position());
      out.write(bytes.getBuffer(), 0, bytes.position());
    } catch (KryoException | IllegalArgumentException e) {
      throw new IOException("cannot save a " + type.getName() + " with Kryo: " + reason(e), e);
    } finally {
      kryos.free(kryo);
    }
  }

  /**
   * Reads an object.
   *
   * @param writtenBy not asked for: tags tell what was written by any version
   */
  @Override
  public V read(int writtenBy, DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      throw new IOException("a " + type.getName() + " of " + length + " bytes is none of Kryo's");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    Input input = new Input(bytes);
    Kryo kryo = kryos.obtain();
    V value;
    try {
      value = kryo.readObject(input, type);
    } catch (KryoException | IllegalArgumentException e) {
      throw new IOException(
          "cannot read a " + type.getName() + " that Kryo saved: " + reason(e), e);
    } finally {
      kryos.free(kryo);
    }
    if (input.position() != bytes.length) {
      throw new IOException(
          "a "
              + type.getName()
              + " that Kryo saved ends at byte "
              + input.position()
              + " of "
              + bytes.length
              + ": its class was another");
    }
    return value;
  }

  /** The first line of what Kryo says, which goes on with the path to the object. */
  private static String reason(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    return message.lines().findFirst().orElse(message);
  }

  /** Says which classes a codec saves. */
  public static final class Builder<V> {
    private final Class<V> type;
    private final KryoClasses classes;
    private int version = 1;

    private Builder(Class<V> type) {
      this.type = type;
      classes = new KryoClasses(type);
    }

    /**
     * Registers a class whose objects may be held.
     *
     * @param number from 16 on, its own; it is what is saved of the class, so it stays with it
     * @param held a class with tags, an enum, an array of primitives or of registered classes, or
     *     one of the JDK that Kryo knows, such as {@code ArrayList} or {@code Instant}. Texts,
     *     primitives and what boxes them need no registration
     * @throws IllegalArgumentException if the number or the class is taken, or the class would not
     *     be saved safely
     */
    public Builder<V> register(int number, Class<?> held) {
      classes.add(number, held);
      return this;
    }

    /**
     * The version of what is written, from 1 on; 1 unless it is said. State of a greater version
     * than the codec's is refused.
     */
    public Builder<V> version(int written) {
      if (written < 1) {
        throw new IllegalArgumentException("version " + written + ": the first one is 1");
      }
      version = written;
      return this;
    }

    /** The codec. */
    public StateCodec<V> build() {
      classes.newKryo(); // what it does not take is told now
      return new KryoCodec<>(type, version, classes);
    }
  }
}
