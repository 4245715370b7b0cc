package io.millrace.operators.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CandidatesTest {
  private final Candidates candidates = new Candidates();

  @Test
  void shouldGiveThoseThatBeganFirstFirstAndThoseThatHaveNotBegunLast() {
    candidates.add(5, 0, 50);
    candidates.add(1, 10, 1);
    candidates.add(2, 20, 2);
    candidates.add(3, 10, 3);
    candidates.arrange();

    assertThat(numbers()).containsExactly(1, 3, 2, 5);
  }

  @Test
  void shouldGiveEachOnceWhenItIsFoundInSeveralWays() {
    candidates.add(1, 10, 1);
    candidates.add(2, 20, 2);
    candidates.add(2, 20, 2);
    candidates.add(1, 10, 1);
    candidates.arrange();

    assertThat(numbers()).containsExactly(1, 2);
  }

  @Test
  void shouldKeepThoseInOrderWhenThereAreMany() {
    for (int i = 0; i < 100; i++) {
      candidates.add(i, 1 + i / 2, i);
    }
    candidates.arrange();

    assertThat(numbers()).hasSize(100).isSorted();
  }

  private List<Integer> numbers() {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      numbers.add(candidates.number(i));
    }
    return numbers;
  }
}
