package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PaneWindowsTest {
  /** A set of windows, and a time. */
  private record Case(PaneWindows windows, long time) {}

  @Test
  void shouldMakeWindowsOfWholePanes() {
    Property.check(1_000, 20, PaneWindowsTest::randomCase, cases -> cases.forEach(this::check));
  }

  private static Case randomCase(Random random) {
    long slide = 1L + random.nextInt(12);
    long time = random.nextInt(400) - 200L;
    if (random.nextBoolean()) {
      long size = slide + random.nextInt(40);
      return new Case(new PaneWindows.Hopping(size, slide, random.nextInt((int) slide)), time);
    }
    long max = slide * (1 + random.nextInt(7));
    return new Case(new PaneWindows.Cumulating(slide, max, random.nextInt((int) max)), time);
  }

  private void check(Case each) {
    PaneWindows windows = each.windows();
    PaneGrid grid = windows.grid();
    long pane = grid.pane(each.time());
    assertThat(grid.start(pane)).isLessThanOrEqualTo(each.time());
    assertThat(grid.start(pane + 1)).isGreaterThan(each.time());

    List<List<Long>> found = new ArrayList<>();
    for (long end = windows.nextEnd(pane); end <= windows.lastEnd(pane); ) {
      long first = windows.first(end);
      assertThat(end - first).isLessThanOrEqualTo(windows.most());
      assertThat(first).isLessThanOrEqualTo(pane);
      assertThat(windows.first(windows.nextEnd(end))).isGreaterThanOrEqualTo(first);
      assertThat(windows.previousEnd(windows.nextEnd(end))).isEqualTo(end);
      found.add(List.of(grid.start(first), grid.start(end)));
      end = windows.nextEnd(end);
    }
    assertThat(found).isEqualTo(naive(windows, each.time()));
  }

  /** All windows that a time is in, by their ends. */
  private static List<List<Long>> naive(PaneWindows windows, long time) {
    List<List<Long>> all = new ArrayList<>();
    for (long end = time + 1; end <= time + 200; end++) {
      for (long start = time; start >= time - 200; start--) {
        if (isWindow(windows, start, end)) {
          all.add(List.of(start, end));
        }
      }
    }
    return all;
  }

  private static boolean isWindow(PaneWindows windows, long start, long end) {
    if (windows instanceof PaneWindows.Hopping hopping) {
      return end - start == hopping.sizeMillis()
          && Math.floorMod(start - hopping.offsetMillis(), hopping.slideMillis()) == 0;
    }
    PaneWindows.Cumulating cumulating = (PaneWindows.Cumulating) windows;
    return Math.floorMod(start - cumulating.offsetMillis(), cumulating.maxMillis()) == 0
        && end - start <= cumulating.maxMillis()
        && (end - start) % cumulating.stepMillis() == 0;
  }

  @Test
  void shouldCutPeriodsInTwoAtMostWhenSizeIsNoMultipleOfTheSlide() {
    PaneGrid grid = new PaneWindows.Hopping(600_000, 7, 0).grid();

    assertThat(grid.panesPerPeriod()).isEqualTo(2);
    assertThat(grid.start(1)).isEqualTo(600_000 % 7);
    assertThat(grid.start(2)).isEqualTo(7);
  }

  @Test
  void shouldCutPanesOffAtBothEndsOfTime() {
    PaneGrid grid = new PaneGrid(1000, 300, 10);

    assertThat(grid.start(grid.pane(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
    assertThat(grid.start(grid.pane(Long.MAX_VALUE) + 1)).isEqualTo(Long.MAX_VALUE);
    assertThat(grid.start(grid.pane(Long.MIN_VALUE) + 1)).isGreaterThan(Long.MIN_VALUE);
  }

  @Test
  void shouldRefuseWhatIsNoWindow() {
    assertThatThrownBy(() -> new PaneWindows.Hopping(5, 6, 0)).hasMessageContaining("every 6 ms");
    assertThatThrownBy(() -> new PaneWindows.Hopping(5, 0, 0)).hasMessageContaining("every 0 ms");
    assertThatThrownBy(() -> new PaneWindows.Cumulating(3, 10, 0)).hasMessageContaining("10 ms");
    assertThatThrownBy(() -> new PaneGrid(5, 0, 5)).hasMessageContaining("offset 5 ms");
    assertThatThrownBy(() -> new PaneGrid(5, 5, 0)).hasMessageContaining("cut at 5 ms");
  }
}
