import type { FileMetaData } from "hyparquet";

/** Rows of a Parquet file that are read together. */
export type RowGroup = Readonly<{ rowStart: number; rowEnd: number }>;

/** Which rows of the file each of its groups holds. */
export function rowGroupsOf(groups: FileMetaData["row_groups"]): RowGroup[] {
  let rowStart = 0;
  return groups.map(({ num_rows: count }) => {
    const group = { rowStart, rowEnd: rowStart + Number(count) };
    rowStart = group.rowEnd;
    return group;
  });
}
