import type { ReactNode } from "react";

export type Column<Row> = Readonly<{
  head: string;
  cell(row: Row): ReactNode;
  /** Figures line up at the right. */
  figure?: boolean;
}>;

type DataTableProps<Row> = Readonly<{
  caption: string;
  /** Where a heading above says it already. */
  captionUnseen?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf(row: Row): string;
}>;

/**
 * A table that turns into a list of cards where the screen is narrow. The roles are written out
 * because `display: block` would take them away from screen readers.
 */
export function DataTable<Row>({ caption, captionUnseen, columns, rows, keyOf }: DataTableProps<Row>) {
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: see above
    <table className="data" role="table">
      <caption {...(captionUnseen && { className: "unseen" })}>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ head, figure }) => (
            <th key={head} scope="col" role="columnheader" {...(figure && { className: "figure" })}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {columns.map(({ head, cell, figure }) => (
              <td key={head} role="cell" data-head={head} {...(figure && { className: "figure" })}>
                <Cell>{cell(row)}</Cell>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
    // biome-ignore-end lint/a11y/noRedundantRoles: see above
  );
}

/** A box of its own, so that on a phone the value stands beside its heading; nothing where there is no value. */
function Cell({ children }: Readonly<{ children: ReactNode }>) {
  if (children === undefined || children === null || children === false || children === "") return null;
  return <div className="cell">{children}</div>;
}
