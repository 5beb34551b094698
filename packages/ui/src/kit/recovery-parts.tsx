import { DataTable } from "./data-table.tsx";
import { DetailsList } from "./details-list.tsx";
import { useWords } from "./reader.ts";
import type { InstalmentView, RecoveryBrief, RecoveryView } from "./recovery.ts";
import { recoveryWords } from "./recovery-words.ts";
import { Code, Day, Instant, Said, Yuan } from "./text.tsx";

/** Where it stands; what is overdue is said beside it. */
export function RecoveryState({ of }: Readonly<{ of: Pick<RecoveryBrief, "status" | "overdueFen"> }>) {
  const words = useWords(recoveryWords);
  const isOver = of.status === "closed" || of.status === "waived" || of.status === "dropped";
  return (
    <>
      <span className={isOver ? "quiet" : "warn"}>{words.status[of.status]}</span>
      {of.overdueFen !== "0" && (
        <>
          {" "}
          <strong className="warn">
            {words.overdue} <Yuan fen={of.overdueFen} />
          </strong>
        </>
      )}
    </>
  );
}

/** Everything that both sides see of one recovery. */
export function RecoveryDetails({ of }: Readonly<{ of: RecoveryView }>) {
  const words = useWords(recoveryWords);
  const { debtFen, statement, decision } = of;
  const open = debtFen === undefined ? undefined : String(BigInt(debtFen) - BigInt(of.cameBackFen));
  return (
    <>
      <DetailsList
        of={[
          [words.policy, <Said key="policy">{of.policyTitle}</Said>],
          [words.state, <RecoveryState key="state" of={of} />],
          [words.facts, <Said key="facts">{of.facts}</Said>],
          [
            words.ground,
            <span key="ground">
              {words.grounds[of.ground]} <Said>{of.document}</Said>
            </span>,
          ],
          [words.claimed, <Yuan key="claimed" fen={of.claimedFen} />],
          [words.stateBy, <Day key="stateBy" of={of.stateBy} full />],
          statement !== undefined && [
            words.statement,
            <span key="statement">
              <Said>{statement.text}</Said> <Instant of={statement.at} />
            </span>,
          ],
          decision !== undefined && [words.decided, <Yuan key="decided" fen={decision.decidedFen} />],
          decision !== undefined && [words.reasons, <Said key="reasons">{decision.reasons}</Said>],
          decision !== undefined && [words.decidedAt, <Instant key="decidedAt" of={decision.at} />],
          debtFen !== undefined && [words.debt, <Yuan key="debt" fen={debtFen} />],
          debtFen !== undefined && [words.cameBack, <Yuan key="cameBack" fen={of.cameBackFen} />],
          open !== undefined && [words.open, <Yuan key="open" fen={open} />],
        ]}
      />
      {of.instalments.length > 0 && <Calendar of={of} />}
      {decision?.callsInRest && <p className="hint">{words.callsInRest}</p>}
      {debtFen !== undefined && <Receipts of={of} />}
    </>
  );
}

function Calendar({ of }: Readonly<{ of: RecoveryView }>) {
  const words = useWords(recoveryWords);
  return (
    <DataTable
      caption={words.calendar}
      rows={of.instalments}
      keyOf={({ nth }) => String(nth)}
      columns={[
        { head: words.nth, cell: ({ nth }) => nth },
        { head: words.dueOn, cell: ({ dueOn }) => <Day of={dueOn} full /> },
        { head: words.amount, cell: ({ amountFen }) => <Yuan fen={amountFen} />, figure: true },
        { head: words.paid, cell: ({ paidFen }) => <Yuan fen={paidFen} />, figure: true },
        { head: words.state, cell: (each) => <Lateness of={each} /> },
      ]}
    />
  );
}

function Lateness({ of: { overdue, calledIn } }: Readonly<{ of: InstalmentView }>) {
  const words = useWords(recoveryWords);
  return overdue && <span className="warn">{calledIn ? words.calledIn : words.overdue}</span>;
}

function Receipts({ of }: Readonly<{ of: RecoveryView }>) {
  const words = useWords(recoveryWords);
  if (of.receipts.length === 0) return <p className="quiet">{words.noReceipts}</p>;
  return (
    <DataTable
      caption={words.receipts}
      rows={of.receipts}
      keyOf={({ reference }) => reference}
      columns={[
        { head: words.on, cell: ({ on }) => <Day of={on} full /> },
        { head: words.by, cell: ({ kind }) => words.kinds[kind] },
        { head: words.amount, cell: ({ amountFen }) => <Yuan fen={amountFen} />, figure: true },
        { head: words.lineReference, cell: ({ reference }) => <Code>{reference}</Code> },
      ]}
    />
  );
}
