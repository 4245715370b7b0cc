package io.millrace.connectors.file;

import java.nio.file.Path;

/** Learns of what a sink is about to do to files, so that it can be taken back. */
interface Trail {
  /** Of a sink that takes nothing back. */
  Trail NONE =
      new Trail() {
        @Override
        public boolean isKept() {
          return false;
        }

        @Override
        public void beforeMaking(Path file) {}

        @Override
        public void beforeExtending(Path file, long length) {}

        @Override
        public Path beforeRotating(Path file, Path target) {
          return target;
        }
      };

  /** Whether files that are closed must be on the disk. */
  boolean isKept();

  /** A file is made; what was there under its name does not count. */
  void beforeMaking(Path file);

  /** A file of somebody else is extended. */
  void beforeExtending(Path file, long length);

  /**
   * A file is full.
   *
   * @param target the name that it is to have
   * @return the name that it gets at once
   */
  Path beforeRotating(Path file, Path target);
}
