package io.millrace.conformance.process;

/**
 * A place in the work of the command: the beginning of a method.
 *
 * @param thread how the name of the thread begins that comes there; empty for any
 * @param type the name of the class, with its package
 * @param method the name of the method; if there are several of it, any of them
 * @param times how often the thread must come there, 1 for the first time
 */
public record Step(String thread, String type, String method, int times) {
  @Override
  public String toString() {
    return type.substring(type.lastIndexOf('.') + 1) + "." + method + ", time " + times;
  }
}
