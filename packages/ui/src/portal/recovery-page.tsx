import { DataTable } from "../kit/data-table.tsx";
import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { LongField, PostForm } from "../kit/form.tsx";
import { Empty } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { catalogue, useWords } from "../kit/reader.ts";
import type { RecoveryBrief, RecoveryView } from "../kit/recovery.ts";
import { RecoveryDetails, RecoveryState } from "../kit/recovery-parts.tsx";
import { recoveryWords } from "../kit/recovery-words.ts";
import { Code, Day, Said, Yuan } from "../kit/text.tsx";
import { BackLink } from "./back-link.tsx";

export type FirmRecoveriesProps = Readonly<{
  context: PageContext;
  recoveries: readonly RecoveryBrief[];
  opened?: (RecoveryView & Readonly<{ mayState: boolean; payTo?: PayTo | undefined }>) | undefined;
}>;

/** The treasury's account, whole: the firm has to type it at its bank. */
export type PayTo = Readonly<{ name: string; accountNo: string; bankCode: string }>;

const words = catalogue(
  {
    lead: "已经拨付的补贴，因数据更正、原决定或资格被撤销，可能需要退回。先告知、再听您陈述，由另一名工作人员决定；决定之前不用付款。",
    say: "陈述和申辩",
    sayHint: "写明您认为不应退回、应少退或需要分期的理由。提交后不能修改。",
    send: "提交陈述",
    payTo: "退回到这个账户",
    holder: "户名",
    accountNo: "账号",
    bankCode: "联行号",
    must: "转账附言里必须写明这个编号，否则无法入账。",
    setOff: "从还没有拨付的补贴里抵扣",
    setOffHint: "点“同意抵扣”，就从这项补贴里扣除还差的金额，余下的照常拨付。",
    agree: "同意抵扣",
    home: "首页",
  },
  {
    lead: "Benefits that were paid may have to be paid back, because facts were corrected or a decision or title was revoked. You are told, then heard, and a second official decides; before that you need not pay.",
    say: "Your statement",
    sayHint: "Say why nothing, or less, should be paid back, or why in parts. It cannot be changed afterwards.",
    send: "Send the statement",
    payTo: "Pay back to this account",
    holder: "Holder",
    accountNo: "Account",
    bankCode: "Bank code",
    must: "Write this reference on the transfer, or it cannot be booked.",
    setOff: "Set off against a benefit that has not been paid yet",
    setOffHint: "What is still open is kept back of this benefit; the rest is paid as ever.",
    agree: "Agree to set off",
    home: "Home",
  },
);

/**
 * GET /recoveries, /recoveries/:id. Forms: POST /recoveries/:id/statement `statement _csrf`,
 * POST /recoveries/:id/offset `entitlementId _csrf`.
 */
export function firmRecoveriesPage(props: FirmRecoveriesProps): string {
  const { title } = recoveryWords[props.context.lang];
  return renderDocument(props.context, { surface: "portal", title, children: <Recoveries {...props} /> });
}

function Recoveries({ recoveries, opened }: FirmRecoveriesProps) {
  const text = { ...useWords(recoveryWords), ...useWords(words) };
  return (
    <>
      <BackLink href={opened ? "/recoveries" : "/"}>{opened ? text.back : text.home}</BackLink>
      <h1>{text.title}</h1>
      <p className="lead">{text.lead}</p>
      {opened && <Opened of={opened} />}
      {!opened && recoveries.length === 0 && <Empty>{text.empty}</Empty>}
      {!opened && recoveries.length > 0 && <List of={recoveries} />}
    </>
  );
}

function List({ of }: Readonly<{ of: readonly RecoveryBrief[] }>) {
  const text = useWords(recoveryWords);
  return (
    <DataTable
      caption={text.title}
      captionUnseen
      rows={of}
      keyOf={({ id }) => id}
      columns={[
        {
          head: text.policy,
          cell: ({ id, policyTitle }) => (
            <a href={`/recoveries/${encodeURIComponent(id)}`}>
              <Said>{policyTitle}</Said>
            </a>
          ),
        },
        { head: text.amount, cell: ({ debtFen, claimedFen }) => <Yuan fen={debtFen ?? claimedFen} />, figure: true },
        { head: text.cameBack, cell: ({ cameBackFen }) => <Yuan fen={cameBackFen} />, figure: true },
        { head: text.stateBy, cell: ({ stateBy }) => <Day of={stateBy} full /> },
        { head: text.state, cell: (each) => <RecoveryState of={each} /> },
      ]}
    />
  );
}

function Opened({ of }: Readonly<{ of: NonNullable<FirmRecoveriesProps["opened"]> }>) {
  const text = { ...useWords(recoveryWords), ...useWords(words) };
  const path = `/recoveries/${encodeURIComponent(of.id)}`;
  return (
    <div className="stack">
      <section className="card" aria-label={text.title}>
        <RecoveryDetails of={of} />
        <p className="hint">{text.remedies}</p>
      </section>
      {of.mayState && (
        <PostForm action={`${path}/statement`} className="card stack">
          <LongField id="statement" name="statement" label={text.say} hint={text.sayHint} required />
          <button className="main" type="submit">
            {text.send}
          </button>
        </PostForm>
      )}
      {of.payTo && <PayToCard of={of.payTo} reference={of.reference} />}
      {of.benefits.length > 0 && (
        <section className="card" aria-labelledby="set-off">
          <h2 id="set-off">{text.setOff}</h2>
          <p className="hint">{text.setOffHint}</p>
          {of.benefits.map(({ id, title, amountFen }) => (
            <PostForm key={id} action={`${path}/offset`} className="line">
              <input type="hidden" name="entitlementId" value={id} />
              <span>
                <Said>{title}</Said> <Yuan fen={amountFen} />
              </span>
              <button className="other" type="submit">
                {text.agree}
              </button>
            </PostForm>
          ))}
        </section>
      )}
    </div>
  );
}

function PayToCard({ of, reference }: Readonly<{ of: PayTo; reference: string }>) {
  const text = { ...useWords(recoveryWords), ...useWords(words) };
  return (
    <section className="card" aria-labelledby="pay-to">
      <h2 id="pay-to">{text.payTo}</h2>
      <DetailsList
        of={[
          [text.holder, <Said key="holder">{of.name}</Said>],
          [text.accountNo, <Code key="account">{of.accountNo}</Code>],
          [text.bankCode, <Code key="bank">{of.bankCode}</Code>],
          [text.reference, <Code key="reference">{reference}</Code>],
        ]}
      />
      <p className="warn">{text.must}</p>
    </section>
  );
}
