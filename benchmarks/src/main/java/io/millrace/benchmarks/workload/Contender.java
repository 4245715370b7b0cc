package io.millrace.benchmarks.workload;

import java.util.List;

/**
 * What computes a workload. Implementations have a constructor without parameters; one instance is
 * used per JVM.
 */
interface Contender {
  String name();

  /** Ways to feed it or to write the query, each measured by itself. */
  List<String> variants(Workload workload);

  /** A fresh run whose results go to {@code results}. */
  Session open(Workload workload, String variant, Checksum results);

  /** A query that runs. */
  interface Session extends AutoCloseable {
    /**
     * Not measured: the trades of a set have new times; events of the contender's own form are made
     * from them.
     *
     * @param set 0 or 1
     */
    void prepare(int set, Trade[] trades);

    /** Measured: takes the events {@code [from, to)} of a set, and gives what comes of them. */
    void feed(int set, int from, int to);

    @Override
    void close();
  }
}
