package io.millrace.spi.types;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The columns of a stream, in order. Names match without regard to case; an exact match goes first.
 */
public record Schema(List<Field> fields) {
  public Schema {
    fields = List.copyOf(fields);
  }

  public static Schema of(Field... fields) {
    return new Schema(Arrays.asList(fields));
  }

  public int size() {
    return fields.size();
  }

  public Field field(int index) {
    return fields.get(index);
  }

  public DataType type(int index) {
    return fields.get(index).type();
  }

  public String name(int index) {
    return fields.get(index).name();
  }

  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (Field field : fields) {
      names.add(field.name());
    }
    return names;
  }

  /** The index of the column of this name, or -1. */
  public int indexOf(String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return i;
      }
    }
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("(");
    for (Field field : fields) {
      text.append(text.length() > 1 ? ", " : "")
          .append(field.name())
          .append(' ')
          .append(field.type().sql());
    }
    return text.append(')').toString();
  }
}
