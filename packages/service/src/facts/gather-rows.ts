import type { DeliveryStage } from "./delivery-stage.ts";
import { type IssueBook, issueBook } from "./issue-book.ts";
import type { DeliveredRow, ReadRows, RefusedRow } from "./read-rows.ts";
import type { RowIssue } from "./row-issue.ts";

/** Rows that wait in the database, and what was seen of them on their way there. */
export type StagedRows = Readonly<{
  stage: DeliveryStage;
  rowCount: number;
  refusedCount: number;
  /** A row that has neither a code nor a name may be about anyone. */
  mayBeAnyone: boolean;
  issues: IssueBook;
}>;

export type GatheredRows = Readonly<{ inMemory: ReadRows }> | Readonly<{ staged: StagedRows }>;

/** Takes the rows of a file into memory, or, when they become too many, all of them to the database. */
export async function gatherRows(
  batches: AsyncIterable<ReadRows>,
  mostInMemory: number,
  open: () => Promise<DeliveryStage>,
): Promise<GatheredRows> {
  let [rows, refused, issues]: [DeliveredRow[], RefusedRow[], RowIssue[]] = [[], [], []];
  let pile: ReturnType<typeof pileOn> | undefined;
  for await (const batch of batches) {
    if (pile) {
      await pile.add(batch);
      continue;
    }
    rows = [...rows, ...batch.rows];
    refused = [...refused, ...batch.refused];
    issues = [...issues, ...batch.issues];
    if (rows.length + refused.length > mostInMemory) {
      pile = pileOn(await open());
      await pile.add({ rows, refused, issues });
      [rows, refused, issues] = [[], [], []];
    }
  }
  return pile ? { staged: pile.all() } : { inMemory: { rows, refused, issues } };
}

/** Takes rows that are in memory to the database after all. */
export async function stageRows(read: ReadRows, stage: DeliveryStage): Promise<StagedRows> {
  const pile = pileOn(stage);
  await pile.add(read);
  return pile.all();
}

function pileOn(stage: DeliveryStage) {
  const issues = issueBook();
  let [rowCount, refusedCount, mayBeAnyone] = [0, 0, false];
  return {
    async add(read: ReadRows): Promise<void> {
      rowCount += read.rows.length;
      refusedCount += read.refused.length;
      mayBeAnyone ||= read.refused.some(({ firmCode, name }) => !firmCode && !name);
      issues.add(read.issues);
      await stage.addRows(read);
      await stage.addIssues(read.issues);
    },
    all: (): StagedRows => ({ stage, rowCount, refusedCount, mayBeAnyone, issues }),
  };
}
