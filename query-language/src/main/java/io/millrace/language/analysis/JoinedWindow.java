package io.millrace.language.analysis;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowtimeReference;
import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.Emission;
import io.millrace.language.plan.JoinNode;
import io.millrace.language.plan.JoinWindows;
import io.millrace.language.plan.JoinWindows.Stay;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * A window of which events meet what is in it. What it holds is what it does for a question on
 * demand; when a query would look at it has no part in a join.
 *
 * @param window of a kind that says which rows enter and leave
 */
record JoinedWindow(WindowSpec window) {
  private static final String CODE = "bad-join";
  private static final String UNTIL = "until";

  /** The window of a side of a join; after a report any. */
  static JoinedWindow of(Reporter reporter, AnalyzedRelation side, Span span) {
    WindowSpec window = side.window();
    if (side.delayMillis() > 0) {
      reporter.error(
          CODE,
          span,
          "DELAY holds rows on their way, and is no window whose rows others meet",
          "join the delayed rows of a query, as in (SELECT * FROM a WINDOW DELAY (1 MIN)) a");
    } else if (window instanceof WindowSpec.Session) {
      reporter.error(
          CODE,
          span,
          "the sessions of a window are those of groups, and a join has none",
          "give it another WINDOW, or join what a query sends of its sessions, in parentheses");
    } else if (window.graceMillis() > 0) {
      reporter.error(
          CODE,
          span,
          "a window that is joined has no GRACE PERIOD: events meet in the order of time, so that"
              + " one behind the watermark cannot enter any more",
          "say in WATERMARK FOR how much disorder there is, as in ts - 10 SECONDS");
    }
    return new JoinedWindow(contents(window));
  }

  /** The window whose rows it is that are there, without the moments at which they are sent. */
  private static WindowSpec contents(WindowSpec window) {
    if (window instanceof WindowSpec.TimeSlide looks) {
      return new WindowSpec.Time(looks.sizeMillis());
    }
    return window instanceof WindowSpec.LengthSlide looks
        ? new WindowSpec.Length(looks.rows())
        : window;
  }

  /** How long a row stays at most, by {@link #contents} of these columns. */
  List<Stay> stays(List<NamedExpression> columns) {
    int behind = columns.size();
    if (window instanceof WindowSpec.Time time) {
      return List.of(new Stay(rowtime(columns), time.sizeMillis(), true));
    }
    if (window instanceof WindowSpec.TimeLength time) {
      return List.of(new Stay(behind, time.sizeMillis(), false));
    }
    return window instanceof WindowSpec.Closing ? List.of(new Stay(behind, 0, false)) : List.of();
  }

  private static int rowtime(List<NamedExpression> columns) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).expression() instanceof RowtimeReference) {
        return i;
      }
    }
    return Stay.ROWTIME;
  }

  /**
   * How long a pair stays at most: as long as both of its events do.
   *
   * @param columns of the pair, behind which the times come that are not among them
   */
  static List<Stay> stays(JoinNode pairs, List<NamedExpression> columns) {
    JoinWindows windows = (JoinWindows) pairs.method();
    List<Stay> stays = new ArrayList<>();
    windows.left().stays().forEach(stay -> add(stay, 0, pairs, columns, stays));
    int first = pairs.left().schema().size();
    windows.right().stays().forEach(stay -> add(stay, first, pairs, columns, stays));
    return stays;
  }

  private static void add(
      Stay ofSide, int first, JoinNode pairs, List<NamedExpression> columns, List<Stay> stays) {
    if (ofSide.column() == Stay.ROWTIME) {
      return;
    }
    int index = first + ofSide.column();
    RowExpression time = new ColumnReference(index, pairs.schema().type(index), UNTIL);
    int column = 0;
    while (column < columns.size()
        && !(columns.get(column).expression() instanceof ColumnReference known
            && known.index() == index)) {
      column++;
    }
    if (column == columns.size()) {
      columns.add(new NamedExpression(UNTIL, time));
    }
    stays.add(new Stay(column, ofSide.millis(), false));
  }

  /**
   * The rows that enter and leave, with these columns. Behind them stands the time of the row where
   * what is pushed out is to be told from what leaves by time, and when it leaves where the window
   * closes.
   */
  PlanNode contents(PlanNode rows, List<NamedExpression> columns) {
    List<NamedExpression> sent = new ArrayList<>(columns);
    if (window instanceof WindowSpec.TimeLength) {
      sent.add(new NamedExpression("entered", new RowtimeReference()));
    }
    List<Field> fields = new ArrayList<>();
    sent.forEach(it -> fields.add(new Field(it.name(), it.expression().type())));
    if (window instanceof WindowSpec.Closing) {
      fields.add(new Field(UNTIL, DataType.TIMESTAMP));
    }
    return new AggregateNode(
        rows, window, List.of(), List.of(), List.of(), sent, Emission.CONTENTS, new Schema(fields));
  }
}
