package io.millrace.standalone.run;

/** Whether somebody wants the jobs to stop. Thread-safe. */
public final class StopRequest {
  private volatile boolean requested;

  public void request() {
    requested = true;
  }

  public boolean isRequested() {
    return requested;
  }
}
