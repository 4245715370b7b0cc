package io.millrace.language.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows given in the script itself: INSERT INTO s VALUES. Boxed internal values in the order of the
 * stream's columns; sent once when the job starts.
 */
public record ConstantRows(
    StreamDeclaration target, int place, List<List<@Nullable Object>> rows) {}
