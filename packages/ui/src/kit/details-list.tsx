import type { ReactNode } from "react";

export type Detail = readonly [label: string, value: ReactNode];

/** Label and value, side by side where there is room. Entries without a value are left out. */
export function DetailsList({ of }: Readonly<{ of: readonly (Detail | false | undefined)[] }>) {
  return (
    <dl className="details">
      {of
        .filter((detail) => detail !== false && detail !== undefined)
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
