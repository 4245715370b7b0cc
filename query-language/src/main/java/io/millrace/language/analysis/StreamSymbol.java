package io.millrace.language.analysis;

import io.millrace.language.plan.StreamDeclaration;
import io.millrace.spi.types.Field;
import java.util.List;
import java.util.Optional;

/**
 * A stream or table as the statements behind its declaration see it.
 *
 * @param metadata the pseudo-columns of its connector
 * @param lateInto where late rows of its queries go, unless these say otherwise
 * @param isOpen whether its columns are not known, because of an error that has been reported
 */
record StreamSymbol(
    StreamDeclaration declaration,
    List<Field> metadata,
    Optional<LateTarget> lateInto,
    boolean isOpen) {
  StreamSymbol {
    metadata = List.copyOf(metadata);
  }

  /** How a message speaks of it. */
  String kind() {
    return declaration.kind();
  }
}
