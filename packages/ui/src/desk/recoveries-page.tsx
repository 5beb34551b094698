import type { Bilingual } from "../kit/bilingual.ts";
import { DataTable } from "../kit/data-table.tsx";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Field, LongField, PostForm } from "../kit/form.tsx";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useWords } from "../kit/reader.ts";
import type { RecoveryBrief, RecoveryView } from "../kit/recovery.ts";
import { RecoveryDetails, RecoveryState } from "../kit/recovery-parts.tsx";
import { recoveryWords } from "../kit/recovery-words.ts";
import { Code, Day, Said, Yuan } from "../kit/text.tsx";
import { deskRecoveryWords } from "./recoveries-words.ts";

export type RecoveriesProps = Readonly<{
  context: PageContext;
  recoveries: readonly DeskRecovery[];
  totals: Readonly<{ receivableFen: string; overdueFen: string; recoveredFen: string }>;
  /** The form that asks money back because a decision was repealed or a title revoked. */
  mayOpen: boolean;
  opened?: OpenedRecovery | undefined;
}>;

export type DeskRecovery = RecoveryBrief & Readonly<{ firmCode: string; firmName: string; ageDays: number }>;

export type OpenedRecovery = RecoveryView &
  DeskRecovery &
  Readonly<{
    entitlementId: string;
    reassessmentId?: string | undefined;
    openedBy: Bilingual;
    decidedBy?: Bilingual | undefined;
    /** Why it cannot be decided now, or that it can. */
    ruling: "allowed" | "own" | "being-heard" | "no-role" | "decided";
    /** As the form proposes it: all of it, in one instalment. */
    proposed: Readonly<{ decidedYuan: string; instalments: string }>;
    maySetOff: boolean;
  }>;

/**
 * GET /desk/recoveries, /desk/recoveries/:id. Forms: POST /desk/recoveries `entitlementId kind document facts
 * amountYuan`, POST /desk/recoveries/:id/decide `decidedYuan reasons instalments callsInRest`,
 * POST /desk/recoveries/:id/offset `entitlementId ground`; each with `_csrf`.
 */
export function recoveriesPage(props: RecoveriesProps): string {
  const { title } = recoveryWords[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <Recoveries {...props} /> });
}

function Recoveries({ recoveries, totals, mayOpen, opened }: RecoveriesProps) {
  const text = { ...useWords(recoveryWords), ...useWords(deskRecoveryWords) };
  if (opened) return <Opened of={opened} />;
  return (
    <>
      <h1>{text.title}</h1>
      <p className="quiet">{text.lead}</p>
      <DetailsList
        of={[
          [text.receivable, <Yuan key="receivable" fen={totals.receivableFen} />],
          [text.overdueAll, <Yuan key="overdue" fen={totals.overdueFen} />],
          [text.recovered, <Yuan key="recovered" fen={totals.recoveredFen} />],
        ]}
      />
      {recoveries.length === 0 ? <Empty>{text.empty}</Empty> : <Queue of={recoveries} />}
      {mayOpen && <Open />}
    </>
  );
}

function Queue({ of }: Readonly<{ of: readonly DeskRecovery[] }>) {
  const text = { ...useWords(recoveryWords), ...useWords(deskRecoveryWords) };
  return (
    <DataTable
      caption={text.queue}
      rows={of}
      keyOf={({ id }) => id}
      columns={[
        {
          head: text.firm,
          cell: ({ id, firmName }) => (
            <a href={`/desk/recoveries/${encodeURIComponent(id)}`}>
              <Said>{firmName}</Said>
            </a>
          ),
        },
        { head: text.policy, cell: ({ policyTitle }) => <Said>{policyTitle}</Said> },
        { head: text.claimed, cell: ({ claimedFen }) => <Yuan fen={claimedFen} />, figure: true },
        { head: text.debt, cell: ({ debtFen }) => debtFen !== undefined && <Yuan fen={debtFen} />, figure: true },
        { head: text.cameBack, cell: ({ cameBackFen }) => <Yuan fen={cameBackFen} />, figure: true },
        { head: text.stateBy, cell: ({ stateBy }) => <Day of={stateBy} full /> },
        { head: text.age, cell: ({ ageDays }) => text.days(ageDays), figure: true },
        { head: text.state, cell: (each) => <RecoveryState of={each} /> },
      ]}
    />
  );
}

