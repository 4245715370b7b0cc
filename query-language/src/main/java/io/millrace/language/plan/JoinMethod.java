package io.millrace.language.plan;

/** How the rows of a join meet. */
public sealed interface JoinMethod permits JoinBounds, JoinTable, JoinWindows {}
