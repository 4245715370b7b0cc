package io.millrace.operators.graph;

/**
 * An operator that remembers slots of its tables from call to call, or has parts of its state in
 * kinds that lie on the heap only: all of its state lies there, whatever the job's back end is.
 */
public interface HeapBound extends OperatorSpec {}
