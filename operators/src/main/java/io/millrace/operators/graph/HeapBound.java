package io.millrace.operators.graph;

/**
 * An operator that remembers slots of its tables from call to call: they lie on the heap, whatever
 * the job's back end is. Its logs of rows and its sort buffers lie where the back end has them.
 */
public interface HeapBound extends OperatorSpec {}
