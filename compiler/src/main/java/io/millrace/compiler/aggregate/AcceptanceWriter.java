package io.millrace.compiler.aggregate;

import io.millrace.compiler.code.CodeWriter;
import java.util.ArrayList;
import java.util.List;

/** Writes what says of a row whether it would be taken: the checks that come before all updates. */
final class AcceptanceWriter {
  private final RowUpdateWriter updates;
  private final List<List<AggregateInput>> parts;
  private final String add;

  /**
   * @param add the name of the method that adds rows whose values may be NULL
   */
  AcceptanceWriter(RowUpdateWriter updates, List<List<AggregateInput>> parts, String add) {
    this.updates = updates;
    this.parts = parts;
    this.add = add;
  }

  void write(List<CodeWriter> members) {
    members.add(
        new CodeWriter()
            .open("public boolean refusesRows()")
            .line("return " + refusesRows() + ";")
            .close());
    CodeWriter out =
        new CodeWriter()
            .open("public boolean accepts(Column[] arguments, int i, int g, RowErrors errors)");
    if (parts.size() > 1) {
      out.line("take(arguments);");
      List<String> checks = new ArrayList<>();
      for (int p = 0; p < parts.size(); p++) {
        checks.add(add + "Check" + p + "(i, g, errors)");
      }
      out.line("return " + String.join(" && ", checks) + ";");
    } else {
      updates.declareArguments(out);
      for (List<AggregateInput> part : parts) {
        updates.declareValues(out, part, true);
        updates.writeChecks(out, part, true, "return false;");
      }
      out.line("return true;");
    }
    members.add(out.close());
  }

  private boolean refusesRows() {
    CodeWriter checks = new CodeWriter();
    for (List<AggregateInput> part : parts) {
      updates.writeChecks(checks, part, true, "return false;");
    }
    return !checks.isEmpty();
  }
}
