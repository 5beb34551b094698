import { DetailsList } from "../kit/details-list.tsx";
import { renderDocument } from "../kit/document.tsx";
import { Field, PostForm } from "../kit/form.tsx";
import { Done, Empty, ProblemSummary } from "../kit/notice.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { useWords } from "../kit/reader.ts";
import { Code, Instant, Said, Yuan } from "../kit/text.tsx";
import { accountChecksWords } from "./account-checks-words.ts";

export type AccountChecksProps = Readonly<{
  context: PageContext;
  accounts: readonly WaitingAccount[];
  isChecked: boolean;
  /** Said of the account with this id. */
  problem?: Readonly<{ message: string; bankAccountId: string; note: string }> | undefined;
}>;

/** An account that money is due to and does not go to yet. */
export type WaitingAccount = Readonly<{
  bankAccountId: string;
  firmName: string;
  firmCode: string;
  holderName: string;
  accountNoMasked: string;
  bankName: string;
  doubt: "account-new" | "name-differs";
  /** A person's name, or the source that delivered it. */
  recordedBy: string;
  recordedAt: string;
  /** ISO instant; absent where only a check helps. */
  restsUntil?: string | undefined;
  payments: number;
  totalFen: string;
  may: "check" | "recorded-it" | "no-role";
}>;

/** GET /desk/accounts. Form: POST /desk/accounts/:id `note _csrf`. */
export function accountChecksPage(props: AccountChecksProps): string {
  const { title } = accountChecksWords[props.context.lang];
  return renderDocument(props.context, { surface: "desk", title, children: <AccountChecks {...props} /> });
}

function AccountChecks({ accounts, isChecked, problem }: AccountChecksProps) {
  const words = useWords(accountChecksWords);
  return (
    <>
      {problem && (
        <ProblemSummary title={words.notRecorded}>
          <p>
            <Said>{problem.message}</Said>
          </p>
        </ProblemSummary>
      )}
      {isChecked && <Done>{words.checked}</Done>}
      <h1>{words.title}</h1>
      <p className="quiet">{words.lead}</p>
      {accounts.length === 0 && <Empty>{words.empty}</Empty>}
      {accounts.map((account, nth) => {
        const note = problem?.bankAccountId === account.bankAccountId ? problem.note : "";
        return <Account key={account.bankAccountId} account={account} nth={nth} note={note} />;
      })}
    </>
  );
}

function Account({ account, nth, note }: Readonly<{ account: WaitingAccount; nth: number; note: string }>) {
  const words = useWords(accountChecksWords);
  const { bankAccountId, may, restsUntil } = account;
  const heading = `account-${nth}`;
  return (
    <article className="card" aria-labelledby={heading}>
      <h2 id={heading}>
        <Said>{account.firmName}</Said> <Code>{account.firmCode}</Code>
      </h2>
      <p>{words.doubt[account.doubt]}</p>
      <DetailsList
        of={[
          [words.holder, <Said key="holder">{account.holderName}</Said>],
          [words.account, <AccountNo key="account" of={account} />],
          [words.payments, <Due key="due" of={account} />],
          [words.recorded, <Recorded key="recorded" of={account} />],
          restsUntil !== undefined && [words.restsUntil, <Instant key="until" of={restsUntil} />],
        ]}
      />
      {may === "check" ? (
        <PostForm action={`/desk/accounts/${encodeURIComponent(bankAccountId)}`} className="stack">
          <Field id={`note-${nth}`} name="note" label={words.note} hint={words.noteHint} value={note} required />
          <button className="main" type="submit">
            {words.check}
          </button>
        </PostForm>
      ) : (
        <p className="hint">{words.may[may]}</p>
      )}
    </article>
  );
}

function AccountNo({ of: { accountNoMasked, bankName } }: Readonly<{ of: WaitingAccount }>) {
  return (
    <span>
      {accountNoMasked} <Said>{bankName}</Said>
    </span>
  );
}

function Due({ of: { payments, totalFen } }: Readonly<{ of: WaitingAccount }>) {
  const words = useWords(accountChecksWords);
  return (
    <span>
      {words.count(payments)} <Yuan fen={totalFen} />
    </span>
  );
}

function Recorded({ of: { recordedBy, recordedAt } }: Readonly<{ of: WaitingAccount }>) {
  return (
    <span>
      <Said>{recordedBy}</Said> <Instant of={recordedAt} />
    </span>
  );
}
