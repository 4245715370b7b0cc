package io.millrace.operators.functions;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.operators.values.JsonText;
import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.error.RowException;
import io.millrace.spi.function.Prepared;
import io.millrace.spi.function.PreparedForType;
import io.millrace.spi.function.ScalarFunction;
import io.millrace.spi.types.DataType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values in texts of JSON. A text that is no JSON has none: the functions give NULL. */
public final class JsonFunctions {
  private JsonFunctions() {}

  /** Reads a path. */
  public static JsonPath path(String text) {
    return JsonPath.of(text);
  }

  /** Makes the writer of a type. */
  public static JsonText writer(DataType type) {
    return JsonText.of(type);
  }

  /** Makes the reader of the type that a text names. */
  public static JsonValueReader reader(String type) {
    return JsonValueReader.of(type);
  }

  @ScalarFunction(
      name = "json_value",
      signature = "(STRING, STRING) -> STRING",
      description =
          "The text of the string, number or boolean at a path; NULL if there is none, or more than"
              + " one.",
      category = Category.JSON,
      examples = {
        "json_value('{\"a\": {\"b\": [1, \"x\"]}}', '$.a.b[1]') = 'x'",
        "json_value('{\"a\": {}}', '$.a') IS NULL",
        "json_value('no json', '$.a') IS NULL"
      },
      canFail = true)
  public static @Nullable String jsonValue(String json, @Prepared("path") JsonPath path) {
    List<String> found = new ArrayList<>();
    Optional<Boolean> walked =
        JsonInput.read(
            json,
            parser ->
                path.walk(
                    parser,
                    at -> {
                      if (isScalar(at)) {
                        found.add(at.getText());
                      } else {
                        at.skipChildren();
                      }
                      return !path.hasWildcard();
                    }));
    return walked.isPresent() && found.size() == 1 ? found.get(0) : null;
  }

  private static boolean isScalar(JsonParser parser) {
    JsonToken token = Objects.requireNonNull(parser.currentToken());
    return token.isScalarValue() && token != JsonToken.VALUE_NULL;
  }

  @ScalarFunction(
      name = "json_query",
      signature = "(STRING, STRING) -> STRING",
      description =
          "The JSON of the object or array at a path; a path with [*] gives an array of all that it"
              + " leads to.",
      category = Category.JSON,
      examples = {
        "json_query('{\"a\": {\"b\": 1}}', '$.a') = '{\"b\":1}'",
        "json_query('[{\"a\": 1}, {\"a\": \"x\"}]', '$[*].a') = '[1,\"x\"]'",
        "json_query('{\"a\": 1}', '$.a') IS NULL"
      },
      canFail = true)
  public static @Nullable String jsonQuery(String json, @Prepared("path") JsonPath path) {
    List<String> found = new ArrayList<>();
    boolean many = path.hasWildcard();
    Optional<Boolean> walked =
        JsonInput.read(
            json,
            parser ->
                path.walk(
                    parser,
                    at -> {
                      if (many || at.currentToken().isStructStart()) {
                        found.add(JsonInput.copy(at));
                      }
                      return !many;
                    }));
    if (walked.isEmpty() || found.isEmpty()) {
      return null;
    }
    return many ? "[" + String.join(",", found) + "]" : found.get(0);
  }

  @ScalarFunction(
      name = "json_exists",
      signature = "(STRING, STRING) -> BOOLEAN",
      description = "Whether the path leads to a value, be it null; FALSE if the text is no JSON.",
      category = Category.JSON,
      examples = {
        "json_exists('{\"a\": null}', '$.a') = TRUE",
        "json_exists('{\"a\": 1}', '$.b') = FALSE"
      },
      canFail = true)
  public static boolean jsonExists(String json, @Prepared("path") JsonPath path) {
    return JsonInput.read(json, parser -> path.walk(parser, at -> true)).orElse(false);
  }

  @ScalarFunction(
      name = "is_json",
      signature = "(STRING) -> BOOLEAN",
      description = "Whether the text is one JSON value, read to its end.",
      category = Category.JSON,
      examples = {
        "is_json('{\"a\": [1, 2]}') = TRUE",
        "is_json('{\"a\": }') = FALSE",
        "is_json('1 2') = FALSE"
      })
  public static boolean isJson(String json) {
    return JsonInput.read(
            json,
            parser -> {
              parser.skipChildren();
              return JsonInput.isAtEnd(parser);
            })
        .orElse(false);
  }

  @ScalarFunction(
      name = "json_array_length",
      signature = "(STRING) -> INT",
      description = "The number of elements of an array; NULL if the text is none.",
      category = Category.JSON,
      examples = {"json_array_length('[1, [2, 3]]') = 2", "json_array_length('{}') IS NULL"})
  public static @Nullable Long jsonArrayLength(String json) {
    List<?> items = jsonItems(json);
    return items == null ? null : (Long) (long) items.size();
  }

  @ScalarFunction(
      name = "json_array_contains",
      signature = "(STRING, ANY) -> BOOLEAN",
      description =
          "Whether an array has an element whose JSON is that of the value; NULL if the text is no"
              + " array.",
      category = Category.JSON,
      examples = {
        "json_array_contains('[1, \"x\"]', 'x') = TRUE",
        "json_array_contains('[1, \"x\"]', 2) = FALSE"
      })
  public static @Nullable Boolean jsonArrayContains(
      String json,
      @Nullable Object value,
      @PreparedForType(value = "writer", argument = 2) JsonText writer) {
    List<?> items = jsonItems(json);
    return items == null ? null : (Boolean) items.contains(writer.write(value));
  }

