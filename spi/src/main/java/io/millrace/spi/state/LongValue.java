package io.millrace.spi.state;

/**
 * A single number of an operator's state. Of an operator that runs in tasks each has its own; when
 * its state goes to other tasks, these begin with the greatest of all, taken as unsigned numbers.
 */
public interface LongValue {
  long get();

  void set(long value);
}
