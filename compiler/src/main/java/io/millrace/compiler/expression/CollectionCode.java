package io.millrace.compiler.expression;

import io.millrace.compiler.code.JavaTypes;
import io.millrace.language.expression.ArrayConstructor;
import io.millrace.language.expression.FieldAccess;
import io.millrace.language.expression.MapConstructor;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.StructConstructor;
import io.millrace.language.expression.Subscript;
import io.millrace.spi.types.DataType;
import java.util.List;

/** Arrays, maps and structs: reading and making them. */
final class CollectionCode {
  private final RowCode row;

  CollectionCode(RowCode row) {
    this.row = row;
  }

  Fragment field(FieldAccess access) {
    Fragment struct = row.bind(access.struct().type(), row.value(access.struct()));
    return element(access.type(), List.of(struct), struct.code() + ".get(" + access.field() + ")");
  }

  Fragment subscript(Subscript subscript) {
    RowExpression index = subscript.index();
    Fragment collection = row.value(subscript.collection());
    Fragment key = row.value(index);
    String code =
        subscript.collection().type() instanceof DataType.MapOf
            ? collection.code() + ".get(" + JavaTypes.box(index.type(), key.code()) + ")"
            : "CollectionValues.element(" + collection.code() + ", " + key.code() + ")";
    return element(subscript.type(), List.of(collection, key), code);
  }

  private Fragment element(DataType type, List<Fragment> operands, String code) {
    if (operands.stream().anyMatch(Fragment::isAlwaysNull)) {
      return Fragment.nullOf(type);
    }
    String isNull = RowCode.anyNull(operands);
    return row.ofObject(
        type, isNull.equals(Fragment.NEVER) ? code : "(" + isNull + " ? null : " + code + ")");
  }

  Fragment array(ArrayConstructor constructor) {
    String values = objects(constructor.values().size());
    for (int i = 0; i < constructor.values().size(); i++) {
      row.line(values + "[" + i + "] = " + row.boxed(constructor.values().get(i)) + ";");
    }
    return Fragment.of(row.declare("List", "CollectionValues.array(" + values + ")"), 0);
  }

  Fragment struct(StructConstructor constructor) {
    String values = objects(constructor.values().size());
    for (int i = 0; i < constructor.values().size(); i++) {
      row.line(values + "[" + i + "] = " + row.boxed(constructor.values().get(i)) + ";");
    }
    return Fragment.of(row.declare("Struct", "Struct.of(" + values + ")"), 0);
  }

  Fragment map(MapConstructor constructor) {
    int size = constructor.keys().size();
    String pairs = objects(2 * size);
    for (int i = 0; i < size; i++) {
      row.line(pairs + "[" + 2 * i + "] = " + row.boxed(constructor.keys().get(i)) + ";");
      row.line(pairs + "[" + (2 * i + 1) + "] = " + row.boxed(constructor.values().get(i)) + ";");
    }
    String text = row.kernel().text(constructor);
    return Fragment.of(row.declare("Map", "CollectionValues.map(" + pairs + ", " + text + ")"), 0);
  }

  private String objects(int size) {
    return row.declare("Object[]", "new Object[" + size + "]");
  }
}
