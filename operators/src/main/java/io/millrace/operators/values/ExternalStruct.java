package io.millrace.operators.values;

import io.millrace.spi.data.Struct;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The external form of STRUCT: a map by field name. Taken are also records, whose components match
 * by name; fields that are absent are NULL, names that are no fields are refused.
 */
final class ExternalStruct extends ExternalForm {
  private final Schema fields;
  private final List<ExternalForm> forms = new ArrayList<>();

  ExternalStruct(DataType.StructOf type) {
    super(type);
    fields = new Schema(type.fields());
    for (Field field : type.fields()) {
      forms.add(of(field.type()));
    }
  }

  @Override
  Object external(Object internal) {
    Struct struct = (Struct) internal;
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    for (int i = 0; i < forms.size(); i++) {
      result.put(fields.name(i), forms.get(i).toExternal(struct.get(i)));
    }
    return Collections.unmodifiableMap(result);
  }

  @Override
  Object internal(Object external, String field) {
    if (external instanceof Struct) {
      return external;
    }
    if (external instanceof Map<?, ?> map) {
      return ofMap(map, field);
    }
    if (external instanceof Record value) {
      return ofMap(components(value), field);
    }
    throw unfit(external, field);
  }

  private Struct ofMap(Map<?, ?> map, String field) {
    @Nullable Object[] values = new Object[forms.size()];
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String name = String.valueOf(entry.getKey());
      int index = fields.indexOf(name);
      if (index < 0) {
        String hint =
            NearestName.hint(name, fields.names())
                .orElse("its fields are " + String.join(", ", fields.names()));
        throw new MillraceException(
            "field '" + field + "' is a STRUCT without a field '" + name + "'; " + hint);
      }
      values[index] = forms.get(index).toInternal(entry.getValue(), field + "." + name);
    }
    return Struct.of(values);
  }

  private static Map<String, @Nullable Object> components(Record value) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        result.put(component.getName(), component.getAccessor().invoke(value));
      } catch (ReflectiveOperationException | RuntimeException e) {
        throw new MillraceException(
            "cannot read component '"
                + component.getName()
                + "' of record "
                + value.getClass().getName()
                + ": "
                + e,
            e);
      }
    }
    return result;
  }

  @Override
  String expected() {
    return "a map or a record";
  }
}
