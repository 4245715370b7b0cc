package io.millrace.operators.window;

import io.millrace.spi.time.CronSchedule;

/** Windows from each moment of a schedule to the next. */
public record CronWindows(CronSchedule schedule) implements WindowGrid {
  @Override
  public long start(long time) {
    return schedule.previous(time);
  }

  @Override
  public long end(long start) {
    return schedule.next(start);
  }

  @Override
  public String describe() {
    return "CronWindow " + schedule;
  }
}
