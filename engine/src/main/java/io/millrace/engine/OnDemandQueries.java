package io.millrace.engine;

import io.millrace.language.plan.StreamDeclaration;
import java.util.List;

/** Answers. */
final class OnDemandQueries {
  OnDemandQueries(EngineParts parts, List<Job> jobs) {}

  List<Row> answer(String select, List<StreamDeclaration> streams) {
    return List.of();
  }
}
