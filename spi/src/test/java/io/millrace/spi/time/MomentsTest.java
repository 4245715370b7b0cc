package io.millrace.spi.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MomentsTest {
  private final Moments moments = new Moments();

  @Test
  void shouldComeBehindWhatItFollowsAndBeforeWhatIsNext() {
    long cause = Moments.ofDeadline(5);
    long following = moments.following(cause, Moments.ofDeadline(900));
    long deeper = moments.following(following, Moments.ofDeadline(-3));
    long later = moments.following(cause, Moments.ofRow(900));
    long next = Moments.ofRow(5);

    assertThat(List.of(cause, following, deeper, later, next))
        .isSortedAccordingTo(moments::compare);
    assertThat(moments.compare(deeper, following)).isPositive();
    assertThat(moments.compare(moments.following(Timeline.NEVER, 10), cause)).isNegative();
    assertThat(moments.compare(deeper, Timeline.END)).isNegative();
    assertThat(moments.follows(deeper, cause)).isTrue();
    assertThat(moments.follows(cause, deeper)).isFalse();
    assertThat(moments.lastDeadlineBefore(following, cause)).isEqualTo(899);
    assertThat(moments.lastDeadlineBefore(deeper, cause)).isEqualTo(900);
    assertThat(moments.lastDeadlineOfSourcesBefore(cause)).isEqualTo(4);
    assertThat(moments.lastDeadlineOfSourcesBefore(deeper)).isEqualTo(5);
    assertThat(moments.ownPart(deeper)).isEqualTo(Moments.ofDeadline(-3));
  }

  /** However many there are: as the lists of their parts. */
  @Test
  void shouldCompareAsTheListsOfTheirParts() {
    Random random = new Random(7);
    List<List<Long>> parts = new ArrayList<>();
    List<Long> known = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      List<Long> path = new ArrayList<>();
      long moment = random.nextInt(4);
      path.add(moment);
      for (int depth = random.nextInt(4); depth > 0; depth--) {
        long part = random.nextInt(9) - 4L;
        path.add(part);
        moment = moments.following(moment, part);
      }
      int same = parts.indexOf(path);
      assertThat(same < 0 || known.get(same) == moment).isTrue();
      parts.add(path);
      known.add(moment);
    }
    for (int i = 0; i < parts.size(); i++) {
      for (int j = 0; j < parts.size(); j++) {
        int expected = Arrays.compare(array(parts.get(i)), array(parts.get(j)));
        assertThat(Integer.signum(moments.compare(known.get(i), known.get(j))))
            .isEqualTo(Integer.signum(expected));
      }
    }
    moments.clear();
    assertThat(moments.ownPart(moments.following(8, 6))).isEqualTo(6);
  }

  private static long[] array(List<Long> path) {
    return path.stream().mapToLong(Long::longValue).toArray();
  }
}
