package io.millrace.compiler.code;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The constants of a kernel: fields {@code c0}, {@code c1}, … that differ between queries of one
 * shape. Beyond a number of fields, constants of one type share an array, so that thousands of them
 * fit into a class.
 */
public final class ConstantPool {
  private static final int MOST_FIELDS = 100;

  private final List<String> types = new ArrayList<>();
  private final List<@Nullable Object> values = new ArrayList<>();
  private final Map<Object, Map<String, String>> known = new IdentityHashMap<>();
  private final Map<String, Integer> arrays = new TreeMap<>();

  /**
   * The code that reads a constant.
   *
   * @param owner whose constant it is: asked again for the same object and role, the same code is
   *     given
   * @param role which of the owner's constants it is
   * @param type its Java type
   * @param value its value, boxed
   */
  public String of(Object owner, String role, String type, Object value) {
    return made(owner, role, type, () -> value);
  }

  /** As {@link #of}, of a value that is made only when it is asked for the first time. */
  public String made(Object owner, String role, String type, Supplier<?> value) {
    return known
        .computeIfAbsent(owner, unused -> new TreeMap<>())
        .computeIfAbsent(role, unused -> add(type, value.get()));
  }

  private String add(String type, Object value) {
    if (types.size() < MOST_FIELDS) {
      return field(type, value);
    }
    boolean isPrimitive = type.equals("long") || type.equals("double");
    String element = isPrimitive ? type : "Object";
    int array = arrays.computeIfAbsent(element, unused -> newArray(element));
    List<Object> elements = elements(array);
    elements.add(value);
    String code = "c" + array + "[" + (elements.size() - 1) + "]";
    return isPrimitive ? code : "((" + type + ") " + code + ")";
  }

  private String field(String type, @Nullable Object value) {
    types.add(type);
    values.add(value);
    return "c" + (types.size() - 1);
  }

  private int newArray(String element) {
    field(element + "[]", new ArrayList<>());
    return types.size() - 1;
  }

  @SuppressWarnings("unchecked")
  private List<Object> elements(int array) {
    return (List<Object>) Objects.requireNonNull(values.get(array));
  }

  /** The Java types of the fields. */
  public List<String> types() {
    return List.copyOf(types);
  }

  /** The values of the fields. */
  public List<@Nullable Object> values() {
    List<@Nullable Object> result = new ArrayList<>(values);
    arrays.forEach((element, array) -> result.set(array, toArray(element, elements(array))));
    return Collections.unmodifiableList(result);
  }

  private static Object toArray(String element, List<Object> elements) {
    return switch (element) {
      case "long" -> elements.stream().mapToLong(value -> (Long) value).toArray();
      case "double" -> elements.stream().mapToDouble(value -> (Double) value).toArray();
      default -> elements.toArray();
    };
  }
}
