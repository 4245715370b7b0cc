package io.millrace.operators.filter;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.operators.kernel.RowPredicate;
import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Filters and projects. Rows that fail leave through {@link Output#fail} in their order, after the
 * batch has been computed and before what is left of it is sent on.
 */
final class FilterProjectOperator implements IndexedFilter {
  private final FilterProjectSpec spec;
  private final KernelLoader loader;
  private final RowErrors errors = new RowErrors();
  private @Nullable RowPredicate predicate;
  private Projection projection;
  private Projection concerned;
  private int[] selection = new int[0];

  FilterProjectOperator(FilterProjectSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.loader = loader;
  }

  @Override
  public void open(OperatorContext context) {
    if (spec.predicate() != null) {
      predicate = loader.load(spec.predicate(), context.evaluation());
    }
    concerned = Projection.ofAll(spec.input(), context);
    projection =
        spec.projection() == null
            ? Projection.ofAll(spec.input(), context)
            : Projection.of(spec.projection(), loader, context);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    RowPredicate condition = predicate;
    int size = batch.size();
    if (condition == null) {
      send(batch, null, size, output);
    } else if (size == 1) {
      send(batch, null, condition.test(batch, 0, errors) ? 1 : 0, output);
    } else {
      int[] selected = room(size);
      int count = condition.select(batch, selected, errors);
      send(batch, count == size ? null : selected, count, output);
    }
  }

  private void send(Batch batch, int @Nullable [] selected, int count, Output output) {
    Batch result = count == 0 ? null : projection.project(batch, selected, count, errors);
    errors.giveTo(output, batch);
    if (result != null && result.size() > 0) {
      output.emit(result);
    }
  }

  @Override
  public List<FilterTerm> terms() {
    return spec.terms();
  }

  @Override
  public void processSelected(FilterTerm term, Batch batch, int[] rows, int count, Output output) {
    boolean isAll = count == batch.size();
    if (term.isWhole()) {
      send(batch, isAll ? null : rows, count, output);
    } else {
      process(0, isAll ? batch : concerned.project(batch, rows, count, errors), output);
    }
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    return false;
  }

  private int[] room(int rows) {
    if (selection.length < rows) {
      selection = new int[Math.max(rows, 2 * selection.length)];
    }
    return selection;
  }
}
