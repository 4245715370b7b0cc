package io.millrace.formats.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the index of a field by its name, exactly first, then without case. Objects of a stream
 * mostly look alike: it expects the name that came at the same place of the last object, which the
 * parser compares without making a string of it. Used by one thread.
 */
final class FieldNames {
  /** No field has the name. */
  static final int UNKNOWN = -1;

  /** The object has ended. */
  static final int END = -2;

  private static final int REMEMBERED_PLACES = 64;
  private static final int REMEMBERED_NAMES = 10_000;

  private final Map<String, Known> known = new HashMap<>();
  private final Map<String, Integer> withoutCase = new HashMap<>();
  private final Known[] expected = new Known[REMEMBERED_PLACES];
  private final int[] exactIn;
  private int object;
  private int place;

  /** A name that was looked up: the index or {@link #UNKNOWN}, and whether it matches exactly. */
  private record Known(SerializedString name, int index, boolean isExact) {}

  FieldNames(List<String> names) {
    exactIn = new int[names.size()];
    Arrays.fill(expected, new Known(new SerializedString(""), UNKNOWN, true));
    for (int i = names.size() - 1; i >= 0; i--) {
      withoutCase.put(names.get(i).toLowerCase(Locale.ROOT), i);
      Known exact = new Known(new SerializedString(names.get(i)), i, true);
      known.put(names.get(i), exact);
      expected[i % REMEMBERED_PLACES] = exact;
    }
  }

  void beginObject() {
    object++;
    place = 0;
  }

  /**
   * Goes to the next name of the object and gives its index, {@link #UNKNOWN} or {@link #END}. A
   * name that matches without case only is unknown where the object has had the exact one.
   */
  int next(JsonParser parser) throws IOException {
    int at = place;
    place = Math.min(at + 1, REMEMBERED_PLACES - 1);
    Known found = expected[at];
    if (!parser.nextFieldName(found.name)) {
      if (parser.currentToken() != JsonToken.FIELD_NAME) {
        return END;
      }
      found = find(parser.currentName());
      expected[at] = found;
    }
    int index = found.index;
    if (index >= 0) {
      if (found.isExact) {
        exactIn[index] = object;
      } else if (exactIn[index] == object) {
        return UNKNOWN;
      }
    }
    return index;
  }

  private Known find(String name) {
    Known found = known.get(name);
    if (found == null) {
      int index = withoutCase.getOrDefault(name.toLowerCase(Locale.ROOT), UNKNOWN);
      found = new Known(new SerializedString(name), index, false);
      if (known.size() < REMEMBERED_NAMES) {
        known.put(name, found);
      }
    }
    return found;
  }
}
