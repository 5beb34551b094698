import type { RowIssue } from "./row-issue.ts";

/** Issues that a report carries; all of them are with the delivery. */
export const MOST_ISSUES = 1_000;

/** The first issues of a file by line, however many there are. */
export type IssueBook = Readonly<{
  add(issues: readonly RowIssue[]): void;
  /** How many were added. */
  count(): number;
  /** The first of them, by line. */
  first(): readonly RowIssue[];
}>;

export function issueBook(most = MOST_ISSUES): IssueBook {
  let kept: RowIssue[] = [];
  let count = 0;
  const shorten = () => {
    kept = kept.sort((left, right) => left.line - right.line).slice(0, most);
  };
  return {
    add(issues) {
      count += issues.length;
      for (const issue of issues) {
        kept.push(copied(issue));
        if (kept.length > most * 4) shorten();
      }
    },
    count: () => count,
    first() {
      shorten();
      return kept;
    },
  };
}

/** A piece of a text holds on to all of it; a copy does not. */
function copied(issue: RowIssue): RowIssue {
  return JSON.parse(JSON.stringify(issue)) as RowIssue;
}
