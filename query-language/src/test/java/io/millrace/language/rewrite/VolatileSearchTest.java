package io.millrace.language.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.language.analysis.Scripts;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class VolatileSearchTest {
  private static final String STREAM = "CREATE STREAM T (a BIGINT, l ARRAY<DOUBLE>);";

  @Test
  void shouldFindFunctionsWhereverTheyAreCalled() {
    assertThat(find("SELECT a + random() AS r FROM T")).contains("random");
    assertThat(find("SELECT a FROM T WHERE random() < 0.5")).contains("random");
    assertThat(find("SELECT sum(a) AS s FROM T GROUP BY random()")).contains("random");
    assertThat(find("SELECT max(a + random()) AS m FROM T")).contains("random");
    assertThat(find("(SELECT a FROM T) UNION ALL (SELECT a FROM T WHERE now() IS NULL)"))
        .contains("now");
  }

  @Test
  void shouldFindNoneWhenAllGiveTheSameAgain() {
    assertThat(find("SELECT a, abs(a) AS b, count(*) AS n FROM T GROUP BY a")).isEmpty();
  }

  private static Optional<String> find(String query) {
    return VolatileSearch.find(PlanRewriter.rewrite(Scripts.query(STREAM + query + ";").root()));
  }
}