function Opened({ of }: Readonly<{ of: OpenedRecovery }>) {
  const text = { ...useWords(recoveryWords), ...useWords(deskRecoveryWords) };
  return (
    <>
      <h1>{text.title}</h1>
      <section className="card" aria-labelledby="recovery">
        <h2 id="recovery">
          <Said>{of.firmName}</Said> <Code>{of.firmCode}</Code>
        </h2>
        <RecoveryDetails of={of} />
        <DetailsList
          of={[
            [text.openedBy, <Said key="openedBy">{of.openedBy}</Said>],
            of.decidedBy !== undefined && [text.decidedBy, <Said key="decidedBy">{of.decidedBy}</Said>],
            [text.reference, <Code key="reference">{of.reference}</Code>],
            [text.case, <Code key="case">{of.entitlementId}</Code>],
            of.reassessmentId !== undefined && [
              text.review,
              <a key="review" href={`/desk/reassessments/${encodeURIComponent(of.reassessmentId)}`}>
                <Code>{of.reassessmentId}</Code>
              </a>,
            ],
          ]}
        />
      </section>
      {of.ruling === "allowed" && <Decide of={of} />}
      {of.ruling !== "allowed" && of.ruling !== "decided" && <p className="hint">{text.why[of.ruling]}</p>}
      {of.maySetOff && of.benefits.length > 0 && <SetOff of={of} />}
      <p>
        <a href="/desk/recoveries">{text.back}</a>
      </p>
    </>
  );
}

function Decide({ of }: Readonly<{ of: OpenedRecovery }>) {
  const text = { ...useWords(recoveryWords), ...useWords(deskRecoveryWords) };
  return (
    <PostForm action={`/desk/recoveries/${encodeURIComponent(of.id)}/decide`} className="card stack">
      <h2>{text.decide}</h2>
      <Field
        {...{ id: "decidedYuan", name: "decidedYuan", label: text.decidedYuan, hint: text.decidedHint }}
        value={of.proposed.decidedYuan}
        required
      />
      <LongField
        {...{ id: "instalments", name: "instalments", label: text.instalments, hint: text.instalmentsHint }}
        value={of.proposed.instalments}
      />
      <label className="choice">
        <input type="checkbox" name="callsInRest" value="yes" />
        <span>{text.callInRest}</span>
      </label>
      <LongField id="reasons" name="reasons" label={text.reasons} required />
      <button className="main" type="submit">
        {text.decide}
      </button>
    </PostForm>
  );
}

function SetOff({ of }: Readonly<{ of: OpenedRecovery }>) {
  const text = useWords(deskRecoveryWords);
  return of.benefits.map(({ id, title, amountFen }) => (
    <PostForm key={id} action={`/desk/recoveries/${encodeURIComponent(of.id)}/offset`} className="card stack">
      <h2>
        {text.setOff} <Said>{title}</Said> <Yuan fen={amountFen} />
      </h2>
      <input type="hidden" name="entitlementId" value={id} />
      <Field id={`clause-${id}`} name="ground" label={text.clause} required />
      <button className="other" type="submit">
        {text.setOff}
      </button>
    </PostForm>
  ));
}

function Open() {
  const text = { ...useWords(recoveryWords), ...useWords(deskRecoveryWords) };
  return (
    <PostForm action="/desk/recoveries" className="card stack">
      <h2>{text.openNew}</h2>
      <Field id="entitlementId" name="entitlementId" label={text.case} hint={text.caseHint} required />
      <div className="field">
        <label htmlFor="kind">{text.ground}</label>
        <select id="kind" name="kind" required>
          <option value="revoked-title">{text.grounds["revoked-title"]}</option>
          <option value="repealed-decision">{text.grounds["repealed-decision"]}</option>
        </select>
      </div>
      <Field id="document" name="document" label={text.document} required />
      <LongField id="facts" name="facts" label={text.facts} required />
      <Field id="amountYuan" name="amountYuan" label={text.amountYuan} required />
      <button className="main" type="submit">
        {text.notice}
      </button>
    </PostForm>
  );
}