  @ScalarFunction(
      name = "json_keys",
      signature = "(STRING) -> ARRAY<STRING>",
      description = "The names of the fields of an object; NULL if the text is none.",
      category = Category.JSON,
      examples = {"json_keys('{\"a\": 1, \"b\": {\"c\": 2}}') = ARRAY['a', 'b']"})
  public static @Nullable List<?> jsonKeys(String json) {
    Map<?, ?> records = jsonRecords(json);
    return records == null ? null : List.copyOf(records.keySet());
  }

  @ScalarFunction(
      name = "json_items",
      signature = "(STRING) -> ARRAY<STRING>",
      description = "The elements of an array, each as JSON; NULL if the text is none.",
      category = Category.JSON,
      examples = {"json_items('[1, {\"a\": 2}]') = ARRAY['1', '{\"a\":2}']"})
  public static @Nullable List<?> jsonItems(String json) {
    return JsonInput.<List<String>>read(json, JsonFunctions::items).orElse(null);
  }

  private static List<String> items(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new IOException("no array");
    }
    List<String> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(JsonInput.copy(parser));
    }
    return Collections.unmodifiableList(items);
  }

  @ScalarFunction(
      name = "json_records",
      signature = "(STRING) -> MAP<STRING, STRING>",
      description = "The fields of an object, their values as JSON; NULL if the text is none.",
      category = Category.JSON,
      examples = {"json_records('{\"a\": \"x\", \"b\": 1}') = MAP['a', '\"x\"', 'b', '1']"})
  public static @Nullable Map<?, ?> jsonRecords(String json) {
    return JsonInput.<Map<String, String>>read(json, JsonFunctions::records).orElse(null);
  }

  private static Map<String, String> records(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException("no object");
    }
    Map<String, String> records = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      records.put(name, JsonInput.copy(parser));
    }
    return Collections.unmodifiableMap(records);
  }

  @ScalarFunction(
      name = "json_concat",
      signature = "(STRING, STRING...) -> STRING",
      description =
          "Objects merged, the later fields win; else an array of the elements of arrays and of all"
              + " other values. NULL if a text is no JSON.",
      category = Category.JSON,
      examples = {
        "json_concat('{\"a\": 1}', '{\"b\": 2, \"a\": 3}') = '{\"a\":3,\"b\":2}'",
        "json_concat('[1]', '2', '{\"a\": 3}') = '[1,2,{\"a\":3}]'"
      })
  public static @Nullable String jsonConcat(String first, String... others) {
    String result = JsonInput.read(first, JsonInput::copy).orElse(null);
    for (String other : others) {
      String next = JsonInput.read(other, JsonInput::copy).orElse(null);
      if (result == null || next == null) {
        return null;
      }
      result = concat(result, next);
    }
    return result;
  }

  private static String concat(String a, String b) {
    if (a.startsWith("{") && b.startsWith("{")) {
      Map<Object, Object> merged = new LinkedHashMap<>(Objects.requireNonNull(jsonRecords(a)));
      merged.putAll(Objects.requireNonNull(jsonRecords(b)));
      StringBuilder object = new StringBuilder("{");
      merged.forEach(
          (name, value) -> {
            object.append(object.length() > 1 ? "," : "");
            JsonText.appendString((String) name, object);
            object.append(':').append(value);
          });
      return object.append('}').toString();
    }
    String left = elements(a);
    String right = elements(b);
    return "[" + left + (left.isEmpty() || right.isEmpty() ? "" : ",") + right + "]";
  }

  private static String elements(String json) {
    return json.startsWith("[") ? json.substring(1, json.length() - 1) : json;
  }

  @ScalarFunction(
      name = "to_json",
      signature = "(ANY) -> STRING",
      description = "The value as JSON without blanks, as the format json writes it.",
      category = Category.JSON,
      examples = {
        "to_json(ARRAY[1, NULL]) = '[1,null]'",
        "to_json(STRUCT('x' AS a, 1.50 AS b)) = '{\"a\":\"x\",\"b\":1.50}'",
        "to_json(TIMESTAMP '2024-03-01 10:00:00') = '\"2024-03-01T10:00:00Z\"'"
      })
  public static String toJson(
      Object value, @PreparedForType(value = "writer", argument = 1) JsonText writer) {
    return writer.write(value);
  }

  @ScalarFunction(
      name = "from_json",
      signature = "(STRING, STRING) -> FROM_LITERAL(2)",
      description =
          "The value of the type that a constant text names; a text that is no JSON of that type is"
              + " a row error.",
      category = Category.JSON,
      examples = {
        "from_json('[1, 2]', 'ARRAY<INT>') = ARRAY[1, 2]",
        "from_json('{\"a\": \"7\"}', 'STRUCT<a INT, b STRING>') = STRUCT(7 AS a, NULL AS b)"
      },
      canFail = true)
  public static @Nullable Object fromJson(String json, @Prepared("reader") JsonValueReader reader) {
    try {
      return JsonInput.<Optional<Object>>read(json, at -> Optional.ofNullable(reader.read(at)))
          .orElseThrow(() -> new RowException("from_json was given a text that is no JSON"))
          .orElse(null);
    } catch (DecodeException e) {
      throw new RowException("from_json: " + e.message());
    }
  }
}
