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
    return Fragment.of(
        row.declare("List", "CollectionValues.array(" + objects(constructor) + ")"), 0);
  }

  Fragment struct(StructConstructor constructor) {
    return Fragment.of(row.declare("Struct", "Struct.of(" + objects(constructor) + ")"), 0);
  }

  Fragment map(MapConstructor constructor) {
    String text = row.kernel().text(constructor);
    return Fragment.of(
        row.declare("Map", "CollectionValues.map(" + objects(constructor) + ", " + text + ")"), 0);
  }

  /** The operands of a constructor, boxed, in a Java array. */
  private String objects(RowExpression constructor) {
    List<RowExpression> operands = constructor.operands();
    String objects = row.declare("Object[]", "new Object[" + operands.size() + "]");
    List<RowExpression> pieces = row.kernel().analysis().pieces(constructor);
    if (pieces.isEmpty()) {
      for (int i = 0; i < operands.size(); i++) {
        row.line(objects + "[" + i + "] = " + row.boxed(operands.get(i)) + ";");
      }
    }
    int from = 0;
    for (RowExpression piece : pieces) {
      String call = row.call(piece, KernelBody.Result.VALUE);
      row.line("CollectionValues.copy(" + call + ", " + objects + ", " + from + ");");
      from += piece.operands().size();
    }
    return objects;
  }
}
