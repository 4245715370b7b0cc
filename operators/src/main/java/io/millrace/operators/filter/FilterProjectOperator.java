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
    int count = batch.size();
    int[] selected = null;
    if (predicate != null) {
      selected = room(count);
      count = predicate.select(batch, selected, errors);
      if (count == batch.size()) {
        selected = null;
      }
    }
    send(batch, selected, count, output);
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
