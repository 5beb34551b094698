import { DomainError } from "./errors.ts";

/** Where a page of a list that is ordered by time ended; the next page begins behind it. */
export type Position = Readonly<{ at: Date; id: string }>;

const shape = /^(\d{1,15})\.(\w{1,64})$/;

/** The position as text for a link. */
export function cursorAt({ at, id }: Position): string {
  return `${at.getTime()}.${id}`;
}

/** @throws DomainError bad-input when the text is not one that `cursorAt` made */
export function parseCursor(cursor: string): Position {
  const [, millis, id] = shape.exec(cursor) ?? [];
  if (millis === undefined || id === undefined) {
    throw new DomainError(
      "bad-input",
      "页码无效，请从第一页开始。This is not a page of the list; start from the first.",
    );
  }
  return { at: new Date(Number(millis)), id };
}
