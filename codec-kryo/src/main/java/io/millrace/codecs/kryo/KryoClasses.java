package io.millrace.codecs.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.CollectionSerializer;
import com.esotericsoftware.kryo.serializers.DefaultSerializers;
import com.esotericsoftware.kryo.serializers.EnumNameSerializer;
import com.esotericsoftware.kryo.serializers.FieldSerializer;
import com.esotericsoftware.kryo.serializers.MapSerializer;
import com.esotericsoftware.kryo.serializers.TaggedFieldSerializer;
import com.esotericsoftware.kryo.serializers.TaggedFieldSerializer.Tag;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The classes that a codec saves, with their numbers, and how. Those whose bytes would be read
 * wrongly in silence after a change are refused.
 */
final class KryoClasses {
  /** Below are the numbers of texts, primitives and the class itself. */
  private static final int FIRST = 16;

  private static final int ROOT = 15;

  /** How deep objects may be nested: one that holds itself is deeper. */
  private static final int MOST_NESTED = 500;

  private final Class<?> root;
  private final Map<Integer, Class<?>> byNumber = new TreeMap<>();

  KryoClasses(Class<?> root) {
    if (!hasTags(root)) {
      throw new IllegalArgumentException(
          root.getName()
              + " has no fields with tags: annotate what belongs to the state with @Tag(1), @Tag(2)"
              + " and so on (a record needs no codec)");
    }
    check(root);
    this.root = root;
  }

  void add(int number, Class<?> held) {
    if (number < FIRST) {
      throw new IllegalArgumentException(
          "number " + number + " for " + held.getName() + ": they begin with " + FIRST);
    }
    if (held.equals(root) || byNumber.containsValue(held)) {
      throw new IllegalArgumentException(held.getName() + " is registered already");
    }
    if (byNumber.containsKey(number)) {
      throw new IllegalArgumentException(
          "number "
              + number
              + " is that of "
              + byNumber.get(number).getName()
              + ", and cannot be that of "
              + held.getName());
    }
    check(held);
    byNumber.put(number, held);
  }

  private static void check(Class<?> held) {
    if (hasTags(held)) {
      checkConstructor(held);
      checkTags(held);
    } else if (held.isRecord()) {
      throw new IllegalArgumentException(
          held.getName()
              + " is a record, whose bytes would be read wrongly after a change of its components:"
              + " make it a class whose fields have tags");
    } else if (!held.isEnum() && !isOfJdk(held)) {
      throw new IllegalArgumentException(
          held.getName()
              + " has no fields with tags, so its bytes would be read wrongly after a change of its"
              + " fields: annotate them with @Tag");
    } else if (!isKnown(held)) {
      throw new IllegalArgumentException(
          "Kryo does not know how to save and read a " + held.getName() + ": hold something else");
    }
  }

  /** Whether Kryo has more for a class of the JDK than its private fields. */
  private static boolean isKnown(Class<?> held) {
    if (held.isEnum() || held.equals(UUID.class)) {
      return true;
    }
    Class<?> serializer;
    try {
      serializer = new Kryo().getDefaultSerializer(held).getClass();
    } catch (RuntimeException e) { // fields of the JDK that nobody may look at
      return false;
    }
    boolean begins =
        serializer.equals(CollectionSerializer.class) || serializer.equals(MapSerializer.class);
    return !FieldSerializer.class.isAssignableFrom(serializer)
        && (!begins || hasEmptyConstructor(held));
  }

  private static void checkConstructor(Class<?> held) {
    if (!hasEmptyConstructor(held)) {
      throw new IllegalArgumentException(
          held.getName()
              + " has no constructor without parameters, with which an object begins when it is"
              + " read; it may be private");
    }
  }

  private static void checkTags(Class<?> held) {
    Map<Integer, Field> byTag = new TreeMap<>();
    for (Class<?> one = held; one != null; one = one.getSuperclass()) {
      for (Field field : one.getDeclaredFields()) {
        Tag tag = field.getAnnotation(Tag.class);
        if (tag == null) {
          continue;
        }
        Field before = byTag.put(tag.value(), field);
        if (before != null) {
          throw new IllegalArgumentException(
              nameOf(field) + " and " + nameOf(before) + " have the same tag, " + tag.value());
        }
        if (Modifier.isStatic(field.getModifiers()) || Modifier.isTransient(field.getModifiers())) {
          throw new IllegalArgumentException(
              nameOf(field) + " has a tag, but is static or transient, and is not saved");
        }
      }
    }
  }

  private static String nameOf(Field field) {
    return field.getDeclaringClass().getName() + "." + field.getName();
  }

  private static boolean hasEmptyConstructor(Class<?> held) {
    return Arrays.stream(held.getDeclaredConstructors())
        .anyMatch(constructor -> constructor.getParameterCount() == 0);
  }

  private static boolean hasTags(Class<?> held) {
    for (Class<?> one = held; one != null; one = one.getSuperclass()) {
      if (Arrays.stream(one.getDeclaredFields())
          .anyMatch(field -> field.isAnnotationPresent(Tag.class))) {
        return !held.isRecord();
      }
    }
    return false;
  }

  private static boolean isOfJdk(Class<?> held) {
    Class<?> element = held;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    return held.isArray() || element.getName().startsWith("java.");
  }

  Kryo newKryo() {
    Kryo kryo = new Kryo();
    kryo.setRegistrationRequired(true);
    kryo.setReferences(false);
    kryo.setMaxDepth(MOST_NESTED);
    if (root.getClassLoader() != null) {
      kryo.setClassLoader(root.getClassLoader());
    }
    register(kryo, root, ROOT);
    byNumber.forEach((number, held) -> register(kryo, held, number));
    return kryo;
  }

  private static void register(Kryo kryo, Class<?> held, int number) {
    if (hasTags(held)) {
      TaggedFieldSerializer.TaggedFieldSerializerConfig tags =
          new TaggedFieldSerializer.TaggedFieldSerializerConfig();
      tags.setChunkedEncoding(true);
      // Otherwise a NULL, and an object of a class that is not known, would be passed over.
      tags.setReadUnknownTagData(false);
      kryo.register(held, new TaggedFieldSerializer<>(kryo, held, tags), number);
    } else if (held.isEnum()) {
      kryo.register(held, new EnumNameSerializer(held.asSubclass(Enum.class)), number);
    } else if (held.equals(UUID.class)) {
      kryo.register(held, new DefaultSerializers.UUIDSerializer(), number);
    } else {
      kryo.register(held, number);
    }
  }
}
